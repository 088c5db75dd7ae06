import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fastImport } from '../../src/adapters/fast-import.ts'
import { formatInstant } from '../../src/core/instant.ts'
import type { Benchmark, Side } from './benchmark.ts'
import { run } from './command.ts'
import { after, lifeCommit } from './incident-life.ts'
import { gitsm } from './program.ts'
import { bareSnapshot } from './service-repository.ts'

const [many, few] = [100_000, 1_000]

/** How much longer the gate takes for a small pull request in a large tree than in a small one. */
export const checkLarge: Benchmark = {
  name: 'check-large',
  what: 'gitsm check of a pull request that moves one incident, in a tree of 100,000',
  against: 'the same in a tree of 1,000',
  runs: 5,
  work: { count: 1, unit: 'checks' },
  goal: { ratio: 2 },
  async prepare(folder) {
    return { measured: await moveOne(join(folder, 'large'), many), floor: await moveOne(join(folder, 'small'), few) }
  },
}

/** A repository of incidents, and a branch on which the first goes on. */
async function moveOne(folder: string, incidents: number): Promise<Side> {
  mkdirSync(folder)
  const git = await bareSnapshot(folder, incidents)
  await fastImport(git, [lifeCommit(incidents, 0, 1)], { branch: 'topic', onto: 'main' })
  const asked = ['--as-of', formatInstant(after(incidents)), 'check', '--base', 'main', '--head', 'topic']
  return () => run(gitsm(folder, asked))
}
