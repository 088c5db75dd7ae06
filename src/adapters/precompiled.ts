import type { Precompiled } from './template.ts'

/** The report templates that GitSM ships, compiled: `scripts/build.mjs` puts them here. Run from source there are none. */
export const precompiled: Precompiled = {}
