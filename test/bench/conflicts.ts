import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark, Side } from './benchmark.ts'
import { run } from './command.ts'
import type { LandscapeSize } from './landscape.ts'
import { beside } from './program.ts'

/** How fast it is told what a change touches and collides with; twice, for the rate must not fall with the size. */
export const conflicts: readonly Benchmark[] = [
  benchmark('conflicts-half', { items: 5000, changes: 1000 }),
  benchmark('conflicts', { items: 10_000, changes: 2000 }),
]

function benchmark(name: string, { items, changes }: LandscapeSize): Benchmark {
  return {
    name,
    what: `impact and conflicts of a change that reaches ${items} items, among ${changes} open changes`,
    against: 'one walk along the dependencies and one over all planned times',
    runs: 5,
    work: { count: items + changes, unit: 'records' },
    goal: { rate: 6000 }, // 10,000 items and 2,000 changes in 2 s
    async prepare(folder) {
      const output = join(folder, 'told.json')
      let agreed: number | undefined
      const side =
        (way: string): Side =>
        async () => {
          const program = beside(folder, 'conflict-loop', [way, String(items), String(changes)])
          const { peak } = await run({ ...program, output })
          const { seconds, total } = JSON.parse(readFileSync(output, 'utf8'))
          agreed ??= total
          if (total !== agreed) throw new Error(`The two ways of asking disagree: ${total} and ${agreed}`)
          return { seconds, ...(peak !== undefined && { peak }) }
        }
      return { measured: side('engine'), floor: side('floor') }
    },
  }
}
