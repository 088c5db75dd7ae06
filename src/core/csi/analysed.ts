import type { Charts } from '../chart/chart.ts'
import type { Seconds } from '../instant.ts'
import { type ConcentrationSearch, findConcentrations } from '../kpi-concentration.ts'
import { ageOf } from '../kpi-incident.ts'
import { type DowntimeComparison, downtimeComparisons } from '../measured-downtime.ts'
import { type SeriesRow, seriesRows } from '../report-improvement.ts'
import { nameOf, type RecordLink, recordLink } from '../report-page.ts'
import { type WeakPlace, weakPlaces } from '../report-weak-place.ts'
import { type AfterChanges, afterChanges } from './after-changes.ts'
import { type Ageing, ageingOf } from './ageing.ts'
import type { Basis } from './basis.ts'
import { chartsOf, isWorthDrawing } from './charts.ts'
import { type Control, controlOf } from './control.ts'
import { type Origin, type OriginRow, type Pareto, paretoOf, type Shift, shiftsOf } from './origins.ts'
import { type Repeats, repeatsOf } from './repeats.ts'
import { type Peak, type Rhythm, rhythmOf, type WeekParts, weekPartsOf } from './rhythm.ts'
import { type SeriesLink, seriesLinks } from './series-links.ts'
import { type TimeSpent, timeSpent } from './time-spent.ts'

type Named<Of> = Of & { readonly names: readonly string[] }

/** Step 5: what the figures show beyond noise, and what they do not. */
export interface Analysed {
  readonly control: Control
  readonly places: {
    readonly found: readonly (ConcentrationSearch['found'][number] & { readonly name: string | null })[]
    readonly more: number
    readonly tested: number
    readonly tooFew: number
    readonly weak: readonly WeakPlace[]
  }
  readonly paretos: readonly (Omit<Pareto, 'rows'> & {
    readonly subject: string
    readonly first: Named<OriginRow> | null
    readonly rows: readonly Named<OriginRow>[]
    readonly more: number
    readonly values: number
    /** Whether it has a chart and a table. */
    readonly drawn: boolean
  })[]
  readonly shifts: { readonly tested: number; readonly found: readonly (Named<Shift> & { readonly subject: string })[] }
  readonly rhythm: Omit<Rhythm, 'peaks'> & { readonly peaks: readonly (Peak & { readonly about: string | null })[] }
  readonly week: WeekParts
  readonly after: AfterChanges
  readonly repeats: Repeats
  readonly links: {
    readonly tested: number
    readonly told: readonly ToldLink[]
    readonly from: number
    readonly until: number
  }
  /** Downtime as it was measured, beside what incidents tell. */
  readonly downtimes: readonly DowntimeComparison[]
  /** The series with the hour of the week in which each stands highest. */
  readonly series: readonly SeriesRow[]
  readonly ageing: Omit<Ageing, 'oldest'> & { readonly oldest: readonly (RecordLink & { readonly age: Seconds })[] }
  readonly time: TimeSpent
  readonly charts: Charts
  /** Which charts there are that a page may lack. */
  readonly drawn: {
    readonly opened: boolean
    readonly resolveTime: boolean
    readonly ageing: boolean
    readonly link: boolean
  }
}

/** A link of series with the names of what it binds. */
export interface ToldLink extends Omit<SeriesLink, 'measurement'> {
  readonly measured: RecordLink
  readonly serviceName: string | null
}

const longestList = 10
const subjects: { readonly [by in Origin]: string } = { service: 'service', ci: 'CI', category: 'category' }

/** Analyses the figures of a period. */
export function analysedOf(basis: Basis): Analysed {
  const { facts, now, incidentTargets } = basis
  const named = (by: Origin, value: string): string =>
    (by === 'service' ? nameOf(facts, 'service', value) : null) ?? value
  const withNames = <Of extends { readonly values: readonly string[] }>(by: Origin, of: Of): Named<Of> => ({
    ...of,
    names: of.values.map((value) => named(by, value)),
  })
  const search = findConcentrations(
    incidentTargets.filter(({ kind }) => kind === 'sla'),
    facts.period,
    ['service', 'team', 'category'],
  )
  const paretos = (['service', 'ci', 'category'] as const).map((by) => paretoOf(by, now.opened))
  const shifts = shiftsOf(basis)
  const [rhythm, ageing, links, control] = [rhythmOf(basis), ageingOf(basis), seriesLinks(basis), controlOf(basis)]
  const link = links.found.find(({ told }) => told) ?? null
  const charts = chartsOf(basis, { control, paretos, rhythm, ageing, link }, named)
  return {
    control,
    places: {
      found: search.found
        .slice(0, longestList)
        .map((place) => ({ ...place, name: nameOf(facts, place.dimension, place.value) })),
      more: Math.max(0, search.found.length - longestList),
      tested: search.tested,
      tooFew: search.tooFew,
      weak: weakPlaces(facts, search.found),
    },
    paretos: paretos.map(({ rows, ...pareto }) => {
      const shown = rows.slice(0, longestList).map((row) => withNames(pareto.by, row))
      return {
        ...pareto,
        subject: subjects[pareto.by],
        first: shown[0] ?? null,
        rows: shown,
        more: rows.length - shown.length,
        values: rows.length,
        drawn: isWorthDrawing({ ...pareto, rows }),
      }
    }),
    shifts: {
      tested: shifts.tested,
      found: shifts.found.map((shift) => ({ ...withNames(shift.by, shift), subject: subjects[shift.by] })),
    },
    rhythm: {
      ...rhythm,
      peaks: rhythm.peaks.map((peak) => ({
        ...peak,
        about: peak.service ? named('service', peak.service.name) : null,
      })),
    },
    week: weekPartsOf(rhythm),
    after: afterChanges(basis),
    repeats: repeatsOf(basis),
    links: {
      tested: links.tested,
      from: links.from,
      until: links.until,
      told: links.found
        .filter(({ told }) => told)
        .map(({ measurement, ...each }) => ({
          ...each,
          measured: recordLink(facts, 'csi', measurement),
          serviceName: nameOf(facts, 'service', each.service),
        })),
    },
    downtimes: downtimeComparisons(facts, 'csi'),
    series: seriesRows(facts, 'csi'),
    ageing: {
      ...ageing,
      oldest: ageing.oldest.map((life) => ({ ...recordLink(facts, 'csi', life.incident), age: ageOf(life, now) })),
    },
    time: timeSpent(basis),
    charts,
    drawn: {
      opened: charts['opened'] !== undefined,
      resolveTime: charts['resolve-time'] !== undefined,
      ageing: charts['ageing'] !== undefined,
      link: charts['link'] !== undefined,
    },
  }
}
