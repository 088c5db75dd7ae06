import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark, Side } from './benchmark.ts'
import { run } from './command.ts'
import { beside } from './program.ts'

const questions = 5_000_000

/** How fast the engine counts the open seconds between two instants. */
export const calendar: Benchmark = {
  name: 'calendar',
  what: 'open seconds between two instants, split hours, ten years with holidays',
  against: 'two binary searches in one sorted array',
  runs: 5,
  work: { count: questions, unit: 'answers' },
  goal: { rate: 1_000_000 },
  async prepare(folder) {
    const output = join(folder, 'told.json')
    let agreed: number | undefined
    const side =
      (way: string): Side =>
      async () => {
        const { peak } = await run({ ...beside(folder, 'calendar-loop', [way, String(questions)]), output })
        const { seconds, total } = JSON.parse(readFileSync(output, 'utf8'))
        agreed ??= total
        if (total !== agreed) throw new Error(`The two ways of counting disagree: ${total} and ${agreed} open seconds`)
        return { seconds, ...(peak !== undefined && { peak }) }
      }
    return { measured: side('engine'), floor: side('array') }
  },
}
