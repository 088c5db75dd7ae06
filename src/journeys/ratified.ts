import { type GitDir, runGit } from '../adapters/git/run.ts'
import { decide } from '../core/approval/decide.ts'
import type { Demand } from '../core/approval/demand.ts'
import type { Evidence } from '../core/approval/evidence.ts'
import { distinctPeople, type Person } from '../core/approval/person.ts'
import type { PullRequest } from '../core/approval/pull-request.ts'
import { ratifiedCommits } from '../core/approval/ratification.ts'
import type { Sight } from '../core/approval/sight.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import { decisionSubject } from '../core/ledger/decision-file.ts'
import { type Data, isData } from '../core/record.ts'
import { decidedAs, type Ended, type NewDecision } from './decided-as.ts'
import { type Deciding, demandsAt, type OnMerge } from './landed-merge.ts'

/**
 * What a pull request ratified: for each mainline commit that it names in the log of a record, what that commit did to
 * the record, if the reviews of this pull request are what its policy asked for, given by people who had no part in
 * either, on a version that named the commit. What is not met is not told: then nothing was ratified.
 */
export async function ratifiedBy(
  world: Deciding,
  ended: Ended & { readonly base: string },
  { merge, evidence, demands }: OnMerge,
  known: readonly LedgerDecision[],
): Promise<readonly NewDecision[]> {
  const ratified: NewDecision[] = []
  for (const change of merge.changes) {
    if (change.kind === 'removed') continue
    const key = `${change.after.type}/${change.after.id}`
    const before = change.kind === 'edited' ? change.before.data : {}
    for (const { commit } of ratifiedCommits(before, change.after.data)) {
      const asked = await askedBy(world, commit)
      if (!asked) continue
      const people = await peopleBehind(world.git, commit, key, known)
      const pull = evidence.pull && { ...evidence.pull, committers: withOthers(evidence.pull, people) }
      for (const demand of asked.filter((each) => each.key === key)) {
        const own = { ...evidence, ...(pull && { pull }), sights: sightsNaming(commit, demand, evidence, demands) }
        const decision = decide(demand, own)
        if (!decision.met || demand.rule?.require.kind === 'none') continue
        ratified.push(
          ratifiedAs(decidedAs(decision, own, { ...ended, ...(pull && { pull }) }, 'ratified'), commit, ended.base),
        )
      }
    }
  }
  return ratified
}

/** What a commit asked approval for, when it came; `undefined` where it is not on the mainline here. */
async function askedBy(world: Deciding, commit: string): Promise<readonly Demand[] | undefined> {
  const [parent] = await parentsOf(world.git, commit)
  return parent === undefined ? undefined : demandsAt(world, parent, commit)
}

async function parentsOf(git: GitDir, commit: string): Promise<readonly string[]> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return []
  const told = await runGit(git, ['rev-list', '--no-walk', '--parents', '--ignore-missing', commit])
  return told.toString('utf8').trim().split(' ').slice(1)
}

/** Whoever had a part in the commit: as the ledger knows them, else as the commit names them. */
async function peopleBehind(
  git: GitDir,
  commit: string,
  key: string,
  known: readonly LedgerDecision[],
): Promise<readonly Person[]> {
  const subject = decisionSubject(key)
  const decided = known.filter((each) => each.subject === subject && each.commits.includes(commit))
  const people = decided.flatMap(({ author, committers = [] }) => [author ?? null, ...committers])
  const told = people.flatMap((each) =>
    each ? [{ login: each.login, ...(each.user !== undefined && { id: each.user }) }] : [],
  )
  if (told.length > 0) return told
  const said = (await runGit(git, ['show', '-s', '--format=%an%x00%ae%x00%cn%x00%ce', commit])).toString('utf8').trim()
  const names = said.split('\0').flatMap((name) => [name, name.split('@')[0] ?? ''])
  return [...new Set(names.filter((name) => name !== ''))].map((login) => ({ login }))
}

function withOthers({ committers }: PullRequest, people: readonly Person[]): PullRequest['committers'] {
  const known = distinctPeople([...committers.filter((each) => each !== null), ...people])
  return committers.includes(null) ? [...known, null] : known
}

/** What reviewers saw: the commit's own doing, where the version that they saw named it. */
function sightsNaming(
  commit: string,
  demand: Demand,
  { sights }: Evidence,
  demands: readonly Demand[],
): ReadonlyMap<string, Sight> {
  const names = ({ subject, key }: Demand): boolean => {
    const record = subject['record']
    return key === demand.key && isData(record) && namesCommit(record, commit)
  }
  if (!demands.some(names)) return new Map()
  return new Map(
    Array.from(sights, ([seen, sight]): readonly [string, Sight] => {
      if ('unreadable' in sight) return [seen, sight]
      const shown = sight.demands.some(names)
      return [seen, shown ? { demands: [demand] } : { unreadable: 'it did not name the commit to be ratified' }]
    }),
  )
}

function namesCommit(record: Data, commit: string): boolean {
  return ratifiedCommits({}, record).some((each) => each.commit === commit)
}

/** It was ratified when the last approval that counts was given. */
function ratifiedAs(told: Omit<NewDecision, 'commits' | 'policyCommit'>, commit: string, base: string): NewDecision {
  const given = told.reviews.flatMap(({ at }) => at ?? [])
  return { ...told, at: given.length > 0 ? Math.max(...given) : told.at, commits: [commit], policyCommit: base }
}
