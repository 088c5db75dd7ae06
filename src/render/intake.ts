import type { AnswerProblem, FilledForm } from '../core/issue-form/filled-form.ts'
import { codeText, inlineText, linkText } from '../core/markdown.ts'
import { json } from './json.ts'
import { oneLine } from './terminal.ts'

/** What became of an issue. */
export type IntakeResult = { readonly issue: number } & (
  | { readonly kind: 'refused'; readonly problems: readonly AnswerProblem[] }
  /** It stands on the mainline; `isNew` where this run brought it there. */
  | ({ readonly kind: 'recorded'; readonly isNew: boolean; readonly clocks: readonly string[] } & IntakeRecord)
  /** It waits in a pull request, for these reasons. */
  | ({
      readonly kind: 'proposed'
      readonly pull: PullLink | null
      readonly because: readonly string[]
      /** Whether GitHub merges it as soon as everything is there. */
      readonly mergesItself: boolean
    } & IntakeRecord)
  /** Somebody closed its pull request without merging it. */
  | ({ readonly kind: 'declined'; readonly pull: PullLink } & IntakeRecord)
  /** The issue was closed before anything became of it. */
  | { readonly kind: 'closed' }
)

/** The record that an issue becomes. */
export interface IntakeRecord {
  readonly id: string
  readonly type: string
  readonly file: string
  /** Where people read it. */
  readonly url: string
}

/** A pull request as people find it. */
export interface PullLink {
  readonly number: number
  readonly url: string
}

/** What `gitsm intake parse` read, for people. */
export function readFormText(issue: number | undefined, filled: FilledForm | undefined): string {
  if (issue === undefined) return 'no issue: nothing to read\n'
  if (!filled) return `#${issue} was made by no form: nothing to read\n`
  if ('problems' in filled) return `#${issue} cannot become a record yet\n${problemLines(filled.problems)}\n`
  const fields = Object.keys(filled.answers).map(oneLine)
  return `#${issue} answers ${oneLine(filled.form)}: ${fields.join(', ')}\n`
}

/** What became of an issue, as JSON. */
export function intakeJson({ issue, kind, ...rest }: IntakeResult): string {
  return json({ issue, result: kind, ...rest })
}

/** What became of an issue, for people at a terminal or in a log. */
export function intakeText(result: IntakeResult): string {
  switch (result.kind) {
    case 'refused':
      return `#${result.issue} cannot become a record yet\n${problemLines(result.problems)}\n`
    case 'recorded':
      return [`${result.id}${result.isNew ? '' : ' was recorded before'}`, result.file, ...result.clocks, ''].join('\n')
    case 'proposed':
      return [result.id, result.file, result.pull?.url ?? 'no pull request', ...result.because, '']
        .map(oneLine)
        .join('\n')
    case 'declined':
      return `${result.id} was declined in ${oneLine(result.pull.url)}\n`
    case 'closed':
      return `#${result.issue} is closed: nothing was recorded\n`
  }
}

function problemLines(problems: readonly AnswerProblem[]): string {
  return problems
    .map(({ label, message }) => oneLine(`  ${label === undefined ? '' : `${label}: `}${message}`))
    .join('\n')
}

/** The comment on the issue that says what became of it; `undefined` where there is nothing to say. */
export function intakeComment(result: IntakeResult): string | undefined {
  switch (result.kind) {
    case 'refused':
      return [
        '**Nothing was recorded yet.** Something in the answers has to be put right first:',
        result.problems.map(problemItem).join('\n'),
        'Edit the issue (the menu at its upper right), and it is read again. Leave the headings as they are.',
      ].join('\n\n')
    case 'recorded':
      return [
        `Recorded as ${linkText(result.id, result.url)}. Work on it, and what comes of it, is written there.`,
        ...(result.clocks.length === 0 ? [] : [result.clocks.map((line) => `- ${inlineText(line)}`).join('\n')]),
        'What is edited in this issue from now on does not change the record.',
      ].join('\n\n')
    case 'proposed':
      return [
        `**${inlineText(result.id)}** is proposed${result.pull ? ` in ${pullText(result.pull)}` : ''}, and counts once that is merged.`,
        ...(result.because.length === 0 ? [] : [result.because.map((line) => `- ${inlineText(line)}`).join('\n')]),
        result.mergesItself
          ? 'It is merged by itself once everything that it needs is there.'
          : 'Somebody who may has to merge it. Until then, edit the issue to change what it says.',
      ].join('\n\n')
    case 'declined':
      return `${inlineText(result.id)} was not taken: ${pullText(result.pull)} was closed without being merged. Ask there, or open another issue.`
    case 'closed':
      return undefined
  }
}

/** Whether a comment says already that a record stands, so that what it tells of its first clocks is kept. */
export function saysRecorded(comment: string, { id, url }: IntakeRecord): boolean {
  return comment.includes(`Recorded as ${linkText(id, url)}.`)
}

/** What the pull request of an issue says: where it comes from. No word in it closes the issue. */
export function intakePullBody({
  issue,
  author,
  id,
  url,
}: { readonly issue: number; readonly author: string } & IntakeRecord): string {
  return [
    `${inlineText(id)} as ${codeText(author)} asked for it in #${issue}.`,
    `Editing the issue changes this pull request, as long as nobody else has committed to it. Merged, it is ${linkText('this record', url)}.`,
    `${codeText(author)} wrote it and so cannot approve it.`,
  ].join('\n\n')
}

function pullText({ number, url }: PullLink): string {
  return linkText(`pull request ${number}`, url)
}

function problemItem({ label, message, hint }: AnswerProblem): string {
  const what = label === undefined ? '' : `**${inlineText(label)}**: `
  return `- ${what}${inlineText(message)}.${hint === undefined ? '' : ` ${inlineText(hint)}.`}`.replaceAll('..', '.')
}
