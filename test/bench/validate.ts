import type { Benchmark } from './benchmark.ts'
import { run } from './command.ts'
import { beside, gitsm } from './program.ts'
import { snapshotRepository } from './service-repository.ts'

const incidents = 10_000

/** How long it takes to judge a large tree of records. */
export const validate: Benchmark = {
  name: 'validate',
  what: 'gitsm validate, 10,000 incidents',
  against: 'a Node program that reads the same files',
  runs: 5,
  work: { count: incidents, unit: 'records' },
  async prepare(folder) {
    await snapshotRepository(folder, incidents)
    return {
      measured: () => run(gitsm(folder, ['validate'])),
      floor: () => run(beside(folder, 'read-files', ['gitsm.yaml', 'schemas', 'records'])),
    }
  },
}
