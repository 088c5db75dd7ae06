import type { CheckRun } from '../adapters/github/check-run.ts'
import { type PullRequestSummary, pullRequestSummary } from '../adapters/github/pull-request.ts'
import { addSummary } from '../adapters/runner-file.ts'
import type { Review } from '../core/approval/pull-request.ts'
import { type JudgedHead, judgedHeads } from '../core/approval/shared-heads.ts'
import { exit } from '../core/exit.ts'
import type { Fault } from '../core/fault.ts'
import { gateComment } from '../render/gate-comment.ts'
import type { GateRow } from '../render/gate-sweep.ts'
import { headline } from '../render/headline.ts'
import { codeOf, judgementOf } from './conclude.ts'
import { faultOf } from './fault-of.ts'
import { checkRunText, type Tried, verdictOf } from './gate-check.ts'
import { judgePull } from './judge-pull.ts'
import type { OpenPulls } from './open-pulls.ts'
import { publishCheck, publishPull } from './publish-gate.ts'
import type { World } from './world.ts'

/** The open pull requests that end in one commit, and the check runs of the gate that stand on it, newest first. */
export interface Head {
  readonly sha: string
  readonly pulls: readonly PullRequestSummary[]
  readonly checks: readonly CheckRun[]
  /** Reviews by the number of the pull request, where they were read already. */
  readonly reviews?: ReadonlyMap<number, readonly Review[]>
}

/** What the gate makes of a head: a row for each pull request, or how they stand now where one moved on meanwhile. */
export type HeadOutcome =
  | { readonly rows: readonly GateRow[]; readonly moved?: undefined }
  | { readonly moved: readonly PullRequestSummary[] }

/**
 * Judges the pull requests of a head and writes what was found. One check run stands for all of them, since GitHub
 * knows the commit only. The head is read once more before anything is written: what moved on meanwhile is dropped.
 */
export async function gateHead(world: World, open: OpenPulls, head: Head): Promise<HeadOutcome> {
  const { github, base } = open
  const tried: Tried[] = []
  for (const pull of head.pulls) tried.push(await tryPull(world, open, pull, head))
  const now: PullRequestSummary[] = []
  for (const { number } of head.pulls) now.push(await pullRequestSummary(github, number))
  if (now.some((pull) => !pull.open || pull.head !== head.sha || pull.base !== base.name)) return { moved: now }

  const standing = tried.map((each) => ({ ...each.pull, verdict: verdictOf(each) }))
  const [together] = judgedHeads(standing, base.name)
  if (!together) return { rows: [] }
  const { check, notes } = await publishCheck(github, checkRunText(world, open, tried, together), head.checks)
  const rows: GateRow[] = []
  for (const each of tried) {
    const comment = commentOn(open, each, tried)
    const row = await publishedRow(open, each, together, comment)
    rows.push({ ...row, check, notes: [...notes, ...row.notes] })
    // Whoever may write neither still finds it on the page of the run.
    const isHidden = check === 'refused' || row.comment === 'refused'
    if (isHidden && comment !== undefined) addSummary(world, `# Pull request ${each.pull.number}\n\n${comment}`)
  }
  return { rows }
}

async function tryPull(world: World, open: OpenPulls, pull: PullRequestSummary, head: Head): Promise<Tried> {
  try {
    const reviews = head.reviews?.get(pull.number)
    const judged = await judgePull(world, open, pull.number, reviews && { reviews })
    return { pull, judged, judgement: judgementOf(judged.found) }
  } catch (error) {
    return { pull, fault: faultOf(error) }
  }
}

function commentOn({ base }: OpenPulls, tried: Tried, all: readonly Tried[]): string | undefined {
  const { pull, judgement } = tried
  if (!judgement) return undefined
  const sharing = all
    .filter((other) => other !== tried)
    .map((other) => ({ number: other.pull.number, passes: verdictOf(other) === 'pass' }))
  return gateComment(judgement, { base: base.name, baseCommit: base.commit, head: pull.head, sharing })
}

/** Writes what belongs to one pull request. A fault there leaves the check run as it was written. */
async function publishedRow(
  { github }: OpenPulls,
  { pull, judged, judgement, fault }: Tried,
  together: JudgedHead,
  comment: string | undefined,
): Promise<GateRow> {
  const about = { pulls: [pull.number], head: pull.head, isQueued: false }
  const undecided = (why: Fault): GateRow => {
    return { ...about, outcome: 'undecided', said: why.message, code: why.code, fault: why, notes: [] }
  }
  if (fault || !judged || !judgement || comment === undefined) return undecided(fault ?? faultOf('nothing was judged'))
  try {
    const published = await publishPull(github, judged, judgement, comment)
    const verdict = verdictOf({ pull, judgement })
    const shared = together.verdict === verdict ? [] : [`The check run does not say ${verdict}: ${together.because}`]
    const code = shared.length > 0 ? exit.findings : codeOf(judgement, true)
    const row = { ...about, verdict, said: headline(judgement), code, judgement, ...published }
    return { ...row, outcome: 'judged', notes: [...shared, ...published.notes] }
  } catch (error) {
    return undecided(faultOf(error))
  }
}
