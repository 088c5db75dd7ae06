import type { HeadVerdict } from '../core/approval/shared-heads.ts'
import type { ExitCode } from '../core/exit.ts'
import type { Fault } from '../core/fault.ts'
import type { Judgement } from '../core/judgement.ts'
import { cellText, codeText, inlineText } from '../core/markdown.ts'
import { judgementGithub } from './github.ts'
import { json } from './json.ts'
import { judgementValue } from './judgement-json.ts'
import { columns, oneLine, type Paint, paint } from './terminal.ts'

/** What became of something that was to be written on GitHub. */
export type Writing = 'made' | 'changed' | 'kept' | 'refused'

/** What a sweep made of a pull request, or of a commit of the merge queue. */
export interface GateRow {
  /** The pull request, or all that a commit of the merge queue brings. */
  readonly pulls: readonly number[]
  readonly head: string
  /** `current`: what stands on GitHub already holds still. */
  readonly outcome: 'judged' | 'current' | 'undecided'
  readonly isQueued: boolean
  /** Absent where it could not be decided. */
  readonly verdict?: HeadVerdict
  /** In one sentence. */
  readonly said: string
  readonly code: ExitCode
  readonly judgement?: Judgement
  readonly fault?: Fault
  readonly check?: Writing
  readonly comment?: Writing
  readonly labels?: Writing
  readonly reviewers?: readonly string[]
  /** What was not possible, and why. */
  readonly notes: readonly string[]
}

/** A sweep for programs. */
export function gateJson(rows: readonly GateRow[]): string {
  return json({ results: rows.map(rowJson), summary: countsOf(rows) })
}

function rowJson({ pulls, isQueued, head, outcome, verdict, said, fault, judgement, ...written }: GateRow): object {
  const { check, comment, labels, reviewers = [], notes } = written
  return {
    kind: isQueued ? 'merge_group' : 'pull_request',
    pulls,
    head,
    outcome,
    verdict: verdict ?? null,
    title: said,
    check: check ?? null,
    comment: comment ?? null,
    labels: labels ?? null,
    reviewers,
    notes,
    ...(fault && { error: { code: fault.code, message: fault.message, cure: fault.cure } }),
    ...(judgement && { judgement: judgementValue(judgement) }),
  }
}

/** A sweep for people: a line for each pull request, and beneath it what was not possible. */
export function gateText(rows: readonly GateRow[], colour: boolean): string {
  const colours = paint(colour)
  if (rows.length === 0) return 'No open pull request is to be judged.\n'
  const lines = rows.map((row) => [
    markOf(row, colours),
    subjectOf(row),
    oneLine(row.said),
    colours.dim(writtenText(row)),
  ])
  const below = rows.flatMap((row) => [
    ...row.notes.map((each) => `note: ${subjectOf(row)}: ${oneLine(each)}`),
    ...(row.fault ? [`cure: ${subjectOf(row)}: ${oneLine(row.fault.cure)}`] : []),
  ])
  const parts = [columns(lines), ...(below.length === 0 ? [] : [below.join('\n')]), sumText(rows)]
  return `${parts.join('\n\n')}\n`
}

/** A sweep as a page, for the summary of a job. */
export function gateMarkdown(rows: readonly GateRow[]): string {
  if (rows.length === 0) return '# The gate\n\nNo open pull request is to be judged.\n'
  const table = rows.map(
    (row) =>
      `| ${signs[markName(row)]} | ${numbersText(row)} | ${codeText(row.head.slice(0, 10))} | ${cellText(row.said, 300)} |`,
  )
  const notes = rows.flatMap((row) => [
    ...row.notes.map((each) => `- ${numbersText(row)}: ${inlineText(each)}`),
    ...(row.fault ? [`- ${numbersText(row)}: ${inlineText(row.fault.cure)}`] : []),
  ])
  const head = '| | Pull request | Head | |\n| --- | --- | --- | --- |'
  const parts = [
    `# The gate\n\n${sumText(rows)}`,
    `${head}\n${table.join('\n')}`,
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
  ]
  return `${parts.join('\n\n')}\n`
}

/** The findings of a sweep as annotations of a workflow. */
export function gateGithub(rows: readonly GateRow[]): string {
  return rows.map(({ judgement }) => (judgement ? judgementGithub(judgement) : '')).join('')
}

type Mark = HeadVerdict | 'undecided'

function markName({ outcome, verdict }: GateRow): Mark {
  return outcome === 'undecided' || !verdict ? 'undecided' : verdict
}

const signs: Readonly<Record<Mark, string>> = { pass: '✅', fail: '❌', pending: '⏳', undecided: '❓' }

function markOf(row: GateRow, { green, red, yellow }: Paint): string {
  const name = markName(row)
  return { pass: green, fail: red, pending: yellow, undecided: red }[name](name)
}

function subjectOf({ pulls, isQueued, head }: GateRow): string {
  const numbers = pulls.map((each) => `#${each}`).join('+')
  return isQueued ? `queue ${head.slice(0, 7)}${numbers === '' ? '' : ` (${numbers})`}` : numbers
}

function numbersText({ pulls, isQueued }: GateRow): string {
  const numbers = pulls.map((each) => `#${each}`).join(', ')
  return isQueued ? `merge queue${numbers === '' ? '' : ` (${numbers})`}` : numbers
}

function writtenText({ outcome, check, comment, reviewers = [] }: GateRow): string {
  if (outcome === 'current') return 'unchanged'
  const parts = [
    ...(check === undefined ? [] : [`check ${check}`]),
    ...(comment === undefined ? [] : [`comment ${comment}`]),
    ...(reviewers.length === 0 ? [] : [`asked ${reviewers.map(oneLine).join(', ')}`]),
  ]
  return parts.join(', ')
}

function countsOf(rows: readonly GateRow[]): Readonly<Record<Mark, number>> {
  const count = (mark: Mark): number => rows.filter((row) => markName(row) === mark).length
  return { pass: count('pass'), fail: count('fail'), pending: count('pending'), undecided: count('undecided') }
}

function sumText(rows: readonly GateRow[]): string {
  const { pass, fail, pending, undecided } = countsOf(rows)
  const told = [
    ...(pass > 0 ? [`${pass} ${pass === 1 ? 'passes' : 'pass'}`] : []),
    ...(fail > 0 ? [`${fail} ${fail === 1 ? 'fails' : 'fail'}`] : []),
    ...(pending > 0 ? [`${pending} ${pending === 1 ? 'waits' : 'wait'} for approval`] : []),
    ...(undecided > 0 ? [`${undecided} could not be decided`] : []),
  ]
  return `${told.join(', ')}.`
}
