// Makes the pictures of the README anew: builds the demo with dist/gitsm.js, or the program given as the first argument,
// and takes two pictures out of its reports. A test holds what stands in docs/pictures against the demo.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = process.argv[2] ?? fileURLToPath(new URL('../dist/gitsm.js', import.meta.url))
const folder = fileURLToPath(new URL('../docs/pictures', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'gitsm-pictures-'))
try {
  execFileSync(process.execPath, [program, 'demo', join(home, 'shop')], { stdio: ['ignore', 'ignore', 'inherit'] })
  mkdirSync(folder, { recursive: true })
  for (const name of ['csi-rhythm', 'improvements-imp-20260602-4dtw']) {
    for (const theme of ['light', 'dark']) {
      const file = `${name}-${theme}.svg`
      copyFileSync(join(home, 'shop/reports/2026-10/charts', file), join(folder, file))
    }
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
