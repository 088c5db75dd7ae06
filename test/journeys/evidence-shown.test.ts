import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { explain } from '../../src/journeys/explain.ts'
import { sla } from '../../src/journeys/sla.ts'
import { timeline } from '../../src/journeys/timeline.ts'
import { verify } from '../../src/journeys/verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import type { TestRepo } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const file = incidentFile('INC-1')
const fields = { team: 'operations' }
const resolved = { ...fields, resolution_code: 'fixed', resolution: 'Restarted' }

/**
 * An incident, opened at nine; somebody took it at ten and resolved it at noon, if one believes the commits. It was
 * pushed at five past nine, and in the evening.
 */
function shop(): { readonly repo: TestRepo; readonly ids: readonly string[] } {
  const repo = webshop(
    { at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } },
    { at: '2026-03-02T10:00:00Z', write: { [file]: incident('INC-1', 'in_progress', fields) } },
    { at: '2026-03-02T12:00:00Z', write: { [file]: incident('INC-1', 'resolved', resolved) } },
  )
  return { repo, ids: repo.git(['rev-list', '--reverse', 'HEAD']).split('\n') }
}

function keptLedger({ repo, ids }: ReturnType<typeof shop>): TestRepo {
  const [root = '', opened = '', , last = ''] = ids
  writeLedger(
    repo,
    ledgerFiles([
      { tip: root, at: '2026-01-01T00:01:00Z' },
      { tip: opened, at: '2026-03-02T09:05:00Z' },
      { tip: last, at: '2026-03-02T18:00:00Z' },
    ]),
  )
  return repo
}

function worldHearing(repo: TestRepo, format: 'json' | 'text' | 'markdown') {
  const heard: string[] = []
  const program = fileURLToPath(import.meta.url)
  return { heard, world: { ...worldOf(repo.dir), program, format, say: (line: string) => void heard.push(line) } }
}

describe('how times are known', () => {
  test('backdated commits gain nothing once the ledger saw them: the clock stops when they were pushed', async () => {
    const plain = worldHearing(shop().repo, 'json')
    const before = JSON.parse((await sla(plain.world, { ids: ['INC-1'] })).out)
    expect(before.readings).toMatchObject([
      { target: 'resolution', stop: '2026-03-02T12:00:00Z', provenance: 'claimed' },
      { target: 'response', stop: '2026-03-02T10:00:00Z', provenance: 'claimed' },
    ])
    expect(before.evidence).toEqual({
      commits: { attested: 0, signed: 0, observed: 0, claimed: 4 },
      ledger: null,
      anchor: null,
      findings: [],
      doubted: [],
      notes: [],
    })
    const kept = worldHearing(keptLedger(shop()), 'json')
    const after = JSON.parse((await sla(kept.world, { ids: ['INC-1'] })).out)
    expect(after.readings).toMatchObject([
      { target: 'resolution', start: '2026-03-02T09:00:00Z', stop: '2026-03-02T18:00:00Z' },
      { target: 'response', start: '2026-03-02T09:00:00Z', stop: '2026-03-02T18:00:00Z', status: 'breached' },
    ])
    expect(after.evidence.anchor).toEqual({ sequence: 3, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) })
    expect(after.evidence.commits).toEqual({ attested: 3, signed: 0, observed: 0, claimed: 1 })
    expect(kept.heard).toEqual([])
  })

  test('stands beside each instant of a timeline, and in its sum', async () => {
    const repo = keptLedger(shop())
    repo.commit({ at: '2026-03-03T09:00:00Z', write: { [file]: incident('INC-1', 'closed', resolved) } })
    const told = JSON.parse((await timeline(worldHearing(repo, 'json').world, 'INC-1')).out)
    expect(told.entries).toMatchObject([
      { state: 'new', from: '2026-03-02T09:05:00Z', provenance: 'attested' },
      { state: 'in_progress', from: '2026-03-02T18:00:00Z', provenance: 'attested' },
      { state: 'resolved', from: '2026-03-02T18:00:00Z', provenance: 'attested' },
      { state: 'closed', from: '2026-03-03T09:00:00Z', provenance: 'claimed' },
    ])
    const { out } = await timeline(worldHearing(repo, 'text').world, 'INC-1')
    expect(out).toMatch(/^resolved .* attested$/m)
    expect(out).toMatch(/^closed .* claimed$/m)
    expect(out).toContain('1 of 4 instants is claimed, 3 attested')
  })

  test('stands beside each edge of an account, and in the sum of clocks', async () => {
    const repo = keptLedger(shop())
    const { out } = await explain(worldHearing(repo, 'text').world, 'INC-1')
    expect(out).toMatch(/ada, attested/)
    const clocks = await sla(worldHearing(repo, 'text').world, { ids: ['INC-1'] })
    expect(clocks.out).toMatch(/^Weakest time that each clock rests on: /m)
  })

  test('whoever reads times hears of dates that cannot be right', async () => {
    const { repo } = shop()
    const forged = repo.commit({ at: '2001-01-01T00:00:00Z', write: { [file]: incident('INC-1', 'closed', resolved) } })
    const { world, heard } = worldHearing(repo, 'json')
    const told = JSON.parse((await sla(world, { ids: ['INC-1'] })).out)
    expect(told.evidence.doubted).toEqual([{ commit: forged, doubt: 'behind' }])
    expect(heard).toEqual([
      `note: 1 commit claims a time that others contradict, and counts as made when the commit before was: ${forged.slice(0, 10)} (behind)`,
    ])
  })

  test('whoever reads times hears that history was rewritten, and of a broken chain', async () => {
    const { repo, ids } = shop()
    keptLedger({ repo, ids })
    repo.git(['reset', '--quiet', '--hard', ids[1] ?? ''])
    repo.commit({ at: '2026-03-02T09:30:00Z', write: { [file]: incident('INC-1', 'resolved', resolved) } })
    for (const read of [sla, timeline, explain] as const) {
      const { world, heard } = worldHearing(repo, 'json')
      await (read === sla
        ? sla(world, { ids: ['INC-1'] })
        : read === timeline
          ? timeline(world, 'INC-1')
          : explain(world, 'INC-1'))
      expect(heard.join('\n')).toContain(`warning: The mainline was rewritten. It ended in ${ids[3]?.slice(0, 10)}`)
    }
    const { world } = worldHearing(repo, 'json')
    const told = JSON.parse((await sla(world, { ids: ['INC-1'] })).out)
    expect(told.evidence.findings).toMatchObject([{ rule: 'history-rewritten', commit: ids[3] }])
    // The rewritten commit claims half past nine, but the mainline then ended elsewhere until six in the evening.
    expect(told.readings[0]).toMatchObject({ target: 'resolution', stop: '2026-03-02T18:00:00Z' })
  })
})

describe('the ledger that times rest on', () => {
  const seen = (repo: TestRepo) => repo.git(['rev-list', '--reverse', 'HEAD']).split('\n')
  const line =
    'Ledger gitsm-ledger up to entry 2 (2026-03-02T18:00:00Z): 1 of 2 dated by hand, 1 written outside of any run'

  /** A ledger of two entries, of which a person wrote and dated the second. */
  function half(): TestRepo {
    const { repo } = shop()
    const [root = '', , , last = ''] = seen(repo)
    writeLedger(
      repo,
      ledgerFiles([
        { tip: root, at: '2026-01-01T00:01:00Z', more: { run: 'https://forge.example/runs/1' } },
        { tip: last, at: '2026-03-02T18:00:00Z', more: { source: 'argument' } },
      ]),
    )
    return repo
  }

  test('is named wherever times are told, with how many of its entries somebody dated', async () => {
    const repo = half()
    const commit = repo.git(['rev-parse', 'gitsm-ledger'])
    const { world } = worldHearing(repo, 'text')
    const texts = [
      await sla(world, { ids: ['INC-1'] }),
      await explain(world, 'INC-1'),
      await timeline(world, 'INC-1'),
      await verify(world, {}),
    ]
    for (const { out } of texts) expect(out).toContain(line)
    const json = worldHearing(repo, 'json').world
    const ledger = { ref: 'gitsm-ledger', commit, entries: 2, byHand: 1, withoutRun: 1 }
    for (const told of [
      await sla(json, { ids: ['INC-1'] }),
      await explain(json, 'INC-1'),
      await timeline(json, 'INC-1'),
    ]) {
      expect(JSON.parse(told.out).evidence).toMatchObject({ ledger, findings: [] })
    }
    expect(JSON.parse((await verify(json, {})).out).ledger).toEqual({ present: true, ...ledger, findings: [] })
  })
})

describe('a gate on clocks', () => {
  /** A ledger by which the incident was resolved nine hours late, and how somebody changed it. */
  function tampered(change: (repo: TestRepo) => void) {
    const repo = keptLedger(shop())
    repo.git(['checkout', '--quiet', 'gitsm-ledger'])
    change(repo)
    repo.git(['checkout', '--quiet', 'main'])
    return repo
  }
  const gate = (repo: TestRepo, format: 'json' | 'text') =>
    sla({ ...worldHearing(repo, format).world }, { ids: ['INC-1'], failOn: 'breached' })
  const swap = (repo: TestRepo, entry: number, from: string, to: string) => {
    const path = `entries/0000/00/0000000${entry}.json`
    const text = repo.git(['show', `HEAD:${path}`])
    expect(text).toContain(from)
    repo.commit({ at: '2026-03-04T09:00:00Z', by: 'mallory', write: { [path]: `${text.replace(from, to)}\n` } })
  }

  test('fails by clocks that are breached, and passes no other ledger for a better one', async () => {
    const { code, out } = await gate(
      tampered(() => {}),
      'text',
    )
    expect(code).toBe(1)
    expect(out).not.toContain('relied on')
  })

  test.each<[string, string, (repo: TestRepo) => void]>([
    ['a byte of an entry was changed', 'ledger-chain', (repo) => swap(repo, 2, '09:05:00', '09:05:01')],
    [
      'a byte of the last entry was changed, which nothing follows',
      'ledger-append-only',
      (repo) => swap(repo, 3, '18:00:00', '09:08:00'),
    ],
    [
      'an entry was removed',
      'ledger-append-only',
      (repo) => void repo.commit({ at: '2026-03-04T09:00:00Z', write: { 'entries/0000/00/00000003.json': null } }),
    ],
  ])('fails where %s, though no clock is late by what is left', async (_, rule, change) => {
    const repo = tampered(change)
    const told = await gate(repo, 'json')
    const json = JSON.parse(told.out)
    expect(json.readings.map(({ status }: { readonly status: string }) => status)).toEqual(['met', 'met'])
    expect(told.code).toBe(1)
    expect(json.evidence.findings.map(({ rule: found }: { readonly rule: string }) => found)).toContain(rule)
    const text = await gate(repo, 'text')
    expect(text.code).toBe(1)
    expect(text.out).toMatch(/^fail: these figures cannot be relied on \(.*\): ./m)
    const plain = await sla(worldHearing(repo, 'text').world, { ids: ['INC-1'] })
    expect(plain.code).toBe(0)
  })

  test('fails where the mainline was rewritten, and where the clone contradicts the ledger of its origin', async () => {
    const { repo, ids } = shop()
    keptLedger({ repo, ids })
    repo.git(['reset', '--quiet', '--hard', ids[1] ?? ''])
    expect(await gate(repo, 'text')).toMatchObject({ code: 1, out: expect.stringContaining('(history-rewritten)') })
    const own = tampered(() => {})
    own.git(['remote', 'add', 'origin', 'https://forge.example/shop'])
    own.git(['update-ref', 'refs/remotes/origin/gitsm-ledger', 'gitsm-ledger'])
    expect(await gate(own, 'text')).toMatchObject({ code: 1, out: expect.not.stringContaining('relied on') })
    own.git(['checkout', '--quiet', '-B', 'gitsm-ledger', 'gitsm-ledger~1'])
    own.commit({ at: '2026-03-04T09:00:00Z', write: { 'entries/0000/00/00000003.json': 'another\n' } })
    own.git(['checkout', '--quiet', 'main'])
    expect(await gate(own, 'text')).toMatchObject({ code: 1, out: expect.stringContaining('(ledger-diverged)') })
  })
})
