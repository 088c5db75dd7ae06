import { awaitedOf } from '../approval/awaited.ts'
import { mayBeSame, type Person } from '../approval/person.ts'
import type { PullRequest } from '../approval/pull-request.ts'
import type { Verdict } from '../verdict.ts'

/** As many people are asked in all; more would make everybody think that somebody else will look. */
const most = 10

/** How many more than are needed are asked of a requirement, so that one who is away does not hold it up. */
const spare = 2

/**
 * The logins of those who should be asked to review: people who can give what is missing, and neither have been asked
 * nor have spoken since the head is the head.
 */
export function reviewersToAsk(
  decisions: readonly Verdict[],
  pull: PullRequest,
  alreadyAsked: readonly Person[],
): readonly string[] {
  const since = pull.heads.filter(({ sha }) => sha === pull.head).at(-1)?.since
  const spoken = pull.reviews.flatMap(({ user, commit, submittedAt }) => {
    const here = commit === pull.head || (since !== undefined && submittedAt !== undefined && submittedAt >= since)
    return user && here ? [user] : []
  })
  const silent = [...alreadyAsked, ...spoken, ...(pull.author ? [pull.author] : [])]
  const wanted = awaitedOf(decisions).flatMap(({ approvals, people }) => {
    const asked = people.filter((login) => alreadyAsked.some((person) => mayBeSame(person, { login })))
    const able = people.filter((login) => !silent.some((person) => mayBeSame(person, { login })))
    return able.slice(0, Math.max(0, approvals + spare - asked.length))
  })
  return [...new Set(wanted)].slice(0, Math.max(0, most - alreadyAsked.length))
}
