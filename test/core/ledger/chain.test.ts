import { describe, expect, test } from 'vitest'
import { followChain } from '../../../src/core/ledger/chain.ts'
import { entryPath, entryText, parseEntry } from '../../../src/core/ledger/entry.ts'
import { ledgerFiles } from '../../support/ledger.ts'

const commit = (digit: string) => digit.repeat(40)
const seen = ['a', 'b', 'c', 'd'].map((digit, day) => ({ tip: commit(digit), at: `2026-03-0${day + 1}T09:00:00Z` }))

describe('the chain of the ledger', () => {
  test('holds to its end where every entry follows the one before', () => {
    const { entries, broken } = followChain(ledgerFiles(seen).toReversed())
    expect(broken).toBeUndefined()
    expect(entries.map(({ sequence, tip, previousTip }) => ({ sequence, tip, previousTip }))).toEqual([
      { sequence: 1, tip: commit('a'), previousTip: null },
      { sequence: 2, tip: commit('b'), previousTip: commit('a') },
      { sequence: 3, tip: commit('c'), previousTip: commit('b') },
      { sequence: 4, tip: commit('d'), previousTip: commit('c') },
    ])
  })

  test('an empty ledger is sound', () => {
    expect(followChain([])).toEqual({ entries: [] })
  })

  test('a changed entry breaks it at the next one, which named the old bytes, and neither is believed', () => {
    const files = ledgerFiles(seen)
    const forged = files.map((file, at) =>
      at === 1 ? { ...file, text: file.text.replace('03-02', '03-01'), digest: `sha256:${'0'.repeat(64)}` } : file,
    )
    expect(followChain(forged)).toMatchObject({
      entries: [{ sequence: 1 }],
      broken: { rule: 'ledger-chain', path: entryPath(3), message: expect.stringContaining('another entry 2') },
    })
  })

  test.each([
    ['an entry left out', (files: Files) => files.filter((_, at) => at !== 1), 'ledger-layout', 1],
    ['an entry that is no JSON', (files: Files) => replaced(files, 2, 'words\n'), 'ledger-entry-readable', 2],
    ['an entry that is no file', (files: Files) => replaced(files, 2, null), 'ledger-entry-readable', 2],
    [
      'a foreign file',
      (files: Files) => [...files, { path: 'entries/0000/00/x', text: '', digest: '' }],
      'ledger-layout',
      4,
    ],
    [
      'a first entry that follows another',
      (files: Files) => files.slice(1).map((file, at) => ({ ...file, path: entryPath(at + 1) })),
      'ledger-chain',
      0,
    ],
  ])('%s is named, and nothing from there on is believed', (_, spoil, rule, believed) => {
    const { entries, broken } = followChain(spoil(ledgerFiles(seen)))
    expect(broken).toMatchObject({ rule })
    expect(entries).toHaveLength(believed)
  })

  test('an entry dated before the one before it, or that follows another tip, breaks it', () => {
    const early = seen.map((each, at) => (at === 2 ? { ...each, at: '2026-02-01T09:00:00Z' } : each))
    expect(followChain(ledgerFiles(early))).toMatchObject({ broken: { rule: 'ledger-time', path: entryPath(3) } })
    const elsewhere = seen.map((each, at) => (at === 2 ? { ...each, more: { previousTip: commit('f') } } : each))
    expect(followChain(ledgerFiles(elsewhere))).toMatchObject({ broken: { rule: 'ledger-chain', path: entryPath(3) } })
  })
})

type Files = readonly { readonly path: string; readonly text: string | null; readonly digest: string }[]

function replaced(files: Files, at: number, text: string | null): Files {
  return files.map((file, index) => (index === at ? { ...file, text } : file))
}

describe('an entry', () => {
  const [first] = ledgerFiles(seen)
  const text = first?.text ?? ''

  test('says what it said when it was written', () => {
    const entry = parseEntry(text)
    expect(entry).toMatchObject({ sequence: 1, event: 'baseline', tip: commit('a'), branch: 'main', run: null })
    expect(typeof entry === 'string' ? entry : entryText(entry)).toBe(text)
  })

  test.each([
    ['another version', text.replace('"version": 1', '"version": 2'), 'it is of version 2, not 1'],
    ['a time that does not exist', text.replace('2026-03-01', '2026-02-30'), 'its time is no instant'],
    ['a short commit', text.replace(commit('a'), 'abc1234'), 'its tip is no commit'],
    ['an unknown field', text.replace('"run"', '"note": "x",\n  "run"'), 'it is not written as GitSM writes entries'],
    [
      'a field twice',
      text.replace('"run": null', '"run": null,\n  "run": null'),
      'it is not written as GitSM writes entries',
    ],
    ['other white space', text.trim(), 'it is not written as GitSM writes entries'],
    ['a list', '[]', 'it is no JSON object'],
    [
      'a first one that follows another',
      text.replace('"previous_tip": null', `"previous_tip": "${commit('b')}"`),
      'it is the first and names one before it',
    ],
    ['an unknown event', text.replace('baseline', 'merge'), 'its event is none of baseline, push, rewritten'],
  ])('with %s is refused by name', (_, spoilt, why) => {
    expect(parseEntry(spoilt)).toBe(why)
  })

  test('lies in a folder that never holds more than two hundred others', () => {
    const folders = new Map<string, Set<string>>()
    for (let sequence = 1; sequence <= 30_000; sequence++) {
      const steps = entryPath(sequence).split('/')
      for (let depth = 1; depth < steps.length; depth++) {
        const folder = steps.slice(0, depth).join('/')
        folders.set(folder, (folders.get(folder) ?? new Set()).add(steps[depth] ?? ''))
      }
    }
    expect(Math.max(...[...folders.values()].map(({ size }) => size))).toBeLessThanOrEqual(200)
    expect(entryPath(12_345)).toBe('entries/0001/23/00012345.json')
  })
})
