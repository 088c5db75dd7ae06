import { humanInstant, type Instant } from '../instant.ts'
import type { Demand } from './demand.ts'
import type { PullRequest, Push } from './pull-request.ts'
import { sightKey } from './seen-commit.ts'
import { changedSince, type Sight } from './sight.ts'

/** What somebody saw who approved, and in which commit. */
interface Seen {
  readonly commit: string
  readonly sight: Sight
}

/** The pushes after a review, or in its second, oldest first: any of them may have made it stale. */
export function pushesAfter({ heads }: Pick<PullRequest, 'heads'>, at: Instant | undefined): readonly Push[] {
  return at === undefined ? [] : heads.filter(({ since }) => since >= at)
}

/**
 * Whether what a push shows is no longer what was seen; `undefined` where nobody looked at what it shows.
 */
export function isChangedBy(push: Push, demand: Demand, seen: Sight, evidence: Known): boolean | undefined {
  const sight = evidence.sights.get(sightKey(push.sha, push.since, evidence.pull))
  if (sight === undefined || 'unreadable' in sight) return undefined
  const same = sight.demands.filter(({ key, policy }) => key === demand.key && policy.id === demand.policy.id)
  const shown = same.find(({ rule }) => rule?.name === demand.rule?.name) ?? same[0]
  return shown === undefined || changedSince(shown, seen) !== undefined
}

interface Known {
  readonly pull: Pick<PullRequest, 'base' | 'bases' | 'head' | 'heads' | 'onlyMoves'>
  readonly sights: ReadonlyMap<string, Sight>
}

/**
 * Who made an approval stale, in words that follow what changed: the first push that showed something else, or the
 * branch that it is to be merged into, where no push did. Empty where nobody can say.
 */
export function causeText(demand: Demand, seen: Seen, at: Instant | undefined, evidence: Known): string {
  const { pull } = evidence
  for (const push of pushesAfter(pull, at)) {
    const changed = isChangedBy(push, demand, seen.sight, evidence)
    if (changed === undefined) return ''
    if (changed) return ` (${pushText(push)})`
  }
  const sameHead = seen.commit === pull.head || (pull.heads.length > 0 && !pull.onlyMoves)
  return sameHead && pull.base !== '' ? ` (on ${pull.base})` : ''
}

function pushText({ sha, since, by }: Push): string {
  return `${sha.slice(0, 7)}, pushed ${by ? `by ${by.login} ` : ''}at ${humanInstant(since)} UTC`
}
