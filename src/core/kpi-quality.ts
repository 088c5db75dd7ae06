import type { Provenance } from './history.ts'
import { type Instant, parseInstant, type Seconds } from './instant.ts'
import { type Share, type Spread, shareOf, spreadOf } from './kpi-figure.ts'
import { countedIncidents, type Life } from './kpi-life.ts'
import { isWithin } from './period.ts'
import { isFilled, textAt } from './record.ts'
import type { ReportFacts } from './report.ts'

/** How far the data of a period can be trusted. */
export interface DataQuality {
  /** Incidents in all, cancelled ones among them. */
  readonly incidents: number
  readonly cancelled: number
  /** Steps and edits recorded in the period, by how their time is known; best first, only those that occur. */
  readonly provenance: readonly { readonly provenance: Provenance; readonly count: number }[]
  readonly moments: number
  /** How much later steps were recorded than they are said to have happened, where they say so. */
  readonly skew: Spread
  /** How much later incidents opened in the period were recorded than they are said to have begun. */
  readonly filing: Spread
  /** Of the incidents opened in the period, those filed when they were already resolved. */
  readonly retrospective: Share
  /** Of the incidents opened in the period, those that no SLA measures. */
  readonly unmeasured: Share
  /**
   * The last opening of the period where nothing was opened for so long after it that chance does not explain it;
   * perhaps incidents were then recorded elsewhere. `null` otherwise.
   */
  readonly silentSince: Instant | null
  /** Fields that figures depend on, and how many incidents opened in the period carry them. */
  readonly fields: readonly FieldCoverage[]
}

/** How many incidents carry a field, and what cannot be said of those that do not. */
export interface FieldCoverage {
  readonly field: string
  readonly filled: Share
  readonly serves: string
}

const provenances: readonly Provenance[] = ['attested', 'signed', 'observed', 'claimed']

const servingFields: readonly (readonly [field: string, serves: string])[] = [
  ['priority', 'targets and breakdown by priority'],
  ['team', 'breakdown by team, reassignments'],
  ['category', 'breakdown by category'],
  ['cis', 'repeat incidents, what fails most'],
  ['detected_at', 'time to detect'],
  ['restored_at', 'time to restore service, downtime'],
  ['satisfaction', 'what users think of the help'],
]

/** Weighs the data behind the figures of a period. */
export function dataQuality(facts: ReportFacts, opened: readonly Life[]): DataQuality {
  const counted = countedIncidents(facts.incidents)
  const moments = facts.incidents
    .flatMap((incident) => incident.moments)
    .filter(({ recorded }) => isWithin(facts.period, recorded))
  const skews = moments.flatMap(({ recorded, declared }) => (declared === undefined ? [] : [recorded - declared]))
  return {
    incidents: facts.incidents.length,
    cancelled: facts.incidents.length - counted.length,
    provenance: provenances
      .map((provenance) => ({
        provenance,
        count: moments.filter(({ commit }) => commit.provenance === provenance).length,
      }))
      .filter(({ count }) => count > 0),
    moments: moments.length,
    skew: spreadOf(skews),
    filing: spreadOf(opened.flatMap(filingDelay)),
    retrospective: shareOf(opened, ({ retrospective }) => retrospective),
    unmeasured: shareOf(opened, ({ incident }) => incident.readings.length === 0),
    silentSince: silentSince(facts, opened),
    fields: servingFields.map(([field, serves]) => ({
      field,
      filled: shareOf(opened, ({ incident: { data } }) => isFilled(data[field])),
      serves,
    })),
  }
}

const shortestSilence: Seconds = 7 * 86_400

/**
 * A silence at the end of the period is remarkable if it lasts for more than a week, and if openings spread evenly over
 * the period would leave it empty less than once in a thousand times. `null` where there is none.
 */
export function silentSince(
  { period, asOf }: Pick<ReportFacts, 'period' | 'asOf'>,
  opened: readonly Life[],
): Instant | null {
  const last = opened.reduce((latest, { openedAt }) => Math.max(latest, openedAt), period.from)
  const end = Math.min(period.until, asOf)
  if (opened.length === 0 || end - last <= shortestSilence) return null
  return ((last - period.from) / (end - period.from)) ** opened.length < 0.001 ? last : null
}

function filingDelay({ incident: { moments } }: Life): readonly Seconds[] {
  const [first] = moments
  const declared = first && parseInstant(textAt(first.data, 'opened_at') ?? '')
  return first && declared !== undefined ? [Math.max(0, first.recorded - declared)] : []
}
