import type { EvidenceAccount } from '../core/evidence-account.ts'
import type { ExplainedVersion, Explanation } from '../core/explain.ts'
import { formatInstant, humanHours, type Instant } from '../core/instant.ts'
import { believedText } from '../core/ledger/believed.ts'
import { cellText, codeText, inlineText } from '../core/markdown.ts'
import { priorityText, type Reading } from '../core/reading.ts'
import type { RecordGap } from '../core/record-gap.ts'
import { skewText } from '../core/recording-skew.ts'
import type { ClockWarning } from '../core/removed-calendar.ts'
import { type AccountRow, accountRows, clockText, edgeText, instantText } from './account-table.ts'
import { provenanceText } from './evidence.ts'
import { columns, oneLine, type Paint, paint } from './terminal.ts'

/** The accounts of all clocks of a record, with what makes them repeatable. */
export interface RecordAccount {
  readonly id: string
  readonly commit: string
  readonly asOf: Instant
  readonly explanations: readonly Explanation[]
  readonly warnings: readonly ClockWarning[]
  readonly evidence: EvidenceAccount
}

function heading({ reading }: Explanation): string {
  return `${reading.sla} ${reading.target}${reading.cycle > 1 ? `, cycle ${reading.cycle}` : ''}`
}

/** What judged the clock: each a name and what there is to say. */
function termsOf({
  reading,
  agreements,
  calendars,
  atRiskPercent,
}: Explanation): readonly (readonly [string, string])[] {
  const { targetHistory, due, dueEffective, atRiskAt, paused, breaches, gaps } = reading
  const targets = targetHistory.map(({ from, priority, allowed, elapsed }, index) => {
    const since = index === 0 ? '' : ` from ${instantText(from)} on, with ${clockText(elapsed)} used`
    return `${Number.isFinite(allowed) ? humanHours(allowed) : 'none'} for ${priority === 'default' ? 'no priority' : priority}${since}`
  })
  const opening =
    due !== null && dueEffective !== null && dueEffective !== due ? `, next open ${instantText(dueEffective)}` : ''
  return [
    ...agreements.map((version, index) => ['agreement', versionText(version, index)] as const),
    ...calendars.map((version, index) => ['calendar', versionText(version, index)] as const),
    ['target', targets.join('; ')],
    ...(due === null ? [] : [['due', `${instantText(due)}${opening}`] as const]),
    ...(atRiskAt === null ? [] : [['at risk', `${instantText(atRiskAt)}, at ${atRiskPercent} %`] as const]),
    ...(paused === 0 ? [] : [['paused', `${clockText(paused)} of open time, not counted`] as const]),
    ...gaps.map((gap) => ['not known', gapText(gap)] as const),
    ...(breaches.length === 0 ? [] : [['breached', breaches.map((at) => breachText(at, reading)).join(', ')] as const]),
  ]
}

/** A gap: the clock goes on through it. */
function gapText({ from, until, reason, commit }: RecordGap): string {
  const span = `from ${instantText(from)}${until === null ? ' on' : ` to ${instantText(until)}`}`
  return `${span}, since ${commit.commit.slice(0, 10)} by ${commit.by}: ${reason}; the clock went on as before`
}

/** A breach, with the target that was exceeded where another one is in force by now. */
function breachText(at: Instant, { targetHistory }: Reading): string {
  const index = targetHistory.findLastIndex(({ from }) => from <= at)
  const [then, next] = [targetHistory[index], targetHistory[index + 1]]
  if (!then || !next) return instantText(at)
  if (then.priority === next.priority) return `${instantText(at)} (of ${humanHours(then.allowed)}, the target then)`
  return `${instantText(at)} (under ${priorityText(then.priority)}, until it became ${priorityText(next.priority)})`
}

function versionText({ id, from, commit, removed, zone, offsets = [] }: ExplainedVersion, index: number): string {
  const shift = offsets.map((offset) => `UTC${offset}`).join(', then ')
  const name = zone === undefined ? id : zone === 'UTC' ? `${id} (UTC)` : `${id} (${zone}, ${shift})`
  const since = index === 0 ? '' : ` from ${instantText(from)} on`
  const gone =
    removed === undefined
      ? ''
      : `; removed ${instantText(removed.at)} by ${removed.by} in ${removed.commit.slice(0, 10)}, its hours go on`
  if (!commit) return `${name}${since}${gone}`
  return `${name}${since}, written ${instantText(commit.at)} by ${commit.by} in ${commit.commit.slice(0, 10)} (${provenanceText(commit)})${gone}`
}

/** What ended the clock, where no row after it says so. */
function ending({ reading, end, after }: Explanation): readonly string[] {
  return end && after.length === 0 ? [`Ended by ${edgeText(end, reading.stop ?? end.commit.at)}.`] : []
}

interface TableColumn {
  readonly head: string
  readonly cell: (row: AccountRow) => string
  readonly isLength?: boolean
  /** Made of digits alone, so that there is nothing to escape. */
  readonly isTime?: boolean
}

/** The columns of a table: calendar and priority only where they change. */
function columnsOf(rows: readonly AccountRow[]): readonly TableColumn[] {
  const changing = [
    { head: 'calendar', cell: ({ calendar }: AccountRow) => calendar },
    { head: 'priority', cell: ({ priority }: AccountRow) => priority },
  ].filter(({ cell }) => new Set(rows.map(cell)).size > 1)
  return [
    { head: 'from (UTC)', cell: ({ from }) => from, isTime: true },
    { head: 'until', cell: ({ until }) => until, isTime: true },
    { head: 'what', cell: ({ what }) => what },
    { head: 'counted', cell: ({ counted }) => counted, isLength: true, isTime: true },
    { head: 'total', cell: ({ total }) => total, isLength: true, isTime: true },
    ...changing,
    { head: 'began with', cell: ({ began }) => began },
  ]
}

/** The table, or where the terminal is too narrow for it two lines an interval. */
function tableText(rows: readonly AccountRow[], { dim }: Paint, width: number | undefined): string {
  const shown = columnsOf(rows)
  const lengths = shown.flatMap(({ isLength }, at) => (isLength ? [at] : []))
  const cells = rows.map((row) => shown.map(({ cell }) => oneLine(cell(row))))
  const heads = shown.map(({ head }) => head)
  const widest = Math.max(
    ...columns([heads, ...cells], lengths)
      .split('\n')
      .map((line) => [...line].length),
  )
  if (width === undefined || widest <= width) return columns([heads.map(dim), ...cells], lengths)
  const sums = rows.map(({ from, until, counted, total }) => [from, '→', until, `+${counted}`, `= ${total}`])
  const lines = columns(sums, [3, 4]).split('\n')
  return rows
    .map(({ what, calendar, priority, began }, at) => {
      const terms = shown.length > 6 ? `, ${calendar}, ${priority}` : ''
      return `${lines[at]}\n  ${oneLine(what)}${dim(oneLine(`${terms}, began with ${began}`))}`
    })
    .join('\n')
}

/** How times are told, in one sentence. */
function legend({ explanations, evidence: { believed } }: RecordAccount): string {
  const skew = skewText(explanations.map(({ reading }) => reading.skew))
  const basis =
    'Instants are UTC: when the commit reached the mainline, as far as its label can be trusted, or what the record declared where it says so.'
  const ledger = believed && believedText(believed)
  return [basis, ...[skew, ledger].flatMap((note) => (note === undefined ? [] : [`${note}.`]))].join(' ')
}

/** Accounts for a terminal of so many columns. */
export function explanationsText(account: RecordAccount, colour: boolean, width?: number): string {
  const { id, commit, asOf, explanations } = account
  const colours = paint(colour)
  const { bold, dim } = colours
  const blocks = explanations.map((explanation) => {
    const terms = columns(termsOf(explanation).map(([name, text]) => [`  ${dim(name)}`, oneLine(text)]))
    const table = tableText(accountRows(explanation), colours, width)
    const verdict = [bold(oneLine(heading(explanation))), oneLine(explanation.sentence), terms]
    return [verdict.join('\n'), [table, ...ending(explanation).map((line) => dim(oneLine(line)))].join('\n')].join(
      '\n\n',
    )
  })
  const foot = dim(`${oneLine(legend(account))}\nas of ${formatInstant(asOf)}, commit ${commit.slice(0, 10)}`)
  return `${[bold(oneLine(id)), ...blocks, foot].join('\n\n')}\n`
}

/** Accounts as Markdown, one table a clock. */
export function explanationsMarkdown(account: RecordAccount): string {
  const { id, commit, asOf, explanations } = account
  const blocks = explanations.flatMap((explanation) => {
    const rows = accountRows(explanation)
    const shown = columnsOf(rows)
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
    const table = [
      line(shown.map(({ head }) => head)),
      line(shown.map(({ isLength }) => (isLength ? '---:' : '---'))),
      ...rows.map((row) => line(shown.map(({ cell, isTime }) => (isTime ? cell(row) : cellText(cell(row)))))),
    ]
    return [
      `## ${inlineText(heading(explanation))}`,
      inlineText(explanation.sentence),
      termsOf(explanation)
        .map(([name, text]) => `- ${name}: ${inlineText(text)}`)
        .join('\n'),
      table.join('\n'),
      ...ending(explanation).map(inlineText),
    ]
  })
  const foot = `${inlineText(legend(account))} As of ${formatInstant(asOf)}, commit ${codeText(commit.slice(0, 10))}.`
  return `${[`# ${inlineText(id)}`, ...blocks, foot].join('\n\n')}\n`
}
