import { compare } from '../diagnostic.ts'
import { indexRecords, type RecordIndex } from '../facts.ts'
import type { Change, RecordDoc } from '../record.ts'
import { isSame } from '../same.ts'
import { mentionIndex } from './mentions.ts'

/** What a commit left at one path of a record: the record, the key of one that nobody can read, or nothing. */
export interface FileState {
  readonly file: string
  readonly record?: RecordDoc
  /** `<type>/<id>` as the path tells it, where something is there that could not be read. */
  readonly unreadable?: string
}

/** What a commit made of the records. The two indexes hold until the next commit is taken in. */
export interface Turn {
  readonly before: RecordIndex
  readonly after: RecordIndex
  readonly changes: readonly Change[]
  /** Files of records that the commit touched, those that are gone too. */
  readonly files: readonly string[]
  /**
   * The records that must be judged again: those touched, those that mention one, and those that share an id with one.
   */
  readonly focus: readonly RecordDoc[]
  /** Whether the set of records that cannot be read is another one. */
  readonly readability: boolean
  /** The record that a file holds, or held before. */
  recordAt(file: string): RecordDoc | undefined
}

/** The records of a tree, carried along the mainline commit by commit. */
export interface StandingRecords {
  readonly unreadable: ReadonlySet<string>
  records(): RecordIndex
  /** Takes in what a commit left at the paths that it touched. */
  turn(states: readonly FileState[]): Turn
}

/** A tree without records. */
export function standingRecords(): StandingRecords {
  const byFile = new Map<string, RecordDoc>()
  const byType = new Map<string, readonly RecordDoc[]>()
  const byKey = new Map<string, readonly RecordDoc[]>()
  const namesakes = new Map<string, readonly RecordDoc[]>()
  const unreadableAt = new Map<string, string>()
  const unreadable = new Set<string>()
  const lastKnown = new Map<string, RecordDoc>()
  const mentions = mentionIndex()

  const take = (record: RecordDoc): void => {
    byFile.delete(record.file)
    without(byType, record.type, record)
    without(byKey, keyOf(record), record)
    without(namesakes, spoken(record.id), record)
    mentions.remove(record.file, record.data)
  }
  const put = (record: RecordDoc): void => {
    byFile.set(record.file, record)
    within(byType, record.type, record)
    within(byKey, keyOf(record), record)
    within(namesakes, spoken(record.id), record)
    mentions.add(record.file, record.data)
  }
  const find = (key: string): RecordDoc | undefined => byKey.get(key)?.[0]
  const records = (): RecordIndex => view(new Map(byType), find)

  return {
    unreadable,
    records,
    turn(states) {
      const [before, keys, ids] = [new Map(byType), new Set<string>(), new Set<string>()]
      for (const { file, record, unreadable: key } of states) {
        for (const each of [byFile.get(file), record]) {
          if (!each) continue
          keys.add(keyOf(each))
          ids.add(each.id)
        }
        for (const each of [unreadableAt.get(file), key]) if (each !== undefined) keys.add(each)
      }
      const held = new Map(states.map(({ file }) => [file, byFile.get(file)]))
      const stood = new Map(Array.from(keys, (key) => [key, find(key)]))
      const wasUnreadable = new Set([...keys].filter((key) => unreadable.has(key)))
      for (const { file, record, unreadable: key } of states) {
        const old = byFile.get(file)
        if (old) take(old)
        if (record) put(record)
        unreadableAt.delete(file)
        if (key !== undefined) unreadableAt.set(file, key)
      }
      for (const key of keys) {
        unreadable.delete(key)
        ids.add(key.slice(key.indexOf('/') + 1))
      }
      for (const key of unreadableAt.values()) unreadable.add(key)
      const changes = [...keys].toSorted(compare).flatMap((key): readonly Change[] => {
        const [was, is] = [stood.get(key), find(key)]
        const known = was ?? lastKnown.get(key)
        if (is) lastKnown.delete(key)
        else if (was) lastKnown.set(key, was)
        if (is) return changeTo(known, is)
        const gone = was ?? (wasUnreadable.has(key) ? known : undefined)
        return gone && !unreadable.has(key) ? [{ kind: 'removed', before: gone }] : []
      })
      return {
        before: view(before, (key) => (stood.has(key) ? stood.get(key) : find(key))),
        after: records(),
        changes,
        files: states.map(({ file }) => file),
        focus: focusOf(states, ids),
        readability: [...keys].some((key) => wasUnreadable.has(key) !== unreadable.has(key)),
        recordAt: (file) => byFile.get(file) ?? held.get(file),
      }
    },
  }

  function focusOf(states: readonly FileState[], ids: ReadonlySet<string>): readonly RecordDoc[] {
    const files = new Set(states.map(({ file }) => file))
    for (const id of ids) {
      for (const file of mentions.filesWith(id)) files.add(file)
      for (const { file } of namesakes.get(spoken(id)) ?? []) files.add(file)
    }
    return [...files].flatMap((file) => byFile.get(file) ?? []).toSorted((a, b) => compare(a.file, b.file))
  }
}

/** A record that comes back after its removal, or after nobody could read it, goes on from where it stood. */
function changeTo(before: RecordDoc | undefined, after: RecordDoc): readonly Change[] {
  if (!before) return [{ kind: 'added', after }]
  if (isSame(before.data, after.data) && before.beside === after.beside) return []
  return [{ kind: 'edited', before, after }]
}

/** The same lookups over fewer records: only some are listed, and every one is still found. */
export function focusedOn(focus: readonly RecordDoc[], { find }: RecordIndex): RecordIndex {
  return { ...indexRecords(focus), find }
}

function view(
  byType: ReadonlyMap<string, readonly RecordDoc[]>,
  find: (key: string) => RecordDoc | undefined,
): RecordIndex {
  let all: readonly RecordDoc[] | undefined
  return {
    get all() {
      all ??= [...byType.values()].flat().toSorted((a, b) => compare(a.file, b.file))
      return all
    },
    find: (type, id) => find(`${type}/${id}`),
    ofType: (type) => byType.get(type) ?? [],
  }
}

function keyOf({ type, id }: RecordDoc): string {
  return `${type}/${id}`
}

/** Ids that differ in letter case only are one when they are spoken. */
function spoken(id: string): string {
  return id.normalize('NFC').toLowerCase()
}

/** Lists are replaced, never changed, so that an index which was handed out stays as it is. */
function within(lists: Map<string, readonly RecordDoc[]>, name: string, record: RecordDoc): void {
  const list = lists.get(name) ?? []
  const at = placeIn(list, record.file)
  lists.set(name, [...list.slice(0, at), record, ...list.slice(at)])
}

function without(lists: Map<string, readonly RecordDoc[]>, name: string, record: RecordDoc): void {
  const rest = (lists.get(name) ?? []).filter((each) => each !== record)
  if (rest.length === 0) lists.delete(name)
  else lists.set(name, rest)
}

/** Where a file belongs in a list that is in the order of files. */
function placeIn(list: readonly RecordDoc[], file: string): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(list[middle]?.file ?? '', file) < 0) low = middle + 1
    else high = middle
  }
  return low
}
