import { compare } from '../diagnostic.ts'
import type { Seconds } from '../instant.ts'
import { outagesByService } from '../outage.ts'
import { overlap } from '../time-span.ts'
import type { Basis } from './basis.ts'

/** How long a service was down in a period. */
export interface Downtime {
  readonly service: string
  readonly time: Seconds
  /** Outages that touch the period. */
  readonly outages: number
}

/** The services that were down in the period, as the incidents tell by `outage`; the longest first. */
export function downtimesOf({ facts, now }: Pick<Basis, 'facts' | 'now'>): readonly Downtime[] {
  const span = { from: now.period.from, until: Math.max(now.period.from, now.end) }
  return [...outagesByService(facts.incidents, facts.asOf)]
    .flatMap(([service, outages]) => {
      const within = outages.flatMap((outage) => overlap(outage, span) ?? [])
      const time = within.reduce((sum, { from, until }) => sum + until - from, 0)
      return time > 0 ? [{ service, time, outages: within.length }] : []
    })
    .sort((a, b) => b.time - a.time || compare(a.service, b.service))
}
