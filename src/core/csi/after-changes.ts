import { metricSettings } from '../config.ts'
import { compare } from '../diagnostic.ts'
import type { Instant, Seconds } from '../instant.ts'
import { significance } from '../kpi-comparison.ts'
import type { Life } from '../kpi-life.ts'
import { addTo } from '../lists-by-key.ts'
import { isWithin } from '../period.ts'
import { textAt, textsAt } from '../record.ts'
import type { LifeFacts, ReportFacts } from '../report.ts'
import { type RecordLink, recordLink } from '../report-page.ts'
import { joined, overlap, type TimeSpan } from '../time-span.ts'
import type { Basis } from './basis.ts'
import { poissonBinomialAtLeast } from './binomial.ts'

/** A change that was carried out, with when its work began. */
interface CarriedOut {
  readonly change: LifeFacts
  readonly at: Instant
}

/** A change of the period with the incidents that were opened on its CIs within the window. */
export interface FollowedChange extends RecordLink {
  readonly at: Instant
  readonly incidents: readonly {
    readonly record: RecordLink
    /** CIs that both name. */
    readonly cis: readonly string[]
    readonly after: Seconds
    /** Whether one of the two records says that the change caused it. */
    readonly blamed: boolean
  }[]
}

/** Incidents after changes on the same CI, beside how many chance would bring. */
export interface AfterChanges {
  /** How long after the beginning of a change an incident counts. */
  readonly window: Seconds
  readonly from: Instant
  readonly until: Instant
  /** Changes carried out that name CIs. */
  readonly changes: number
  /** Incidents opened that name CIs. */
  readonly incidents: number
  /** Of these, the ones opened within the window after a change on one of their CIs. */
  readonly followed: number
  /** How many there would be if each of these incidents had been opened at any time of the stretch alike. */
  readonly expected: number
  /** Poisson binomial test, one-sided; `null` where there is nothing to tell it from. */
  readonly p: number | null
  readonly more: boolean
  /** Changes that were followed by incidents of the period, oldest first. */
  readonly inPeriod: readonly FollowedChange[]
  /** Those followed by incidents before the period, the latest first. */
  readonly earlier: readonly FollowedChange[]
  /** Changes carried out in the period that name CIs. */
  readonly changesInPeriod: number
}

/**
 * Incidents opened within the window after a change on the same CI, over the period and those before it. By chance an
 * incident falls into such a window as often as the windows of its CIs cover the time; whether there are more is tested
 * on the sum. What comes after a change need not come from it.
 */
export function afterChanges({ facts, now, long }: Pick<Basis, 'facts' | 'now' | 'long'>): AfterChanges {
  const window = metricSettings(facts.config).afterChange
  const all = facts.lives.filter(({ type }) => type === 'change').flatMap(carriedOut)
  const changes = all.filter(({ at }) => isWithin(long, at))
  const byCi = new Map<string, CarriedOut[]>()
  for (const each of all) for (const ci of cisOf(each)) addTo(byCi, ci, each)
  const incidents = long.opened.filter(({ data }) => textsAt(data, 'cis').length > 0)
  const windowOf = ({ at }: CarriedOut): TimeSpan => ({ from: at, until: at + window })
  const length = long.until - long.from
  // Many incidents name the same CIs.
  const known = new Map<string, { readonly changes: readonly CarriedOut[]; readonly chance: number }>()
  const before = ({ data }: Life) => {
    const cis = textsAt(data, 'cis')
    const key = JSON.stringify(cis)
    const found = known.get(key)
    if (found) return found
    const carried = [...new Set(cis.flatMap((ci) => byCi.get(ci) ?? []))]
    const chance = length === 0 ? 0 : covered(carried.map(windowOf), long) / length
    known.set(key, { changes: carried, chance })
    return { changes: carried, chance }
  }
  const chances = incidents.map((life) => before(life).chance)
  const hits = incidents.map((life) =>
    before(life).changes.filter((change) => isWithin(windowOf(change), life.openedAt)),
  )
  const followed = hits.filter((changesBefore) => changesBefore.length > 0).length
  const expected = chances.reduce((sum, chance) => sum + chance, 0)
  const p = expected === 0 ? null : poissonBinomialAtLeast(followed, chances)
  const followedBy = (isWanted: (life: Life) => boolean): readonly (readonly [CarriedOut, readonly Life[]])[] => {
    const pairs = new Map<CarriedOut, Life[]>()
    for (const [index, life] of incidents.entries()) {
      if (isWanted(life)) for (const change of hits[index] ?? []) addTo(pairs, change, life)
    }
    return [...pairs].sort(([a], [b]) => a.at - b.at || compare(a.change.id, b.change.id))
  }
  const told = ([change, lives]: readonly [CarriedOut, readonly Life[]]) => followedChange(facts, change, lives)
  return {
    window,
    from: long.from,
    until: long.until,
    changes: changes.filter((each) => cisOf(each).length > 0).length,
    incidents: incidents.length,
    followed,
    expected,
    p,
    more: p !== null && p < significance,
    inPeriod: followedBy(({ openedAt }) => isWithin(now.period, openedAt)).map(told),
    earlier: followedBy(({ openedAt }) => openedAt < now.period.from)
      .toReversed()
      .slice(0, longestList)
      .map(told),
    changesInPeriod: changes.filter((each) => isWithin(now.period, each.at) && cisOf(each).length > 0).length,
  }
}

const longestList = 10
const working: readonly string[] = ['implement', 'review', 'closed']

/** When the work on a change began, as its log says or as it was recorded, whichever is earlier. */
function carriedOut(change: LifeFacts): readonly CarriedOut[] {
  const first = change.moments.find(({ state }) => working.includes(state))
  if (!first || textAt(change.data, 'state') === 'cancelled') return []
  return [{ change, at: Math.min(first.declared ?? first.recorded, first.recorded) }]
}

function cisOf({ change: { data } }: CarriedOut): readonly string[] {
  return [...new Set(textsAt(data, 'cis'))]
}

function covered(windows: readonly TimeSpan[], within: TimeSpan): Seconds {
  return joined(windows).reduce((sum, span) => {
    const shared = overlap(span, within)
    return shared ? sum + shared.until - shared.from : sum
  }, 0)
}

function followedChange(facts: ReportFacts, carried: CarriedOut, lives: readonly Life[]): FollowedChange {
  const { change, at } = carried
  const caused = textsAt(change.data, 'incidents_caused')
  return {
    ...recordLink(facts, 'csi', change),
    at,
    incidents: lives.map(({ incident, data, openedAt }) => ({
      record: recordLink(facts, 'csi', incident),
      cis: textsAt(data, 'cis').filter((ci) => cisOf(carried).includes(ci)),
      after: openedAt - at,
      blamed: caused.includes(incident.id) || textAt(data, 'caused_by') === change.id,
    })),
  }
}
