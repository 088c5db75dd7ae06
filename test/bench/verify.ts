import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitDir, runGit } from '../../src/adapters/git/run.ts'
import { walkMainline } from '../../src/adapters/git/walk.ts'
import { honestCommits } from '../support/mainline/honest.ts'
import { offences } from '../support/mainline/offences.ts'
import { plantedMainline } from '../support/mainline/planted.ts'
import { unauthorised } from '../support/mainline/unauthorised.ts'
import type { Benchmark } from './benchmark.ts'
import { run, runInTurn } from './command.ts'
import { gitsm } from './program.ts'

const commits = 5000

/** How long it takes to judge a long mainline commit by commit, and whether all that was planted in it is found. */
export const verify: Benchmark = {
  name: 'verify',
  what: `gitsm verify, 5,000 commits of all practices with ${offences.length + unauthorised.length} offences among them`,
  against: 'git log --first-parent --raw, then git cat-file --batch of the same blobs',
  runs: 3,
  work: { count: commits, unit: 'commits' },
  goal: { rate: commits / 60 }, // a minute
  async prepare(folder) {
    const git: GitDir = { dir: folder, env: { PATH: process.env['PATH'], HOME: folder } }
    const planted = await plantedMainline(git, honestCommits(commits), offences, unauthorised)
    const [blobs, found] = [join(folder, 'blobs.txt'), join(folder, 'found.json')]
    const tip = (await runGit(git, ['rev-parse', 'HEAD'])).toString('utf8').trim()
    const steps = await walkMainline(git, tip, [])
    const ids = new Set(steps.flatMap(({ touches }) => touches.flatMap(({ blob }) => blob ?? [])))
    writeFileSync(blobs, [...ids, ''].join('\n'))
    const log = ['log', '--first-parent', '--raw', '--no-abbrev', '--no-renames', '--format=%H %ct %an', 'HEAD']
    return {
      async measured() {
        const sample = await run({
          ...gitsm(folder, ['verify', '--as-of', '2026-11-21T09:00:00Z', '--format', 'json']),
          output: found,
          code: 1,
        })
        const told: { readonly findings: readonly { readonly commit: string }[] } = JSON.parse(
          readFileSync(found, 'utf8'),
        )
        const named = new Set(told.findings.map(({ commit }) => commit))
        const wrong = planted.filter(({ commit }) => !named.has(commit)).length + (named.size - planted.length)
        if (wrong !== 0) throw new Error(`gitsm verify named ${named.size} commits, not the ${planted.length} planted`)
        return sample
      },
      floor: () =>
        runInTurn([
          { program: 'git', args: log, dir: folder },
          { program: 'git', args: ['cat-file', '--batch'], dir: folder, input: blobs },
        ]),
    }
  },
}
