// Bundles src/cli.ts into one file: dist/gitsm.js by default, or the path given as the first argument.
import { chmod } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const outfile = process.argv[2] ?? fileURLToPath(new URL('../dist/gitsm.js', import.meta.url))

await build({
  entryPoints: [fileURLToPath(new URL('../src/cli.ts', import.meta.url))],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as gitsmCreateRequire } from 'node:module'\nconst require = gitsmCreateRequire(import.meta.url)",
  },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
})
await chmod(outfile, 0o755)
