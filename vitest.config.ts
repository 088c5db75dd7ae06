import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'
import { scratchFolder } from './test/support/scratch.ts'

const report = process.env['GITSM_TEST_REPORT']
// A file begins with the modules that the one before it loaded: what they remember between calls depends on nothing else.
const shared = {
  isolate: false,
  testTimeout: 60_000,
  hookTimeout: 120_000,
  setupFiles: ['test/support/seed.ts'],
  env: { TMPDIR: scratchFolder() },
}

const config: ViteUserConfig = defineConfig({
  test: {
    // By default one core is left to a person who watches.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // CI counts tests from this file; a person reads the usual lines.
    ...(report && { reporters: ['default', ['json', { outputFile: report }]] }),
    projects: [
      { test: { name: 'source', include: ['test/**/*.test.ts'], exclude: ['test/cli/**'], ...shared } },
      // These run the built program as a process, so it is bundled first.
      {
        test: {
          name: 'program',
          include: ['test/cli/**/*.test.ts'],
          globalSetup: ['test/support/build.ts'],
          ...shared,
        },
      },
    ],
  },
})

export default config
