import { describe, expect, test } from 'vitest'
import type { MainlineCommit } from '../../src/core/history.ts'
import type { Data } from '../../src/core/record.ts'
import { stepsOf } from '../../src/core/steps.ts'
import { moments, timeline } from '../../src/core/timeline.ts'
import { type CommitRevisions, unpackedHistory } from '../support/unpacked-history.ts'

function commitAt(position: number, at: number): MainlineCommit {
  return { commit: `c${position}`, position, at, provenance: 'claimed', by: 'ada' }
}

/**
 * A history from what each commit (one every 100 s) left in each file; `null` removes, a text is why it is unreadable.
 */
function history(...commits: Readonly<Record<string, Data | string | null>>[]) {
  return unpackedHistory(
    commits.map(
      (files, position): CommitRevisions => ({
        commit: commitAt(position, position * 100),
        files: Object.entries(files).map(([path, content]) => ({
          path,
          content: content === null ? null : typeof content === 'string' ? { reason: content } : { data: content },
        })),
      }),
    ),
  )
}

const file = 'records/incident/2026/11/INC-1.yaml'

function stretches(commits: ReturnType<typeof history>, key = 'incident/INC-1') {
  const found = commits.get(key)
  return found ? timeline(found).map(({ state, gap, from, until }) => [gap ?? state, from, until]) : undefined
}

describe('steps of an edit', () => {
  test('a new state without a log entry is one step', () => {
    expect(stepsOf({ state: 'new' }, { state: 'in_progress' })).toEqual([{ state: 'in_progress' }])
  })

  test('new log entries name each step, in order', () => {
    const before = { state: 'new', log: [{ at: '2026-01-01T00:00:00Z', state: 'new' }] }
    const after = {
      state: 'resolved',
      log: [
        ...before.log,
        { at: '2026-01-01T00:01:40Z', state: 'in_progress' },
        { note: 'a note between' },
        { at: '2026-01-01T00:03:20Z', state: 'resolved' },
      ],
    }
    expect(stepsOf(before, after)).toEqual([
      { state: 'in_progress', entry: 1, declared: 1_767_225_700 },
      { state: 'resolved', entry: 3, declared: 1_767_225_800 },
    ])
  })

  test('a record is born in the first state that its log names', () => {
    expect(
      stepsOf(undefined, { state: 'in_progress', log: [{ state: 'new' }, { state: 'in_progress' }] }),
    ).toMatchObject([{ state: 'new' }, { state: 'in_progress' }])
  })

  test('an edit that stays in its state takes no step, whatever its notes name', () => {
    expect(stepsOf({ state: 'new' }, { state: 'new', title: 'x', log: [{ state: 'new' }] })).toEqual([])
  })

  test('there and back again is two steps', () => {
    const log = [{ state: 'on_hold', hold_reason: 'awaiting_caller' }, { state: 'in_progress' }]
    expect(stepsOf({ state: 'in_progress' }, { state: 'in_progress', log })).toMatchObject([
      { state: 'on_hold', holdReason: 'awaiting_caller' },
      { state: 'in_progress' },
    ])
  })
})

describe('timelines', () => {
  test('states follow one another at the times of the mainline', () => {
    const states = ['new', 'new', 'in_progress', 'resolved']
    expect(stretches(history(...states.map((state) => ({ [file]: { id: 'INC-1', state } }))))).toEqual([
      ['new', 0, 200],
      ['in_progress', 200, 300],
      ['resolved', 300, null],
    ])
  })

  test('several steps of one commit have no length but the last', () => {
    const log = [{ state: 'in_progress' }, { state: 'resolved' }]
    expect(
      stretches(
        history({ [file]: { id: 'INC-1', state: 'new' } }, { [file]: { id: 'INC-1', state: 'resolved', log } }),
      ),
    ).toEqual([
      ['new', 0, 100],
      ['in_progress', 100, 100],
      ['resolved', 100, null],
    ])
  })

  test('a moved file is the same record', () => {
    const moved = 'records/incident/2026/12/INC-1.yaml'
    expect(
      stretches(
        history(
          { [file]: { id: 'INC-1', state: 'new' } },
          { [file]: null, [moved]: { id: 'INC-1', state: 'new' } },
          { [moved]: { id: 'INC-1', state: 'in_progress' } },
        ),
      ),
    ).toEqual([
      ['new', 0, 200],
      ['in_progress', 200, null],
    ])
  })

  test('a record made from the text of another inherits nothing', () => {
    const other = 'records/incident/2026/11/INC-2.yaml'
    const commits = history({ [file]: { id: 'INC-1', state: 'closed' } }, { [other]: { id: 'INC-2', state: 'new' } })
    expect(stretches(commits, 'incident/INC-2')).toEqual([['new', 100, null]])
  })

  test('an unreadable version is a named gap, and what was known before it stands for the clocks', () => {
    const commits = history(
      { [file]: { id: 'INC-1', state: 'new' } },
      { [file]: 'duplicate key (line 3)' },
      { [file]: { id: 'INC-1', state: 'in_progress' } },
    )
    expect(stretches(commits)).toEqual([
      ['new', 0, 100],
      ['duplicate key (line 3)', 100, 200],
      ['in_progress', 200, null],
    ])
    const found = commits.get('incident/INC-1')
    expect(found && moments(found).map(({ state, recorded }) => [state, recorded])).toEqual([
      ['new', 0],
      ['in_progress', 200],
    ])
  })

  test('a removal is told, and a record that comes back goes on', () => {
    expect(
      stretches(
        history({ [file]: { id: 'INC-1', state: 'new' } }, { [file]: null }, { [file]: { id: 'INC-1', state: 'new' } }),
      ),
    ).toEqual([
      ['new', 0, 100],
      ['the record was removed', 100, 200],
      ['new', 200, null],
    ])
  })

  test('a file whose id changes ends one record and begins another', () => {
    const commits = history({ [file]: { id: 'INC-1', state: 'new' } }, { [file]: { id: 'INC-9', state: 'new' } })
    expect(stretches(commits)).toEqual([
      ['new', 0, 100],
      ['the record was removed', 100, null],
    ])
    expect(stretches(commits, 'incident/INC-9')).toEqual([['new', 100, null]])
  })

  test('another reason to wait is another stretch', () => {
    const held = (hold_reason: string) => ({ [file]: { id: 'INC-1', state: 'on_hold', hold_reason } })
    expect(stretches(history(held('awaiting_caller'), held('awaiting_vendor')))).toEqual([
      ['on_hold', 0, 100],
      ['on_hold', 100, null],
    ])
  })
})
