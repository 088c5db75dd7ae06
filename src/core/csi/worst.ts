import { compare } from '../diagnostic.ts'
import type { Instant } from '../instant.ts'
import type { repeatIncidents } from '../kpi-incident.ts'
import { type Clock, tallyClocks } from '../kpi-sla.ts'
import { textAt, textsAt } from '../record.ts'
import { type ClockLine, clockLines, type RecordLink, recordLink } from '../report-page.ts'
import { type BearingIncident, serviceStandings } from '../service-standing.ts'
import type { Basis } from './basis.ts'

/** What an owner should look at first: what is down, what is urgent and open, then clocks, then what comes back. */
export type Worst =
  | { readonly kind: 'down'; readonly record: RecordLink; readonly since: Instant }
  | { readonly kind: 'urgent'; readonly record: RecordLink; readonly major: boolean; readonly priority: string | null }
  | { readonly kind: 'overdue' | 'breach'; readonly clock: ClockLine }
  | { readonly kind: 'repeats'; readonly record: RecordLink; readonly repeats: number; readonly cis: readonly string[] }
  | { readonly kind: 'none' }

/** What a service or a team has to answer for. */
export interface Burden {
  /** Open incidents that a service is down or degraded by. */
  readonly bearing: readonly BearingIncident[]
  readonly clocks: readonly Clock[]
  readonly repeating: ReturnType<typeof repeatIncidents>['groups']
}

/** The incidents that bear on how a service is at the end of the period, by id of the service. */
export function bearingByService({
  facts,
  now,
}: Pick<Basis, 'facts' | 'now'>): ReadonlyMap<string, readonly BearingIncident[]> {
  const standings = serviceStandings({ ...facts, asOf: now.end })
  return new Map(standings.map(({ service, bearing }) => [service.id, bearing]))
}

/** Picks what should be looked at first. */
export function worstOf({ facts, now }: Pick<Basis, 'facts' | 'now'>, { bearing, clocks, repeating }: Burden): Worst {
  return ofIncidents(facts, bearing) ?? ofClocks(facts, tallyClocks(clocks, now.period)) ?? ofRepeats(facts, repeating)
}

function ofIncidents(facts: Basis['facts'], bearing: readonly BearingIncident[]): Worst | undefined {
  const since = ({ openedAt, downSince }: BearingIncident): Instant => downSince ?? openedAt
  const [down] = bearing
    .filter(({ downSince }) => downSince !== null)
    .toSorted((a, b) => since(a) - since(b) || compare(a.incident.id, b.incident.id))
  if (down) return { kind: 'down', record: recordLink(facts, 'csi', down.incident), since: since(down) }
  const priorityOf = ({ incident }: BearingIncident): string | null => textAt(incident.data, 'priority') ?? null
  const [urgent] = bearing
    .filter((each) => each.major || priorityOf(each) === 'P1')
    .toSorted(
      (a, b) => Number(b.major) - Number(a.major) || since(a) - since(b) || compare(a.incident.id, b.incident.id),
    )
  if (!urgent) return undefined
  const { incident, major } = urgent
  return { kind: 'urgent', record: recordLink(facts, 'csi', incident), major, priority: priorityOf(urgent) }
}

function ofClocks(facts: Basis['facts'], { overdue, breaches }: ReturnType<typeof tallyClocks>): Worst | undefined {
  for (const [kind, list] of [
    ['overdue', overdue],
    ['breach', breaches],
  ] as const) {
    const [clock] = clockLines(facts, 'csi', list.slice(0, 1))
    if (clock) return { kind, clock }
  }
  return undefined
}

function ofRepeats(facts: Basis['facts'], [most]: Burden['repeating']): Worst {
  if (!most) return { kind: 'none' }
  const last = most.lives.reduce((latest, life) => (latest.openedAt > life.openedAt ? latest : life))
  return {
    kind: 'repeats',
    record: recordLink(facts, 'csi', last.incident),
    repeats: most.repeats,
    cis: textsAt(last.data, 'cis'),
  }
}
