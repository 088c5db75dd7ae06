import { compare } from '../diagnostic.ts'
import type { RecordHistory, Revision } from '../history.ts'
import type { TimeSpan } from '../time-span.ts'

/** What an auditor asks about, and the record types that it is kept in. */
export interface PopulationKind {
  readonly name: string
  readonly what: string
  readonly types: readonly string[]
}

/** The populations of an audit. */
export const populationKinds: readonly PopulationKind[] = [
  { name: 'changes', what: 'changes to services and configuration items', types: ['change'] },
  { name: 'incidents', what: 'incidents', types: ['incident'] },
  { name: 'releases', what: 'releases', types: ['release'] },
  { name: 'requests', what: 'service requests, those for access among them', types: ['request'] },
  { name: 'authority', what: 'teams and policies, which say who may approve what', types: ['team', 'policy'] },
]

/** A record that the mainline wrote in the period. */
export interface PopulationMember {
  readonly key: string
  readonly history: RecordHistory
  /** What the period did to it, oldest first. */
  readonly revisions: readonly Revision[]
  /** Whether the period brought it. */
  readonly isNew: boolean
}

/** All records of a kind that the mainline wrote in the period, in the order of their names. */
export function populationOf(
  { types }: PopulationKind,
  histories: Iterable<RecordHistory>,
  { from, until }: TimeSpan,
): readonly PopulationMember[] {
  const members = [...histories].flatMap((history): readonly PopulationMember[] => {
    if (!types.includes(history.type)) return []
    const revisions = history.revisions.filter(({ commit }) => commit.at >= from && commit.at < until)
    if (revisions.length === 0) return []
    const isNew = revisions[0] === history.revisions[0]
    return [{ key: `${history.type}/${history.id}`, history, revisions, isNew }]
  })
  return members.toSorted((a, b) => compare(a.key, b.key))
}
