import { always, type Calendar } from './calendar.ts'
import { compare } from './diagnostic.ts'
import type { Instant, Seconds } from './instant.ts'
import { isInOperation, isToldBy, outagesByService } from './outage.ts'
import { isWithin } from './period.ts'
import { isData, textAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { nameOf, type RecordLink, recordLink } from './report-page.ts'
import { overlap, type TimeSpan } from './time-span.ts'

/** How long a service was down in a period, and what was agreed about it. */
export interface AvailabilityLine {
  readonly service: string
  readonly name: string
  /** The time within which it was to be available, as far as the history knows the period. */
  readonly agreed: Seconds
  readonly down: Seconds
  /** Outages that began in the period. */
  readonly outages: number
  /** The KPI that sets the objective; `null` where none does. */
  readonly kpi: RecordLink | null
  /** Percent of the agreed time; `null` without a KPI. */
  readonly objective: number | null
  /** How long it may be down in the whole period with the objective still reached; `null` without one. */
  readonly budget: Seconds | null
  readonly left: Seconds | null
  /** Of the agreed time, in percent, cut to three decimals; `null` without any, where nobody ever told of outages, and of a service out of operation. */
  readonly available: number | null
  /** The same in minutes. */
  readonly minutes: {
    readonly down: number
    readonly agreed: { readonly budget: number; readonly left: number } | null
  }
}

/**
 * The services that were down in the period and those whose availability is an objective, which a KPI record with the
 * formula `availability`, one service and a target sets; in its calendar's hours, else around the clock.
 */
export function availabilityLines(facts: ReportFacts, page: string): readonly AvailabilityLine[] {
  const { period, since, asOf, improving, services } = facts
  const known = { from: Math.max(period.from, since), until: Math.min(period.until, asOf) }
  if (known.from >= known.until) return []
  const outages = outagesByService(facts.incidents, asOf)
  const operational = new Set(services.filter(({ data }) => isInOperation(data)).map(({ id }) => id))
  const isTold = isToldBy(outages, known.until)
  const line = (service: string, calendar: Calendar, rest: Pick<AvailabilityLine, 'kpi' | 'objective'>) => {
    const own = outages.get(service) ?? []
    const down = downtime(own, known, calendar)
    const isKnown = isTold && operational.has(service)
    const whole = calendar.elapsed(known.from, period.until)
    const agreed = calendar.elapsed(known.from, known.until)
    const budget = rest.objective === null ? null : Math.floor((whole * (100 - rest.objective)) / 100)
    return {
      ...rest,
      service,
      name: nameOf(facts, 'service', service) ?? service,
      agreed,
      available: agreed === 0 || !isKnown ? null : Math.floor((100_000 * (agreed - down)) / agreed) / 1000,
      minutes: {
        down: inMinutes(down),
        agreed: budget === null ? null : { budget: inMinutes(budget), left: inMinutes(budget - down) },
      },
      down,
      outages: own.filter(({ from }) => isWithin(known, from)).length,
      budget,
      left: budget === null ? null : budget - down,
    }
  }
  const agreed = improving.kpis.flatMap((kpi) => {
    const { data } = kpi
    const scope = isData(data['scope']) ? textAt(data['scope'], 'service') : undefined
    const { target } = data
    if (textAt(data, 'formula') !== 'availability' || scope === undefined || typeof target !== 'number') return []
    const calendar = improving.calendars.get(textAt(data, 'calendar') ?? '') ?? always
    return [line(scope, calendar, { kpi: recordLink(facts, page, kpi), objective: target })]
  })
  const told = new Set(agreed.map(({ service }) => service))
  const others = services
    .filter(({ id }) => !told.has(id))
    .map(({ id }) => line(id, always, { kpi: null, objective: null }))
    .filter(({ down }) => down > 0)
  return [...agreed, ...others].toSorted((a, b) => b.down - a.down || compare(a.service, b.service))
}

/** A length of time in minutes, to the tenth. */
export function inMinutes(length: Seconds): number {
  return Math.round(length / 6) / 10
}

/** Time that outages took of a stretch, within the hours of a calendar. */
export function downtime(outages: readonly TimeSpan[], span: TimeSpan, calendar: Calendar): Seconds {
  return outages.reduce((sum, outage) => {
    const shared = overlap(outage, span)
    return shared ? sum + calendar.elapsed(shared.from, shared.until) : sum
  }, 0)
}

/** What was left of a budget of downtime at some instants. */
export function leftAt(
  budget: Seconds,
  outages: readonly TimeSpan[],
  from: Instant,
  ends: readonly Instant[],
  calendar: Calendar,
): readonly Seconds[] {
  return ends.map((until) => budget - downtime(outages, { from, until }, calendar))
}
