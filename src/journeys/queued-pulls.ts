import { withMerge } from '../adapters/git/merge.ts'
import { runGit } from '../adapters/git/run.ts'
import type { PullRequestSummary } from '../adapters/github/pull-request.ts'
import type { OpenPulls, QueuedCommit } from './open-pulls.ts'

/** A pull request as a commit of the merge queue brings it: onto which commit it was merged. */
export interface QueuedPull {
  readonly pull: PullRequestSummary
  readonly onto: string
}

/** What a commit of the merge queue brings, and whether that is all that it brings. */
export interface Queued {
  readonly onto: string
  readonly pulls: readonly QueuedPull[]
  readonly isWhole: boolean
}

interface Step {
  readonly commit: string
  readonly parents: readonly string[]
  readonly tree: string
  readonly subject: string
}

/** As many merges are tried for one commit that does not say by itself which pull request it brings. */
const mostTried = 60

/**
 * The pull requests that a commit of the merge queue is made of. What a commit says of itself is only where to look
 * first: it brings a pull request when merging that one's head into the commit before gives the same tree.
 */
export async function queuedPulls(open: OpenPulls, { commit, ref }: QueuedCommit): Promise<Queued> {
  const steps = await stepsTo(open, commit)
  const start = steps[0]?.parents[0] ?? commit
  const pulls: QueuedPull[] = []
  let onto = start
  let tried = 0
  for (const step of steps) {
    const left = open.pulls.filter((pull) => !pulls.some((each) => each.pull.number === pull.number))
    for (const pull of likelyFirst(left, step, ref)) {
      if (tried++ >= mostTried * steps.length || !(await gives(open, onto, pull.head, step.tree))) continue
      pulls.push({ pull, onto })
      onto = step.commit
      break
    }
  }
  return { onto: start, pulls, isWhole: pulls.length > 0 && onto === commit }
}

/** The commits that the queue would add to the base, oldest first. */
async function stepsTo({ store, base }: OpenPulls, commit: string): Promise<readonly Step[]> {
  const form = '--format=%H%x00%P%x00%T%x00%s'
  const listed = await runGit(store.git, ['log', '--first-parent', '--reverse', form, commit, `^${base.commit}`, '--'])
  return listed
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [id = '', parents = '', tree = '', subject = ''] = line.split('\0')
      return { commit: id, parents: parents.split(' ').filter(Boolean), tree, subject }
    })
}

function likelyFirst(pulls: readonly PullRequestSummary[], step: Step, ref: string): readonly PullRequestSummary[] {
  const named = [...`${step.subject} ${ref}`.matchAll(/#(\d+)|\/pr-(\d+)-/g)].map(([, one, other]) =>
    Number(one ?? other),
  )
  const likely = ({ head, number }: PullRequestSummary): number =>
    Number(step.parents.slice(1).includes(head)) * 2 + Number(named.includes(number))
  return pulls.toSorted((a, b) => likely(b) - likely(a))
}

async function gives({ store }: OpenPulls, onto: string, head: string, tree: string): Promise<boolean> {
  if (!(await store.bring(head))) return false
  try {
    return await withMerge(store.git, onto, head, async (merged) => 'tree' in merged && merged.tree === tree)
  } catch {
    return false
  }
}
