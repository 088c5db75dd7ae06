import { compare } from '../diagnostic.ts'
import { type DataQuality, dataQuality } from '../kpi-quality.ts'
import { clocksOf } from '../kpi-sla.ts'
import { textAt, textsAt } from '../record.ts'
import type { KpiRow } from '../report-improvement.ts'
import { type RecordLink, recordLink } from '../report-page.ts'
import type { Basis } from './basis.ts'

/** What can be measured of a period, and what cannot. */
export interface Coverage {
  readonly quality: DataQuality
  /** Fields that too few incidents carry for figures to rest on them. */
  readonly thinFields: DataQuality['fields']
  /** KPIs that cannot be measured yet. */
  readonly kpiGaps: readonly KpiRow[]
  /** Operational services that promise nothing: they name no SLA, and no clock ever ran on a record of theirs. */
  readonly unpromised: readonly RecordLink[]
  readonly services: number
  /** Changes recorded up to the as-of instant. */
  readonly changes: number
  readonly gaps: number
}

/** Below this share of incidents, in percent, a field is too thin to rest figures on. */
const thinBelow = 80

/** Weighs what the records of a period can bear. */
export function coverageOf({ facts, now }: Pick<Basis, 'facts' | 'now'>, indicators: readonly KpiRow[]): Coverage {
  const quality = dataQuality(facts, now.opened)
  const thinFields = quality.fields.filter(({ filled: { count, n } }) => n > 0 && count * 100 < n * thinBelow)
  const kpiGaps = indicators.filter(({ gap }) => gap !== null)
  const operational = facts.services.filter(({ data }) => (textAt(data, 'state') ?? 'operational') === 'operational')
  const measured = new Set(
    clocksOf(facts).flatMap(({ record: { data } }) => [...textsAt(data, 'service'), ...textsAt(data, 'services')]),
  )
  const unpromised = operational
    .filter(({ id, data }) => textAt(data, 'sla') === undefined && !measured.has(id))
    .toSorted((a, b) => compare(a.id, b.id))
    .map((service) => recordLink(facts, 'csi', service))
  const changes = facts.lives.filter(({ type }) => type === 'change').length
  return {
    quality,
    thinFields,
    kpiGaps,
    unpromised,
    services: operational.length,
    changes,
    gaps: thinFields.length + kpiGaps.length + unpromised.length + quality.unmeasured.count + (changes > 0 ? 0 : 1),
  }
}
