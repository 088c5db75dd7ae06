import { compare } from '../diagnostic.ts'
import type { Seconds } from '../instant.ts'
import { type Share, type Spread, shareOf, spreadOf } from '../kpi-figure.ts'
import { repeatIncidents } from '../kpi-incident.ts'
import { type Life, timeToResolve, valueIn } from '../kpi-life.ts'
import { type Clock, tallyClocks } from '../kpi-sla.ts'
import { addTo } from '../lists-by-key.ts'
import { type Data, textAt, textsAt } from '../record.ts'
import { nameOf, type RecordLink, recordLink, words } from '../report-page.ts'
import type { Basis } from './basis.ts'
import { downtimesOf } from './downtime.ts'

/** What an owner should look at first. */
export type Worst =
  | { readonly kind: 'overdue'; readonly record: RecordLink; readonly target: string; readonly over: Seconds }
  | { readonly kind: 'breach'; readonly record: RecordLink; readonly target: string; readonly over: Seconds }
  | { readonly kind: 'repeats'; readonly record: RecordLink; readonly repeats: number; readonly cis: readonly string[] }
  | { readonly kind: 'none' }

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
  const repeats = repeatIncidents(now).groups
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
      worst: worstOf(
        basis,
        ownClocks,
        repeats.filter(({ lives }) => lives.some(own)),
      ),
    }
  })
  const lines = all.filter(({ opened, open, met, downtime }) => opened + open + met.n + downtime > 0)
  const names = [...new Set(lines.map(({ owner }) => owner))].sort((a, b) => compare(a ?? '\uffff', b ?? '\uffff'))
  return {
    owners: names.map((name) => ({
      name,
      lines: lines
        .filter(({ owner }) => owner === name)
        .sort((a, b) => b.opened - a.opened || b.downtime - a.downtime || compare(a.id, b.id)),
    })),
    told: lines.length,
    quiet: all.length - lines.length,
  }
}

/** The teams that resolved or hold incidents, most resolved first. */
export function teamsOf(basis: Basis): readonly TeamLine[] {
  const { facts, now } = basis
  const clocks = clocksOf(basis, (data) => [valueIn('team', data) ?? ''])
  const repeats = repeatIncidents(now).groups
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
        worst: worstOf(
          basis,
          ownClocks,
          repeats.filter(({ lives }) => lives.some(own)),
        ),
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

function worstOf(
  { facts, now }: Basis,
  clocks: readonly Clock[],
  repeating: readonly { readonly lives: readonly Life[]; readonly repeats: number }[],
): Worst {
  const { overdue, breaches } = tallyClocks(clocks, now.period)
  for (const [kind, list] of [
    ['overdue', overdue],
    ['breach', breaches],
  ] as const) {
    const [first] = list
    if (!first) continue
    const { reading, record } = first
    const over = reading.elapsed - reading.allowed
    return { kind, record: recordLink(facts, 'csi', record), target: words(reading.target), over }
  }
  const [most] = repeating
  if (!most) return { kind: 'none' }
  const last = most.lives.reduce((latest, life) => (latest.openedAt > life.openedAt ? latest : life))
  return {
    kind: 'repeats',
    record: recordLink(facts, 'csi', last.incident),
    repeats: most.repeats,
    cis: textsAt(last.data, 'cis'),
  }
}
