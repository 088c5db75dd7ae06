import { compare } from './diagnostic.ts'
import type { Share } from './kpi-figure.ts'
import { isBreached } from './kpi-sla.ts'
import { isWithin } from './period.ts'
import type { ReportFacts } from './report.ts'
import type { PromiseLine } from './report-promise.ts'
import { agreementsBeneath } from './slm/gap.ts'

/** What an SLA stands on: the targets of the OLAs and contracts beneath it, and whether they broke it. */
export interface Beneath {
  readonly lines: readonly PromiseLine[]
  /** OLAs and contracts beneath it whose clocks never ran. */
  readonly silent: readonly string[]
  /** Breached clocks of the SLA in the period, and those of them on whose record one beneath was breached, too. */
  readonly broken: Share
}

/** By id of an SLA, what it stands on; SLAs that stand on nothing agreed are left out. */
export function beneathOf(
  { tree, period }: Pick<ReportFacts, 'tree' | 'period'>,
  promises: readonly PromiseLine[],
): ReadonlyMap<string, Beneath> {
  const found = new Map<string, Beneath>()
  for (const [sla, ids] of agreementsBeneath(tree)) {
    if (ids.length === 0) continue
    const lines = promises.filter((line) => ids.includes(line.sla))
    const breached = new Set(
      lines.flatMap(({ clocks }) => clocks.filter(isBreached).map(({ record }) => `${record.type}/${record.id}`)),
    )
    const broken = promises
      .filter((line) => line.sla === sla)
      .flatMap(({ clocks }) => clocks)
      .filter(
        (clock) =>
          isBreached(clock) &&
          !clock.reading.retrospective &&
          clock.reading.stop !== null &&
          isWithin(period, clock.reading.stop),
      )
    found.set(sla, {
      lines,
      silent: ids.filter((id) => lines.every((line) => line.sla !== id)).toSorted(compare),
      broken: {
        count: broken.filter(({ record }) => breached.has(`${record.type}/${record.id}`)).length,
        n: broken.length,
      },
    })
  }
  return found
}
