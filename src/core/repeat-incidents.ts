import { compare } from './diagnostic.ts'
import type { RecordIndex } from './facts.ts'
import { type Instant, parseInstant, type Seconds } from './instant.ts'
import { addTo } from './lists-by-key.ts'
import { type RecordDoc, textAt, textsAt } from './record.ts'

/** How often is too often: so many incidents within a stretch of time. */
export interface RepeatRate {
  readonly over: Seconds
  readonly atLeast: number
}

/** The rate where `gitsm.yaml` names none. */
export const usualRate: RepeatRate = { over: 90 * 86_400, atLeast: 3 }

/** What incidents can have in common, the most telling first. */
export const bonds = ['ci', 'service', 'category'] as const

/** Incidents that have something in common, often enough to ask for the cause. */
export interface Repeat {
  readonly by: (typeof bonds)[number]
  /** The items, the service or the category that all of them name. */
  readonly shared: readonly string[]
  /** The evidence, oldest first. */
  readonly incidents: readonly RecordDoc[]
}

/** By bond, the fields of an incident that hold it. */
const held = { ci: 'cis', service: 'service', category: 'category' } as const

/**
 * The incidents of the stretch before an instant that share an item, a service or a category at least as often as the
 * rate says; most first. Left out are cancelled incidents, parts of another incident, and those that a problem already
 * looks after. Several items with the same incidents are one finding, and so is what a narrower bond already tells.
 */
export function repeatIncidents(records: RecordIndex, { over, atLeast }: RepeatRate, asOf: Instant): readonly Repeat[] {
  const known = explained(records)
  const recent = records
    .ofType('incident')
    .flatMap((incident) => {
      const opened = parseInstant(textAt(incident.data, 'opened_at') ?? '')
      const counts = opened !== undefined && opened > asOf - over && opened <= asOf
      const { state, parent } = incident.data
      return counts && state !== 'cancelled' && parent === undefined && !known.has(incident.id)
        ? [{ incident, opened }]
        : []
    })
    .toSorted((a, b) => a.opened - b.opened || compare(a.incident.id, b.incident.id))
    .map(({ incident }) => incident)
  const found = new Map<string, Repeat>()
  for (const by of bonds) {
    const groups = new Map<string, RecordDoc[]>()
    for (const incident of recent) {
      for (const key of new Set(textsAt(incident.data, held[by]))) {
        addTo(groups, key, incident)
      }
    }
    for (const [key, incidents] of [...groups].toSorted(([a], [b]) => compare(a, b))) {
      if (incidents.length < atLeast) continue
      const same = incidents.map(({ id }) => id).join(' ')
      const before = found.get(same)
      if (!before) found.set(same, { by, shared: [key], incidents })
      else if (before.by === by) found.set(same, { ...before, shared: [...before.shared, key] })
    }
  }
  return [...found.values()].toSorted(
    (a, b) =>
      b.incidents.length - a.incidents.length ||
      bonds.indexOf(a.by) - bonds.indexOf(b.by) ||
      compare(a.shared.join(' '), b.shared.join(' ')),
  )
}

/** Incidents that belong to a problem, as either of the two says; a cancelled problem explains nothing. */
function explained(records: RecordIndex): ReadonlySet<string> {
  const problems = records.ofType('problem').filter(({ data }) => data['state'] !== 'cancelled')
  const named = new Set(problems.map(({ id }) => id))
  const back = records.ofType('incident').filter(({ data }) => named.has(textAt(data, 'problem') ?? ''))
  return new Set([...problems.flatMap(({ data }) => textsAt(data, 'incidents')), ...back.map(({ id }) => id)])
}
