import type { Config } from './config.ts'
import type { Proof } from './improvement-proof.ts'
import type { Instant } from './instant.ts'
import { addTo } from './lists-by-key.ts'
import type { Change, RecordDoc } from './record.ts'
import type { RecordType } from './record-type.ts'
import type { Finding } from './rule.ts'
import type { Series } from './series.ts'

/** The rules of a service repository at one commit: what judges records. */
export interface Rulebook {
  readonly config: Config
  /** By name, in alphabetical order. */
  readonly types: ReadonlyMap<string, RecordType>
}

/** Everything a rule may rest on. Plain data, gathered before anything is decided. */
export interface Facts {
  readonly rulebook: Rulebook
  /** Every record of the tree that is judged whose shape fits its schema. */
  readonly records: RecordIndex
  /** What a pull request changes, against its base; empty when a tree is judged for itself. */
  readonly changes: readonly Change[]
  /** Files that could not be read as records: references to the ids they are named after are not called missing. */
  readonly unreadable: ReadonlySet<string>
  /** When it is judged: what falls due by time alone is due as of then. Rules about time are silent without it. */
  readonly asOf?: Instant
  /** What the forms of the catalogue find wrong with open requests, and with themselves. */
  readonly forms?: readonly Finding[]
  /** The values of measurements, by id of the measurement; those that could not be read are left out. */
  readonly series?: ReadonlyMap<string, Series>
  /** What the engine measured for the improvements that a change closes, by id; gathered where changes are judged. */
  readonly proofs?: ReadonlyMap<string, Proof>
  /** When the mainline took in records that changes touch, by `<type>/<id>`; known only where history is judged. */
  readonly recorded?: ReadonlyMap<string, Recorded>
}

/** When the mainline took in a record for the first time, and when it was last written before a change. */
export interface Recorded {
  readonly born: Instant
  readonly last: Instant
}

/** What rules about time alone rest on. */
export type TimedFacts = Pick<Facts, 'records' | 'asOf'>

/** Records to be found by type and id. Where two records share an id, the first in file order is found. */
export interface RecordIndex {
  readonly all: readonly RecordDoc[]
  find(type: string, id: string): RecordDoc | undefined
  ofType(type: string): readonly RecordDoc[]
}

/** Builds the index over records; the order of the argument is kept. */
export function indexRecords(all: readonly RecordDoc[]): RecordIndex {
  const byType = new Map<string, RecordDoc[]>()
  const byKey = new Map<string, RecordDoc>()
  for (const record of all) {
    addTo(byType, record.type, record)
    const key = `${record.type}/${record.id}`
    if (!byKey.has(key)) byKey.set(key, record)
  }
  return {
    all,
    find: (type, id) => byKey.get(`${type}/${id}`),
    ofType: (type) => byType.get(type) ?? [],
  }
}
