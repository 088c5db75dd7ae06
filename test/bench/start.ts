import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark } from './benchmark.ts'
import { run } from './command.ts'
import { gitsm, programSize } from './program.ts'

/** How long the program takes to start, also as an Action: all of it is one file. */
export const start: Benchmark = {
  name: 'start',
  what: `gitsm --version, ${programSize()}`,
  against: 'an empty Node program',
  runs: 25,
  work: { count: 1, unit: 'starts' },
  goal: { ratio: 2.5 },
  async prepare(folder) {
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, '')
    return {
      measured: () => run(gitsm(folder, ['--version'])),
      floor: () => run({ program: process.execPath, args: [empty], dir: folder }),
    }
  },
}
