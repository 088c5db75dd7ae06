import { resolveCommit } from '../adapters/git/revision.ts'
import { pullRequestSummary } from '../adapters/github/pull-request.ts'
import { Fault } from '../core/fault.ts'
import { conclude } from './conclude.ts'
import { gitHubOf } from './github-connection.ts'
import { judgePull } from './judge-pull.ts'
import { withOpenPulls } from './open-pulls.ts'
import type { Outcome, World } from './world.ts'

/** Which pull request `gitsm check` is asked about. */
export interface CheckPullOptions {
  readonly number: number
  /** A revision to merge it into instead of the tip of its base. */
  readonly base?: string
  /** Logins of people who are taken to have approved: what if? */
  readonly assume: readonly string[]
}

/** The gate for a pull request on GitHub, which is only read: nothing is written there or here. */
export async function checkPull(
  world: World,
  { number, base, assume }: CheckPullOptions,
  connect: typeof gitHubOf = gitHubOf,
): Promise<Outcome> {
  const github = await connect(world)
  const pull = await pullRequestSummary(github, number)
  if (!pull.open) {
    throw new Fault(`Pull request ${number} is ${pull.mergedAt === null ? 'closed' : 'merged'}`, {
      cure: 'Name one that is open; gitsm verify judges what was merged',
    })
  }
  const into = base === undefined ? undefined : await resolveCommit({ dir: world.dir, env: world.env }, base)
  return withOpenPulls(world, github, pull.base, async (open) => {
    const { found } = await judgePull(world, open, number, { assume, ...(into !== undefined && { into }) })
    return conclude(world, found)
  })
}
