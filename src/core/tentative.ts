import { changeConflicts } from './conflict-report.ts'
import type { SettledConflict } from './conflict-waiver.ts'
import { indexRecords, type RecordIndex, type Rulebook } from './facts.ts'
import { type ImpactGraph, impactGraph } from './impact-graph.ts'
import { indexIntervals } from './interval-index.ts'
import { openChanges } from './planned-change.ts'
import type { RecordDoc } from './record.ts'
import { windowsOf } from './window.ts'

/**
 * What an open pull request proposes. Until it is merged its records are tentative: others are told of them, and bound
 * by nothing.
 */
export interface Tentative {
  /** The number of the pull request. */
  readonly pull: number
  readonly head: string
  /** The records that it adds or edits, as it would have them. */
  readonly records: readonly RecordDoc[]
}

/** A collision of a change with what another pull request proposes. */
export interface TentativeConflict {
  readonly pull: number
  readonly change: RecordDoc
  readonly conflict: SettledConflict
  /** The change or the freeze that the other one proposes. */
  readonly other: RecordDoc
}

/** A record that another open pull request writes, too. */
export interface TentativeEdit {
  readonly pull: number
  readonly record: RecordDoc
}

/** What several open pull requests, this one among them, cannot all have. */
export interface TentativeFindings {
  readonly conflicts: readonly TentativeConflict[]
  readonly edits: readonly TentativeEdit[]
}

/** The tree that a pull request would make, as far as collisions rest on it. */
interface Standing {
  readonly records: RecordIndex
  readonly rulebook: Rulebook
  readonly graph: ImpactGraph
}

/**
 * Where the records that a pull request writes meet those of other ones: what both write, and what its changes collide
 * with. Each other one is looked at by itself, so no order of pull requests plays a part.
 */
export function tentativeFindings(
  written: readonly RecordDoc[],
  { records, rulebook }: Pick<Standing, 'records' | 'rulebook'>,
  others: readonly Tentative[],
): TentativeFindings {
  const own = new Map(written.map((record) => [keyOf(record), record]))
  const edits = others.flatMap(({ pull, records: theirs }) =>
    theirs.flatMap((each) => {
      const record = own.get(keyOf(each))
      return record ? [{ pull, record }] : []
    }),
  )
  const changes = written.filter(({ type }) => type === 'change')
  if (changes.length === 0 || others.length === 0) return { conflicts: [], edits }
  const standing = { records, rulebook, graph: impactGraph(records) }
  return { conflicts: others.flatMap((other) => collisions(changes, other, standing)), edits }
}

/** What the changes collide with of what another pull request lays claim to: its open changes and its freezes. */
function collisions(changes: readonly RecordDoc[], other: Tentative, base: Standing): readonly TentativeConflict[] {
  const claims = other.records.filter(
    ({ type, data }) => type === 'change' || (type === 'window' && data['kind'] === 'freeze'),
  )
  if (claims.length === 0) return []
  const records = claiming(claims, base.records)
  const facts = {
    records,
    graph: base.graph,
    windows: windowsOf(records.ofType('window')),
    changes: indexIntervals(openChanges(records, base.rulebook)),
  }
  return changes.flatMap((change) =>
    changeConflicts(change, facts).conflicts.flatMap((conflict) => {
      const { type, id } = conflict.with
      const proposed = claims.find((each) => each.type === type && each.id === id)
      return proposed ? [{ pull: other.pull, change, conflict, other: proposed }] : []
    }),
  )
}

/**
 * A tree in which only what another pull request proposes lays claim to time; services, items and people are its own.
 */
function claiming(claims: readonly RecordDoc[], tree: RecordIndex): RecordIndex {
  const proposed = indexRecords(claims)
  return {
    all: tree.all,
    find: (type, id) => proposed.find(type, id) ?? tree.find(type, id),
    ofType: (type) => (type === 'change' || type === 'window' ? proposed : tree).ofType(type),
  }
}

/**
 * The records of a tree with what open pull requests propose in their place. Where two propose one, the first is shown.
 */
export function laidOver(records: RecordIndex, tentative: readonly Tentative[]): RecordIndex {
  const proposed = indexRecords(tentative.flatMap((each) => each.records))
  const kept = records.all.filter(({ type, id }) => !proposed.find(type, id))
  return indexRecords([...kept, ...proposed.all.filter((each) => proposed.find(each.type, each.id) === each)])
}

function keyOf({ type, id }: RecordDoc): string {
  return `${type}/${id}`
}
