import type { Signatory } from '../adapters/git/commit-files.ts'
import { fetchTip } from '../adapters/git/fetch.ts'
import { knownRemote } from '../adapters/git/remote-access.ts'
import { pathRoot } from '../adapters/git/revision.ts'
import type { Account } from '../adapters/github/account.ts'
import { newestPullRequest } from '../adapters/github/branch-pull-request.ts'
import { findComment, putComment } from '../adapters/github/comment.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import { putLabels } from '../adapters/github/labels.ts'
import { readSubmittedIssue } from '../adapters/github/submitted-issue.ts'
import { editorOfIssue } from '../adapters/issue-event.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { belongsHere } from '../core/issue-form/belongs-here.ts'
import { filledFormIn } from '../core/issue-form/filled-form.ts'
import type { IssueForm } from '../core/issue-form/form.ts'
import type { RecordDoc } from '../core/record.ts'
import type { RecordType } from '../core/record-type.ts'
import {
  type IntakeRecord,
  type IntakeResult,
  intakeComment,
  intakeJson,
  intakeText,
  saysRecorded,
} from '../render/intake.ts'
import { formsOfTree } from './form-files.ts'
import { gitHubOf } from './github-connection.ts'
import { intakeBranch, intakeMessage, proposeIntake } from './intake-proposal.ts'
import { type IssueRecord, recordIn, recordOfIssue } from './intake-record.ts'
import { resultOf } from './intake-result.ts'
import { landOnMainline } from './land.ts'
import { mainlineOf } from './mainline-name.ts'
import { openTip, type Tip } from './tip.ts'
import { sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm intake open` is asked. */
export interface OpenIntakeOptions {
  /** What `gitsm intake parse` handed on; the variable `GITSM_RECORD` where left out. */
  readonly record?: string
  /** The remote that holds the mainline. */
  readonly remote: string
}

/**
 * Brings the record of an issue to the mainline, or proposes it, and tells the issue. What was handed on says only what
 * was answered: who wrote the issue, and when, is asked of GitHub. Run again it does nothing twice.
 */
export async function openIntake(world: World, { record, remote }: OpenIntakeOptions): Promise<Outcome> {
  const text = record ?? world.env['GITSM_RECORD'] ?? ''
  if (text === '')
    throw new Fault('Nothing was handed on', {
      cure: 'Hand on the output `record` of gitsm intake parse in GITSM_RECORD',
    })
  const github = await gitHubOf(world)
  const result = await taken({ ...world, reader: world.reader ?? sharingReader() }, github, text, remote)
  await tellIssue(world, github, result)
  return {
    code: result.kind === 'refused' ? exit.findings : exit.pass,
    out: world.format === 'json' ? intakeJson(result) : intakeText(result),
  }
}

/** Says in one comment on the issue what became of it. What an earlier run told of its clocks stays. */
async function tellIssue(world: World, github: GitHub, result: IntakeResult): Promise<void> {
  const comment = intakeComment(result)
  if (comment === undefined) return
  if (result.kind === 'recorded' && !result.isNew) {
    const before = await findComment(github, result.issue, 'intake')
    if (before && saysRecorded(before.body, result)) return
  }
  const written = await putComment(github, result.issue, 'intake', comment)
  if (written.outcome === 'refused') world.say(`note: the issue could not be told: ${written.because}`)
}

/** The mainline of a remote as it stands, and the forms that it asks by. */
async function mainlineNow(world: World, name: string) {
  const git = await pathRoot({ dir: world.dir, env: world.env })
  const remote = await knownRemote(git, name)
  const branch = await mainlineOf(git, remote)
  const tip = await openTip(git, await fetchTip(git, remote, branch), world.reader ?? sharingReader())
  return { remote, branch, tip, forms: formsOfTree(tip.snapshot, tip.registry) }
}

async function taken(world: World, github: GitHub, text: string, remoteName: string): Promise<IntakeResult> {
  const { remote, branch, tip, forms } = await mainlineNow(world, remoteName)
  const filled = filledFormIn(text, forms)
  if (!filled) {
    throw new Fault('What was handed on does not answer any form of the mainline', {
      cure: 'Run gitsm intake parse again on the mainline as it is now',
      code: exit.refused,
    })
  }
  if ('problems' in filled) return { issue: filled.issue, kind: 'refused', problems: filled.problems }
  const issue = await readSubmittedIssue(github, filled.issue)
  const form = formNamed(forms, filled.form)
  // GitHub makes labels that there are not yet; from then on it gives them to issues by itself.
  const labelled = await putLabels(github, issue.number, issue.labels, form.labels)
  if (labelled.outcome === 'refused') world.say(`note: the issue could not be labelled: ${labelled.because}`)
  const make = (on: Tip): IssueRecord => recordOfIssue(world, on, typeOf(on, form), issue, filled.answers)
  const link = (record: RecordDoc): IntakeRecord => {
    const url = `${github.server}/${github.owner}/${github.repo}/blob/${branch}/${record.file}`
    return { id: record.id, type: record.type, file: record.file, url }
  }
  const first = make(tip)
  if ('standing' in first) {
    return { issue: issue.number, kind: 'recorded', isNew: false, clocks: [], ...link(first.standing) }
  }
  const pull = await newestPullRequest(github, intakeBranch(issue.number), branch)
  if (pull?.open === false && pull.mergedAt === null) {
    return { issue: issue.number, kind: 'declined', pull, ...link(first.drafted.record) }
  }
  if (!issue.open) return { issue: issue.number, kind: 'closed' }
  const author = signatoryOf(github, issue.author)
  const editor = editorOfIssue(world.env, issue.number)
  const editing = editor && editor.id !== issue.author.id ? signatoryOf(github, editor) : undefined
  const isDirect = pull?.open !== true && belongsHere(issue, tip.snapshot.records)
  const landed = await landOnMainline(world, {
    remote,
    branch,
    lane: isDirect ? 'either' : 'pull_request',
    author,
    make: async (on) => {
      const made = make(on)
      const files = 'standing' in made ? [] : [{ path: made.drafted.file, text: made.drafted.text }]
      return { files, message: intakeMessage(recordIn(made).id, issue.number, editing), made }
    },
    propose: (git, proposal) => proposeIntake(world, git, proposal, { issue: issue.number, author }),
  })
  return resultOf(world, github, landed, { issue, form, branch, link, autoMerge: isDirect })
}

function formNamed(forms: readonly IssueForm[], name: string): IssueForm {
  const form = forms.find((each) => each.name === name)
  if (form) return form
  throw new Error(`there is no form ${name}`)
}

function typeOf({ snapshot }: Tip, { type }: IssueForm): RecordType {
  const found = snapshot.rulebook.types.get(type)
  if (found) return found
  throw new Fault(`The mainline has no record type ${type} any more`, { cure: 'Run gitsm forms there' })
}

/** Somebody on GitHub as a commit names them, so that GitHub knows whose it is: it can never approve itself. */
function signatoryOf({ server }: GitHub, { login, id }: Account): Signatory {
  return { name: login, email: `${id}+${login}@users.noreply.${new URL(server).hostname}` }
}
