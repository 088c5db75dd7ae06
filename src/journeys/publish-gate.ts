import { type CheckRun, putCheckRun } from '../adapters/github/check-run.ts'
import type { CheckRunText } from '../adapters/github/check-run-content.ts'
import { putComment } from '../adapters/github/comment.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import { putLabels } from '../adapters/github/labels.ts'
import { requestReviewers } from '../adapters/github/reviewers.ts'
import type { Written } from '../adapters/github/written.ts'
import { labelsOf } from '../core/gate/labels.ts'
import { reviewersToAsk } from '../core/gate/reviewers.ts'
import type { Judgement } from '../core/judgement.ts'
import type { JudgedPull } from './judge-pull.ts'

/** What became of everything that the gate writes about a pull request. */
export interface Published {
  readonly comment: Written['outcome']
  readonly labels: Written['outcome']
  /** Logins of those who were asked to review it. */
  readonly reviewers: readonly string[]
  /** What was not possible, and why. */
  readonly notes: readonly string[]
}

/**
 * Tells a pull request what was found: one comment, labels, and requests to those who can give what is missing. Each is
 * left out, with a note, where the token may not or the repository does not allow it.
 */
export async function publishPull(
  github: GitHub,
  { facts }: JudgedPull,
  judgement: Judgement,
  comment: string,
): Promise<Published> {
  const { number, labels } = facts
  const said = await putComment(github, number, 'gate', comment)
  const labelled = await putLabels(github, number, labels, labelsOf(judgement))
  const asked = reviewersToAsk(judgement.gate?.decisions ?? [], facts, facts.asked)
  const requested =
    facts.draft || judgement.gate?.verdict === 'fail' ? undefined : await requestReviewers(github, number, asked)
  return {
    comment: said.outcome,
    labels: labelled.outcome,
    reviewers: requested && requested.outcome !== 'refused' ? requested.is : [],
    notes: [
      ...note('The comment was not written', said),
      ...note('Labels were not set', labelled),
      ...note(`${asked.join(', ')} could not be asked to review`, requested),
    ],
  }
}

/**
 * Lets a check run stand on a head. Others may have written one since ours: then there is a new one, since GitHub goes
 * by the newest.
 */
export async function publishCheck(
  github: GitHub,
  wanted: CheckRunText,
  runs: readonly CheckRun[],
): Promise<{ readonly check: Written['outcome']; readonly notes: readonly string[] }> {
  const written = await putCheckRun(github, wanted, runs.slice(0, 1))
  return { check: written.outcome, notes: note('The check run was not written', written) }
}

function note(what: string, written: Written | undefined): readonly string[] {
  return written?.outcome === 'refused' ? [`${what}. ${written.because}`] : []
}
