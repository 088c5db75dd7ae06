import type { GitHub } from '../adapters/github/connection.ts'
import { createPullRequest, editPullRequest, enableAutoMerge } from '../adapters/github/open-pull-request.ts'
import type { SubmittedIssue } from '../adapters/github/submitted-issue.ts'
import type { AnswerProblem } from '../core/issue-form/filled-form.ts'
import type { IssueForm } from '../core/issue-form/form.ts'
import { type RecordDoc, textAt } from '../core/record.ts'
import { type IntakeRecord, type IntakeResult, intakePullBody, type PullLink } from '../render/intake.ts'
import { oneLine } from '../render/terminal.ts'
import type { Found } from './conclude.ts'
import { firstClocks } from './first-clocks.ts'
import { type IssueRecord, recordIn } from './intake-record.ts'
import type { Landed } from './land.ts'
import type { World } from './world.ts'

/** What a result is told about. */
interface About {
  readonly issue: SubmittedIssue
  readonly form: IssueForm
  /** The mainline. */
  readonly branch: string
  readonly link: (record: RecordDoc) => IntakeRecord
  /** Whether a proposal may be merged by itself as soon as the mainline takes it. */
  readonly autoMerge: boolean
}

/** What became of an issue whose record was landed, proposed or refused; a proposal gets its pull request here. */
export async function resultOf(
  world: World,
  github: GitHub,
  landed: Landed<IssueRecord>,
  about: About,
): Promise<IntakeResult> {
  const { made, tip } = landed
  const { issue, form, link } = about
  const record = recordIn(made)
  switch (landed.kind) {
    case 'refused':
      return { issue: issue.number, kind: 'refused', problems: problemsOf(landed.found, form) }
    case 'nothing':
      return { issue: issue.number, kind: 'recorded', isNew: false, clocks: [], ...link(record) }
    case 'landed': {
      const clocks = firstClocks(tip.snapshot, record, issue.author.login, world.now)
      return { issue: issue.number, kind: 'recorded', isNew: true, clocks, ...link(record) }
    }
    case 'unapproved':
      throw new Error('an intake may always be proposed')
    default: {
      const { pull, mergesItself } = await pullRequestOf(world, github, about, record, landed.branch)
      return { issue: issue.number, kind: 'proposed', pull, mergesItself, because: landed.because, ...link(record) }
    }
  }
}

/** The pull request of a branch that was pushed; `null` where GitHub takes none, which a person is told. */
async function pullRequestOf(
  world: World,
  github: GitHub,
  { issue, branch, link, autoMerge }: About,
  record: RecordDoc,
  head: string,
): Promise<{ readonly pull: PullLink | null; readonly mergesItself: boolean }> {
  const title = oneLine(`${record.id}: ${textAt(record.data, 'title') ?? ''}`).slice(0, longestTitle)
  const body = intakePullBody({ issue: issue.number, author: issue.author.login, ...link(record) })
  const opened = await createPullRequest(github, { head, base: branch, title, body })
  if (opened.outcome === 'refused') {
    world.say(`note: ${head} was pushed, but no pull request was opened: ${opened.because}`)
    return { pull: null, mergesItself: false }
  }
  if (opened.outcome === 'kept' && opened.is.title !== title) await editPullRequest(github, opened.is.number, { title })
  const merging = autoMerge ? await enableAutoMerge(github, opened.is) : undefined
  const mergesItself = merging !== undefined && merging.outcome !== 'refused'
  return { pull: { number: opened.is.number, url: opened.is.url }, mergesItself }
}

/** GitHub takes 256 characters. */
const longestTitle = 250

/** The errors of the gate as what is wrong with answers, by the questions that people were asked. */
function problemsOf({ diagnostics }: Found, { fields }: IssueForm): readonly AnswerProblem[] {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ message, hint, place: { route } }) => {
      const field = fields.find((each) => each.route.every((key, at) => route[at] === key))
      const label = route[0] === 'title' ? 'Title' : field?.label
      return { message, ...(label !== undefined && { label }), ...(hint !== undefined && { hint }) }
    })
}
