import { compare } from '../diagnostic.ts'
import type { Seconds } from '../instant.ts'
import { type Share, type Spread, shareOf, spreadOf } from '../kpi-figure.ts'
import { repeatIncidents } from '../kpi-incident.ts'
import { type Life, timeToResolve, valueIn } from '../kpi-life.ts'
import { type Clock, tallyClocks } from '../kpi-sla.ts'
import { addTo } from '../lists-by-key.ts'
import { type Data, textAt, textsAt } from '../record.ts'
import { nameOf, type RecordLink, recordLink } from '../report-page.ts'
import type { Basis } from './basis.ts'
import { downtimesOf } from './downtime.ts'
import { bearingByService, type Worst, worstOf } from './worst.ts'

/** A service in the period, for whoever owns it. */
export interface ServiceLine extends RecordLink {
  readonly owner: string | null
  readonly opened: number
  readonly open: number
  readonly met: Share
  readonly downtime: Seconds
  readonly worst: Worst
}

/** A team in the period. */
export interface TeamLine {
  readonly name: string | null
  readonly resolved: number
  readonly open: number
  readonly resolveTime: Spread
  readonly met: Share
  /** Of the incidents resolved, those that had been with another team before. */
  readonly handedOn: Share
  readonly worst: Worst
}

/** The services in which anything happened, by owner, and how many were quiet. */
export interface Owners {
  readonly owners: readonly { readonly name: string | null; readonly lines: readonly ServiceLine[] }[]
  /** Services with something to tell. */
  readonly told: number
  readonly quiet: number
}

/** Gathers what owners of services want to know. */
export function ownersOf(basis: Basis): Owners {
  const { facts, now } = basis
  const downtimes = new Map(downtimesOf(basis).map(({ service, time }) => [service, time]))
  const clocks = clocksOf(basis, (data) => [...textsAt(data, 'service'), ...textsAt(data, 'services')])
  const [bearing, repeats] = [bearingByService(basis), repeatIncidents(now).groups]
  const all = facts.services.map((service): ServiceLine => {
    const own = (life: Life): boolean => valueIn('service', life.data) === service.id
    const ownClocks = clocks.get(service.id) ?? []
    return {
      ...recordLink(facts, 'csi', service),
      owner: nameOf(facts, 'team', textAt(service.data, 'owner') ?? null),
      opened: now.opened.filter(own).length,
      open: now.open.filter(own).length,
      met: tallyClocks(ownClocks, now.period).compliance,
      downtime: downtimes.get(service.id) ?? 0,
      worst: worstOf(basis, {
        bearing: bearing.get(service.id) ?? [],
        clocks: ownClocks,
        repeating: repeats.filter(({ lives }) => lives.some(own)),
      }),
    }
  })
  const lines = all.filter(({ opened, open, met, downtime }) => opened + open + met.n + downtime > 0)
  const names = [...new Set(lines.map(({ owner }) => owner))].sort((a, b) => compare(a ?? '\uffff', b ?? '\uffff'))
  return {
    owners: names.map((name) => ({
      name,
      lines: lines
        .filter(({ owner }) => owner === name)
        .sort((a, b) => isDown(b) - isDown(a) || b.opened - a.opened || b.downtime - a.downtime || compare(a.id, b.id)),
    })),
    told: lines.length,
    quiet: all.length - lines.length,
  }
}

function isDown({ worst }: ServiceLine): number {
  return worst.kind === 'down' ? 1 : 0
}

/** The teams that resolved or hold incidents, most resolved first. */
export function teamsOf(basis: Basis): readonly TeamLine[] {
  const { facts, now } = basis
  const clocks = clocksOf(basis, (data) => [valueIn('team', data) ?? ''])
  const [bearing, repeats] = [[...bearingByService(basis).values()].flat(), repeatIncidents(now).groups]
  const ids = [...new Set([...now.resolved, ...now.open].map(({ data }) => valueIn('team', data)))]
  return ids
    .sort((a, b) => compare(a ?? '', b ?? ''))
    .map((id) => {
      const own = (life: Life): boolean => valueIn('team', life.data) === id
      const [resolved, ownClocks] = [now.resolved.filter(own), clocks.get(id ?? '') ?? []]
      return {
        name: nameOf(facts, 'team', id),
        resolved: resolved.length,
        open: now.open.filter(own).length,
        resolveTime: spreadOf(resolved.flatMap((life) => timeToResolve(life) ?? [])),
        met: tallyClocks(ownClocks, now.period).compliance,
        handedOn: shareOf(resolved, ({ reassignments }) => reassignments > 0),
        worst: worstOf(basis, {
          bearing: bearing.filter(({ incident }) => valueIn('team', incident.data) === id),
          clocks: ownClocks,
          repeating: repeats.filter(({ lives }) => lives.some(own)),
        }),
      }
    })
    .sort((a, b) => b.resolved - a.resolved || b.open - a.open)
}

/** The clocks of SLAs by what their records name; those of a record that names several count for each. */
function clocksOf({ targets }: Basis, named: (data: Data) => readonly string[]): ReadonlyMap<string, readonly Clock[]> {
  const groups = new Map<string, Clock[]>()
  for (const clock of targets.filter(({ kind }) => kind === 'sla').flatMap(({ clocks }) => clocks)) {
    for (const name of new Set(named(clock.record.data))) {
      addTo(groups, name, clock)
    }
  }
  return groups
}
