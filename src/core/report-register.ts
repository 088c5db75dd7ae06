import { compare } from './diagnostic.ts'
import { periodOf } from './improvement-proof.ts'
import { type Instant, parseInstant, type Seconds } from './instant.ts'
import { isWorse, measureKpi } from './kpi-record.ts'
import { isWithin, type Period, periodAt } from './period.ts'
import { type Data, type RecordDoc, textAt, textsAt } from './record.ts'
import type { ImprovementFacts, ReportFacts } from './report.ts'
import { kpiFactsOf, type RegisterRow, registerRows } from './report-improvement.ts'
import { nameOf, type RecordLink, recordLink } from './report-page.ts'
import { endOf } from './report-standing.ts'
import { overlap } from './time-span.ts'

/** An improvement in the register, with who answers for it, what revealed it and what it brought. */
export interface RegisterEntry extends RegisterRow {
  /** The team that carries it out, else who stands up for it, else who proposed it. */
  readonly owner: string | null
  readonly service: string | null
  /** What revealed it, in the words of the record. */
  readonly source: string | null
  /** Whether that is a report of ours. */
  readonly isFromReport: boolean
  /** Whether it was proposed in the period. */
  readonly isNew: boolean
  /** Whether it ended in the period. */
  readonly isEnded: boolean
  readonly implementedAt: Instant | null
  readonly changes: readonly RecordLink[]
  readonly effect: Effect | null
}

/** What an improvement moved its indicator by, in percent of the baseline. */
export interface Effect {
  /** Without a sign. */
  readonly percent: number
  readonly isBetter: boolean
  /** Whether the declared result says so, after the engine agreed; otherwise it is what was measured so far. */
  readonly isProven: boolean
}

/** The improvements that were open in the period or ended in it, in the order of the register. */
export function registerEntries(facts: ReportFacts, page: string): readonly RegisterEntry[] {
  const improvements = new Map(facts.improving.improvements.map((improvement) => [improvement.id, improvement]))
  return registerRows(facts, page).flatMap((row): readonly RegisterEntry[] => {
    const improvement = improvements.get(row.id)
    return improvement ? [{ ...row, ...entryOf(facts, page, improvement, row) }] : []
  })
}

const ended: readonly string[] = ['closed', 'rejected', 'cancelled']

function entryOf(
  facts: ReportFacts,
  page: string,
  { data, moments }: ImprovementFacts,
  row: RegisterRow,
): Omit<RegisterEntry, keyof RegisterRow> {
  const source = textAt(data, 'source') ?? null
  const end = moments.find(({ state }) => ended.includes(state))?.recorded
  const born = moments[0]?.recorded
  return {
    owner:
      nameOf(facts, 'team', textAt(data, 'team') ?? null) ??
      textAt(data, 'sponsor') ??
      textAt(data, 'proposer') ??
      null,
    service: nameOf(facts, 'service', textAt(data, 'service') ?? null),
    source,
    isFromReport: source !== null && reportForm.test(source),
    isNew: born !== undefined && isWithin(facts.period, born),
    isEnded: end !== undefined && isWithin(facts.period, end),
    implementedAt: parseInstant(textAt(data, 'implemented_at') ?? '') ?? null,
    changes: textsAt(data, 'changes').flatMap((id) => {
      const change = facts.tree.find('change', id)
      return change ? [recordLink(facts, page, change)] : []
    }),
    effect: effectOf(facts, data, row),
  }
}

/** How the reports of this program are named in a text: by the command, or by a page. */
const reportForm = /\bgitsm report\b|\breports?\/\S*\d{4}|\bcsi\.md\b/i

function effectOf(facts: ReportFacts, data: Data, { baseline, measured, sofar }: RegisterRow): Effect | null {
  const kpi = kpiOf(facts, data)
  const value = measured ?? sofar?.value ?? null
  if (!kpi || baseline === null || baseline === 0 || value === null) return null
  return {
    percent: Math.abs((100 * (value - baseline)) / baseline),
    isBetter: isWorse(kpi.data, baseline, value),
    isProven: measured !== null,
  }
}

function kpiOf(facts: ReportFacts, data: Data): RecordDoc | undefined {
  const id = textAt(data, 'kpi')
  return id === undefined ? undefined : facts.improving.kpis.find((kpi) => kpi.id === id)
}

/** The indicator of an improvement before and after it was in place, in stretches of the calendar. */
export interface BeforeAfter {
  readonly improvement: RecordLink
  /** Name of its picture: small letters, digits and hyphens. */
  readonly key: string
  readonly kpi: string
  readonly kpiTitle: string
  readonly unit: string
  readonly target: number | null
  /** Whether lower values are better. */
  readonly isLowerBetter: boolean
  readonly implementedAt: Instant
  /** The stretch in which it was put in place. */
  readonly implementedIn: string
  readonly points: readonly { readonly id: string; readonly value: number | null; readonly n: number }[]
}

const fewestMonths = 4
/** How long before an improvement is in place its indicator is shown at least, where it is known: half a year. */
const leadIn: Seconds = 183 * 86_400
const mostPoints = 26

/** The indicators of the improvements that are in place and in the register, the latest in place first. */
export function beforeAndAfter(facts: ReportFacts, page: string): readonly BeforeAfter[] {
  const entries = new Set(registerRows(facts, page).map(({ id }) => id))
  return facts.improving.improvements
    .filter(({ id }) => entries.has(id))
    .flatMap((improvement) => beforeAfterOf(facts, page, improvement) ?? [])
    .toSorted((a, b) => b.implementedAt - a.implementedAt || compare(a.key, b.key))
}

function beforeAfterOf(facts: ReportFacts, page: string, improvement: ImprovementFacts): BeforeAfter | undefined {
  const { data } = improvement
  const zone = facts.config.timezone
  const kpi = kpiOf(facts, data)
  const implementedAt = parseInstant(textAt(data, 'implemented_at') ?? '')
  const end = endOf(facts, facts.period)
  if (!kpi || implementedAt === undefined || implementedAt >= end) return undefined
  const from = Math.min(periodOf(data, 'baseline', zone)?.from ?? implementedAt, implementedAt - leadIn)
  const since = Math.max(from, Math.min(facts.since, implementedAt))
  const spans = periodsFrom('month', since, end, zone)
  const months = knownPoints(facts, kpi, spans, end)
  const isLong = months.length >= fewestMonths
  const weeks = isLong ? [] : periodsFrom('week', since, end, zone)
  const points = isLong ? months : knownPoints(facts, kpi, weeks, end)
  const implementedIn = (isLong ? spans : weeks).find((span) => isWithin(span, implementedAt))?.id
  if (implementedIn === undefined || points.length === 0) return undefined
  const { target } = data
  return {
    improvement: recordLink(facts, page, improvement),
    key: improvement.id.toLowerCase(),
    kpi: kpi.id,
    kpiTitle: textAt(kpi.data, 'title') ?? kpi.id,
    unit: textAt(kpi.data, 'unit') ?? '',
    target: typeof target === 'number' ? target : null,
    isLowerBetter: textAt(kpi.data, 'direction') !== 'up',
    implementedAt,
    implementedIn,
    points,
  }
}

/** The figures of an indicator over some stretches up to an instant, from the first that has data on. */
function knownPoints(
  facts: ReportFacts,
  kpi: RecordDoc,
  spans: readonly Period[],
  end: Instant,
): BeforeAfter['points'] {
  const measuring = kpiFactsOf(facts)
  const points = spans.slice(-mostPoints).map((span) => {
    const within = overlap(span, { from: 0, until: end })
    const found = within && measureKpi(kpi, measuring, within)
    const figure = found && 'figure' in found ? found.figure : undefined
    return { id: span.id, value: figure?.value ?? null, n: figure?.n ?? 0 }
  })
  const first = points.findIndex(({ value }) => value !== null)
  return first === -1 ? [] : points.slice(first)
}

function periodsFrom(kind: 'month' | 'week', from: Instant, until: Instant, zone: string): readonly Period[] {
  const found: Period[] = []
  for (let next = periodAt(kind, from, zone); next.from < until; next = periodAt(kind, next.until, zone)) {
    found.push(next)
  }
  return found
}
