import type { AgreementDifference } from '../core/agreements.ts'
import { formatInstant, humanHours } from '../core/instant.ts'
import { percentText, type Share } from '../core/kpi-figure.ts'
import { reaches } from '../core/kpi-sla.ts'
import { cellText, inlineText } from '../core/markdown.ts'
import type { Reading } from '../core/reading.ts'
import { localTime } from '../core/report-time.ts'
import type { CycleTally, Effect, SimulatedCycle, SimulatedLine, SimulatedPeriod } from '../core/simulation.ts'
import { readingJson } from './readings.ts'
import { columns, oneLine, type Paint } from './terminal.ts'

/** What a period was and would have been, as the value that JSON tells. */
export function comparisonJson(period: SimulatedPeriod): object {
  const { span, zone, asOf, differences, lines, totals, effects, readOtherwise } = period
  return {
    from: formatInstant(span.from),
    to: formatInstant(span.until),
    zone,
    asOf: formatInstant(asOf),
    differences,
    readOtherwise,
    lines: lines.map(lineJson),
    totals: totals.map(lineJson),
    effects: effects.map(({ type, record, before, after, effect }) => ({
      record,
      type,
      effect: effect ?? null,
      before: before && readingJson(before),
      after: after && readingJson(after),
    })),
  }
}

function lineJson({ before, after, objective, ...line }: SimulatedLine): object {
  const side = ({ compliance, overdue, retrospective }: CycleTally, goal: number | null) => ({
    cycles: compliance.n,
    met: compliance.count,
    breached: compliance.n - compliance.count,
    compliance: compliance.n === 0 ? null : (100 * compliance.count) / compliance.n,
    objective: goal,
    reached: reaches(compliance, goal),
    overdue,
    retrospective: { cycles: retrospective.n, met: retrospective.count },
  })
  return { ...line, before: side(before, objective.before), after: side(after, objective.after) }
}

/** What differs, by name. */
export function differencesText(differences: readonly AgreementDifference[]): string {
  return differences
    .map(({ what, id, kind }) => `${what === 'configuration' ? 'gitsm.yaml' : what} ${id} (${kind})`)
    .join(', ')
}

/** What is counted, so that the figures can be compared with others. */
export function population({ span, zone }: Pick<SimulatedPeriod, 'span' | 'zone'>): string {
  const [from, until] = [span.from, span.until].map((at) => localTime(at, zone).text)
  return `Counted are cycles that stopped from ${from} to before ${until} (${zone}). Overdue are those still open beyond their target. Cancelled ones never count, retrospective ones are told apart.`
}

/** The table and the clocks that come out otherwise, as blocks for a terminal. */
export function comparisonText(
  period: SimulatedPeriod,
  colours: Paint,
  isShown: (line: SimulatedLine) => boolean = always,
): readonly string[] {
  const lines = [...period.lines, ...period.totals].filter(isShown)
  if (lines.length === 0) return period.lines.length === 0 ? [nothing] : unlisted(period)
  const shown = shownColumns(lines)
  const rows = lines.map((line) =>
    shown.map(({ cell, head }) => {
      const text = oneLine(cell(line))
      if (head === 'agreement') return line.sla === null ? colours.dim(text) : colours.bold(text)
      return head === 'compliance' ? verdictColour(line, colours)(text) : text
    }),
  )
  const groups = groupsOf(period.effects).map(({ effect, cycles, more }) => {
    const table = columns(
      cycles.map((cycle) => [`  ${colours.bold(oneLine(cycle.record))}`, ...outcomeCells(cycle).map(oneLine)]),
    )
    const rest = more === 0 ? '' : `\n  ${colours.dim(moreText(more))}`
    return `${effectText(effect, cycles.length + more)}:\n${table}${rest}`
  })
  const numbers = shown.flatMap(({ isNumber }, at) => (isNumber ? [at] : []))
  const table = columns([shown.map(({ head }) => colours.dim(head)), ...rows], numbers)
  return [table, ...groups, ...unlisted(period)]
}

/** The same as Markdown. */
export function comparisonMarkdown(
  period: SimulatedPeriod,
  isShown: (line: SimulatedLine) => boolean = always,
): readonly string[] {
  const lines = [...period.lines, ...period.totals].filter(isShown)
  if (lines.length === 0) return period.lines.length === 0 ? [nothing] : unlisted(period)
  const shown = shownColumns(lines)
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [
    row(shown.map(({ head }) => head)),
    row(shown.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...lines.map((line) => row(shown.map(({ cell }) => cellText(cell(line))))),
  ].join('\n')
  const groups = groupsOf(period.effects).map(({ effect, cycles, more }) => {
    const items = cycles.map((cycle) => `- ${[cycle.record, ...outcomeCells(cycle)].map(inlineText).join(' · ')}`)
    const rest = more === 0 ? [] : [`- ${moreText(more)}`]
    return [`${effectText(effect, cycles.length + more)}:`, '', ...items, ...rest].join('\n')
  })
  return [table, ...groups, ...unlisted(period)]
}

function always(_: SimulatedLine): boolean {
  return true
}

const nothing = 'No clock stopped in the period, and none was overdue at its end.'
/** What is said of the clocks beyond those listed. */
function unlisted({ effects, readOtherwise }: SimulatedPeriod): readonly string[] {
  const clocks = readOtherwise === 1 ? '1 clock' : `${readOtherwise} clocks`
  const moved = `${clocks} would have shown something else without crossing the target.`
  if (effects.length > 0) return readOtherwise === 0 ? [] : [moved]
  return [readOtherwise === 0 ? 'No clock comes out otherwise.' : `No clock comes out otherwise; ${moved}`]
}

interface Column {
  readonly head: string
  readonly isNumber: boolean
  readonly cell: (line: SimulatedLine) => string
  /** Whether a line has something to say here; a column that no line needs is left out. */
  readonly isNeeded?: (line: SimulatedLine) => boolean
}

const allColumns: readonly Column[] = [
  { head: 'agreement', isNumber: false, cell: ({ sla, kind }) => sla ?? `all ${kindNames[kind]}` },
  { head: 'target', isNumber: false, cell: ({ target }) => target },
  number('cycles', ({ compliance }) => compliance.n),
  number('met', ({ compliance }) => compliance.count),
  number('breached', ({ compliance }) => compliance.n - compliance.count),
  number('overdue', ({ overdue }) => overdue),
  {
    head: 'compliance',
    isNumber: false,
    cell: ({ before, after }) => arrow(percentText(before.compliance), percentText(after.compliance)),
  },
  {
    head: 'objective',
    isNumber: false,
    cell: ({ objective: { before, after } }) => arrow(goalText(before), goalText(after)),
  },
  {
    head: 'retrospective',
    isNumber: false,
    cell: ({ before, after }) => arrow(metText(before.retrospective), metText(after.retrospective)),
    isNeeded: ({ before, after }) => before.retrospective.n + after.retrospective.n > 0,
  },
  {
    head: 'only before',
    isNumber: true,
    cell: ({ onlyBefore }) => String(onlyBefore),
    isNeeded: ({ onlyBefore, onlyAfter }) => onlyBefore + onlyAfter > 0,
  },
  {
    head: 'only after',
    isNumber: true,
    cell: ({ onlyAfter }) => String(onlyAfter),
    isNeeded: ({ onlyBefore, onlyAfter }) => onlyBefore + onlyAfter > 0,
  },
]

function number(head: string, of: (tally: CycleTally) => number): Column {
  return { head, isNumber: true, cell: ({ before, after }) => arrow(of(before), of(after)) }
}

function shownColumns(lines: readonly SimulatedLine[]): readonly Column[] {
  return allColumns.filter(({ isNeeded }) => isNeeded === undefined || lines.some(isNeeded))
}

function metText({ count, n }: Share): string {
  return n === 0 ? '–' : `${count} of ${n} met`
}

const kindNames: { readonly [kind in Reading['kind']]: string } = { sla: 'SLAs', ola: 'OLAs', contract: 'contracts' }

function goalText(objective: number | null): string {
  return objective === null ? '–' : `${objective} %`
}

function arrow(before: string | number, after: string | number): string {
  return before === after ? String(before) : `${before} → ${after}`
}

/** The colour of what would be: red where it misses its objective, green where it reaches one that was missed. */
function verdictColour({ before, after, objective }: SimulatedLine, { red, green }: Paint): (text: string) => string {
  if (reaches(after.compliance, objective.after) === false) return red
  return reaches(before.compliance, objective.before) === false ? green : (text) => text
}

/** How many cycles of one effect are listed; a comment has to stay readable. */
const listed = 50

interface EffectGroup {
  readonly effect: Effect
  readonly cycles: readonly SimulatedCycle[]
  /** How many are left out. */
  readonly more: number
}

function groupsOf(found: readonly SimulatedCycle[]): readonly EffectGroup[] {
  return (['breached', 'met', 'only_before', 'only_after'] as const).flatMap((effect) => {
    const own = found.filter((cycle) => cycle.effect === effect)
    if (own.length === 0) return []
    return [{ effect, cycles: own.slice(0, listed), more: Math.max(0, own.length - listed) }]
  })
}

function effectText(effect: Effect, count: number): string {
  const clocks = count === 1 ? '1 clock' : `${count} clocks`
  return {
    breached: `${clocks} would have been breached`,
    met: `${clocks} would not have been breached`,
    only_before: `${clocks} would not have been counted`,
    only_after: `${clocks} would have been counted that ${count === 1 ? 'was' : 'were'} not`,
  }[effect]
}

function moreText(more: number): string {
  return `and ${more} more, which --format json lists`
}

function outcomeCells({ before, after }: SimulatedCycle): readonly string[] {
  const known = after ?? before
  const late = known?.retrospective ? ', filed after the fact' : ''
  const both = (of: (reading: Reading) => string): string =>
    before && after ? arrow(of(before), of(after)) : known ? of(known) : ''
  return [
    both(({ priority }) => priority),
    `${both(({ sla }) => sla)} ${known?.target ?? ''}`,
    `${outcomeText(before)} → ${outcomeText(after)}${late}`,
  ]
}

function outcomeText(reading: Reading | null): string {
  if (!reading) return 'not counted'
  const { status, elapsed, allowed, stop } = reading
  return `${stop === null ? 'open, ' : ''}${status} ${humanHours(elapsed)} of ${humanHours(allowed)}`
}
