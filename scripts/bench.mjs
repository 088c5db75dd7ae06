// Builds the program and the benchmarks into .build/ and runs them: npm run bench [-- name… --json file]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1

const built = run(path('build.mjs'), path('../.build/gitsm.js'))
if (built !== 0) process.exit(built)
await build({
  entryPoints: ['index', 'read-files', 'calendar-loop', 'conflict-loop'].map((name) =>
    path(`../test/bench/${name}.ts`),
  ),
  outdir: path('../.build/bench'),
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  banner: {
    js: "import { createRequire as benchCreateRequire } from 'node:module'\nconst require = benchCreateRequire(import.meta.url)",
  },
  logLevel: 'warning',
})
process.exitCode = run(path('../.build/bench/index.js'), ...process.argv.slice(2))
