import { type Share, type Spread, shareOf, spreadOf } from './kpi-figure.ts'
import type { PeriodIncidents } from './kpi-incident.ts'
import { timeToResolve, valueIn } from './kpi-life.ts'

/** From which share of the incidents resolved, in percent, those opened earlier give a period its character. */
const mostlyLeftovers = 80

/** Of the incidents resolved in a period, those opened before it, where they are most of them; `null` otherwise. */
export function leftoversOf({ resolved, period }: PeriodIncidents): Share | null {
  const share = shareOf(resolved, ({ openedAt }) => openedAt < period.from)
  return share.n > 0 && share.count * 100 >= share.n * mostlyLeftovers ? share : null
}

/** An urgent priority whose incidents took longer than those of an ordinary one. */
export interface UpsideDown {
  readonly priority: string
  readonly ordinary: string
  readonly urgentTime: Spread
  readonly ordinaryTime: Spread
}

const urgent: readonly string[] = ['P1', 'P2']
const ordinary = 'P3'
/** The fewest incidents resolved, on each side, for their medians to be set side by side. */
const fewestToSetBeside = 5

/** The urgent priorities whose median time to resolve is longer than that of `P3`: a fact of the period, not a test. */
export function upsideDown({ resolved }: PeriodIncidents): readonly UpsideDown[] {
  const times = (priority: string): Spread =>
    spreadOf(
      resolved
        .filter(({ data }) => valueIn('priority', data) === priority)
        .flatMap((life) => timeToResolve(life) ?? []),
    )
  const ordinaryTime = times(ordinary)
  return urgent
    .map((priority) => ({ priority, ordinary, urgentTime: times(priority), ordinaryTime }))
    .filter(
      ({ urgentTime }) =>
        Math.min(urgentTime.n, ordinaryTime.n) >= fewestToSetBeside &&
        (urgentTime.median ?? 0) > (ordinaryTime.median ?? 0),
    )
}
