import { fetchPullRequest } from '../adapters/git/fetch.ts'
import { hasCommit } from '../adapters/git/first-parent.ts'
import { landingOf } from '../adapters/git/landing.ts'
import { addedSince } from '../adapters/git/ledger-history.ts'
import { endedAccount } from '../adapters/github/ended-account.ts'
import type { Instant } from '../core/instant.ts'
import { contradictionOf, type ForgeAccount } from '../core/ledger/contradiction.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import { decisionKey } from '../core/ledger/decision-file.ts'
import { entryPath } from '../core/ledger/entry.ts'
import { denialsIn, mayAuthorise } from '../core/replay/known-decisions.ts'
import type { NewDecision } from './decided-as.ts'
import type { EndedSearch } from './ended-on-github.ts'
import type { Ledger } from './ledger-reading.ts'

/** A decision of the ledger that GitHub contradicts. */
export interface ContradictedDecision {
  readonly decision: LedgerDecision
  readonly because: string
}

/** So many pull requests are looked at again, those whose evidence was added last: each costs three requests. */
const most = 25

/**
 * The decisions that say that something was approved, were added to the ledger since an instant, and are not what
 * GitHub says. Where the ledger itself holds their contradiction already they are left out.
 */
export async function contradictedOnGitHub(
  search: Omit<EndedSearch, 'isKnown'>,
  ledger: Ledger | undefined,
  decisions: readonly LedgerDecision[],
  since: Instant,
): Promise<readonly ContradictedDecision[]> {
  if (!ledger) return []
  const before = ledger.entries.findLast(({ at }) => at < since)
  const files = await addedSince(search.git, ledger.commit, 'decisions', before && entryPath(before.sequence))
  const byFile = new Map(decisions.map((each) => [each.file, each]))
  const denials = denialsIn(decisions)
  const claims = files
    .flatMap((file) => byFile.get(file) ?? [])
    .filter((each) => mayAuthorise(each) && !denials.has(decisionKey(each)))
  const numbers = [...new Set(claims.map(({ pullRequest }) => pullRequest))].slice(0, most)
  const contradicted: ContradictedDecision[] = []
  for (const number of numbers) {
    const account = await accountOn(search, number)
    for (const decision of claims.filter(({ pullRequest }) => pullRequest === number)) {
      const because = contradictionOf(decision, account, search.branch)
      if (because !== undefined) contradicted.push({ decision, because })
    }
  }
  return contradicted
}

/** What GitHub says of a pull request, with the mainline commits that it became. */
async function accountOn(
  { git, github, remote, tip }: Omit<EndedSearch, 'isKnown'>,
  number: number,
): Promise<ForgeAccount | undefined> {
  const account = await endedAccount(github, number)
  if (!account || account.mergedAt === null) return account
  const { head, baseSha: from, mergeCommit } = account
  if (!(await hasCommit(git, head))) await fetchPullRequest(git, remote, number)
  if (!(await hasCommit(git, head))) return account
  const landing = await landingOf(git, tip, { head, from, ...(mergeCommit !== null && { merged: mergeCommit }) })
  return { ...account, ...(landing && { commits: landing.commits }) }
}

/** What is written beside a decision that GitHub contradicts: that the same was not approved, and why. */
export function denialOf(
  { decision, because }: ContradictedDecision,
  { at, engine }: { readonly at: Instant; readonly engine: string },
): NewDecision {
  const { file: _, due: __, ...same } = decision
  const verdict = { met: false, because: `GitHub says otherwise: ${because}`, parts: [] }
  return { ...same, at, engine, verdict, reviews: [], seen: null }
}
