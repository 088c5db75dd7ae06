import { duePeriods } from '../core/due-periods.ts'
import { Fault } from '../core/fault.ts'
import { humanInstant, type Instant } from '../core/instant.ts'
import { type Period, parsePeriod, periodAt, periodHint } from '../core/period.ts'
import { beginsAt, newestStepAt, type ReportSource, recordedAt } from './report-facts.ts'

/** Which periods reports are asked of. */
export interface PeriodRequest {
  /** As people type them. */
  readonly periods: readonly string[]
  /** Also those that are due by the newest commit, or by the as-of instant. */
  readonly allDue: boolean
  readonly asOf?: Instant
}

/** A period with the instant that its report is written as of. */
export interface ReportedPeriod {
  readonly period: Period
  readonly asOf: Instant
}

/** The periods that are asked for, each once; the month of the newest step of an incident where none is. */
export function periodsAsked(
  source: ReportSource,
  { periods, allDue, asOf }: PeriodRequest,
): readonly [Period, ...Period[]] {
  const zone = source.config.timezone
  const last = recordedAt(source)
  const named = periods.map((text) => periodNamed(source, text))
  const due = allDue ? duePeriods(beginsAt(source), Math.min(asOf ?? last, last), zone) : []
  const [first, ...others] = new Map([...named, ...due].map((period) => [period.id, period])).values()
  return first ? [first, ...others] : [periodAt('month', newestStepAt(source) ?? last, zone)]
}

function periodNamed(source: ReportSource, asked: string): Period {
  const period = parsePeriod(asked, source.config.timezone)
  if (!period) throw new Fault(`${JSON.stringify(asked)} is no period`, { cure: periodHint })
  const [first, last] = [beginsAt(source), recordedAt(source)]
  if (period.until <= first) {
    throw new Fault(`Nothing is recorded of ${period.title}`, {
      cure: `The history begins ${humanInstant(first)} UTC: name a period that ends after that`,
    })
  }
  if (period.from <= last) return period
  throw new Fault(`Nothing is recorded yet of ${period.title}`, {
    cure: `The history ends ${humanInstant(last)} UTC: name a period that has begun by then`,
  })
}

/** A period with its instant: by default its end, or the time of the newest fact where that is earlier. */
export function reportedAsOf(source: ReportSource, period: Period, asOf: Instant | undefined): ReportedPeriod {
  return { period, asOf: asOf ?? Math.min(period.until, recordedAt(source)) }
}
