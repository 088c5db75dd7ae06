import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The CLI as a user runs it: one bundle, built from the sources under test before the first test starts. */
export const builtCli: string = fileURLToPath(new URL('../../.build/gitsm.js', import.meta.url))

/** Vitest's global set-up: bundles the CLI once for every test that runs it as a process. */
export function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url)), builtCli], {
    stdio: 'inherit',
  })
}
