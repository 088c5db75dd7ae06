import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark, Goal, Side } from './benchmark.ts'
import { run } from './command.ts'
import { askedChange, type LandscapeSize } from './landscape.ts'
import { beside, gitsm } from './program.ts'
import { landscapeRepository } from './service-repository.ts'

const goal: Goal = { rate: 6000 } // 10,000 items and 2,000 changes in 2 s
const all: LandscapeSize = { items: 10_000, changes: 2000 }
const half: LandscapeSize = { items: 5000, changes: 1000 }

/**
 * How fast it is told what a change touches and collides with: the deciding alone, from records that have been read,
 * and the whole command. Twice each, for the rate must not fall with the size.
 */
export const conflicts: readonly Benchmark[] = [
  deciding('conflicts-half', half),
  deciding('conflicts', all),
  command('conflicts-command-half', half),
  command('conflicts-command', all),
]

function command(name: string, size: LandscapeSize): Benchmark {
  return {
    name,
    what: `gitsm conflicts of that change, from files of ${size.items} items and ${size.changes} open changes`,
    against: 'a Node program that reads the same files',
    runs: 3,
    work: { count: size.items + size.changes, unit: 'records' },
    async prepare(folder) {
      await landscapeRepository(folder, size)
      return {
        measured: () => run(gitsm(folder, ['conflicts', askedChange])),
        floor: () => run(beside(folder, 'read-files', ['gitsm.yaml', 'schemas', 'records'])),
      }
    },
  }
}

function deciding(name: string, { items, changes }: LandscapeSize): Benchmark {
  return {
    name,
    what: `impact and conflicts of a change that reaches ${items} items, among ${changes} open changes`,
    against: 'one walk along the dependencies and one over all planned times',
    runs: 5,
    work: { count: items + changes, unit: 'records' },
    goal,
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
