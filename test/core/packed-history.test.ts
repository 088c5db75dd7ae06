import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MainlineCommit, RecordHistory } from '../../src/core/history.ts'
import { PackedHistory } from '../../src/core/packed-history.ts'
import { textOfValue, valueOfText } from '../../src/core/plain-text.ts'
import { type CommitRevisions, unpackedHistory } from '../support/unpacked-history.ts'

const configuration = 'gitsm.yaml'

const names = fc.constantFrom('state', 'team', 'title', 'é', '7', 'log2', 'cis')
const text = fc.oneof(
  fc.constantFrom('new', 'resolved', '', '!', '"', '\u{1f600}', '\ud800', 'a text of more than a dozen characters'),
  fc.string({ unit: 'binary' }),
)
const number = fc.oneof(fc.integer(), fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, 0.1))
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null))
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(names, tie('any'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any

const entry = fc.record({ at: text, state: text }, { requiredKeys: ['at'], noNullPrototype: true })
const data = fc
  .tuple(
    fc.dictionary(names, value, { maxKeys: 5, noNullPrototype: true }),
    fc.constantFrom(undefined, 'INC-1', 'INC-2', 'INC-3', 7),
    fc.array(entry, { maxLength: 4 }),
  )
  .map(([fields, id, log]) => ({ ...(id === undefined ? {} : { id }), ...fields, ...(log.length > 0 && { log }) }))

const content = fc.oneof(
  { weight: 6, arbitrary: data.map((each) => ({ data: each })) },
  { weight: 1, arbitrary: fc.constant({ reason: 'it was no mapping of fields' }) },
  { weight: 2, arbitrary: fc.constant(null) },
)
const path = fc.constantFrom(
  'records/incident/INC-1.yaml',
  'records/incident/2026/INC-1.yaml',
  'records/incident/INC-2.yaml',
  'records/problem/INC-1.yaml',
  'records/notes.txt',
  configuration,
)
const commits = fc.array(
  fc.record({
    claimed: fc.nat(),
    by: fc.constantFrom('ada', 'bob', 'Zoë'),
    files: fc.uniqueArray(fc.record({ path, content }), { selector: (file) => file.path, maxLength: 3 }),
    /** Whether the history is kept and read again before this commit. */
    isKept: fc.boolean(),
  }),
  { maxLength: 12 },
)

/** Many edits that leave most of a record as it was, as people make them. */
const edits = commits.map((made) => {
  const held = new Map<string, Readonly<Record<string, unknown>>>()
  return made.map(({ files, ...commit }) => ({
    ...commit,
    files: files.map(({ path: at, content: fresh }) => {
      if (!fresh || !('data' in fresh)) return { path: at, content: fresh }
      const before = held.get(at) ?? {}
      const log = [...list(before['log']), ...list(fresh.data['log'])]
      const next = { ...before, ...fresh.data, log }
      held.set(at, next)
      return { path: at, content: { data: next } }
    }),
  }))
})

function list(items: unknown): readonly unknown[] {
  return Array.isArray(items) ? items : []
}

function idOf(position: number): string {
  return position.toString(16).padStart(40, '0')
}

function commitAt(claimed: number, by: string, position: number): MainlineCommit {
  return { commit: idOf(position), position, at: claimed, provenance: 'claimed', by }
}

/** Histories to the letter: the order of fields counts, and what JSON cannot tell. */
function letters(histories: Iterable<RecordHistory>): readonly string[] {
  return [...histories].map(({ type, id, revisions }) => {
    const told = revisions.map((revision) => {
      const left = revision.kind === 'written' ? revision.data : revision.kind === 'removed' ? null : revision.reason
      return textOfValue([revision.kind, revision.commit, revision.file, left])
    })
    return `${type}/${id} ${told.join('\n')}`
  })
}

describe('a packed history', () => {
  test.each([
    ['whatever commits make of records', commits],
    ['edits that change little', edits],
  ])('tells of every record what was folded into it, also when it was kept in between: %s', (_, made) => {
    fc.assert(
      fc.property(made, (steps) => {
        let packed = new PackedHistory()
        for (const [position, { claimed, by, files, isKept }] of steps.entries()) {
          if (isKept) packed = new PackedHistory(packed.pack())
          packed.add({ commit: idOf(position), claimed, by }, files, (file) => file === configuration)
        }
        if (steps.length % 2 === 0) packed = new PackedHistory(packed.pack())
        const commitOf = (position: number): MainlineCommit => {
          const { claimed, by } = packed.commitAt(position)
          return commitAt(claimed, by, position)
        }
        const records = Array.from({ length: packed.recordCount }, (__, record) => packed.historyOf(record, commitOf))
        const expected = unpackedHistory(
          steps.map(({ claimed, by, files }, position): CommitRevisions => {
            return { commit: commitAt(claimed, by, position), files }
          }),
        )
        expect(letters(records.filter(({ type }) => type !== ''))).toEqual(letters(expected.values()))
        const versions = steps.flatMap(({ files }) => files.filter((file) => file.path === configuration))
        const kept = records.find(({ type }) => type === '')?.revisions ?? []
        expect(kept.map((each) => (each.kind === 'written' ? { data: each.data } : each.kind))).toEqual(
          versions.map(({ content: each }) => (each === null ? 'removed' : 'data' in each ? each : 'unreadable')),
        )
        expect(Array.from({ length: packed.length }, (__, position) => packed.commitAt(position))).toEqual(
          steps.map(({ claimed, by }, position) => ({ commit: idOf(position), claimed, by })),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('keeps a long log once, and a value that many share once', () => {
    const log: { at: string; note: string }[] = []
    const packed = new PackedHistory()
    const ids = 40
    for (let position = 0; position < 300; position++) {
      log.push({ at: `entry ${position}`, note: 'x'.repeat(100) })
      const files = [{ path: 'records/incident/INC-1.yaml', content: { data: { id: 'INC-1', log: [...log] } } }]
      packed.add({ commit: idOf(position), claimed: position, by: 'ada' }, files, () => false)
    }
    const { values, cells, revisions, commits: text } = packed.pack()
    expect(text.length).toBe(300 * ids)
    expect(values.texts.bytes.length).toBeLessThan(300 * 160)
    expect(cells.length + revisions.length + values.lists.length).toBeLessThan(300 * 15)
  })
})

describe('values as text', () => {
  test('come back as they were, also those that JSON cannot tell', () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(valueOfText(textOfValue(each))).toStrictEqual(each)
      }),
    )
  })
})
