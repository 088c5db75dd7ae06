import { describe, expect, test } from 'vitest'
import { explain } from '../../src/journeys/explain.ts'
import { sla } from '../../src/journeys/sla.ts'
import { timeline } from '../../src/journeys/timeline.ts'
import { verify } from '../../src/journeys/verify.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import type { TestRepo } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const file = incidentFile('INC-1')
const resolved = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
const notes = { 'NOTES.md': 'Nothing of note\n' }

/** An incident opened at nine and taken at ten past, and a commit that resolved it and is dated as given. */
function resolvedAt(at: string): { readonly repo: TestRepo; readonly stop: string } {
  const repo = webshop(
    { at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } },
    { at: '2026-03-02T09:10:00Z', write: { [file]: incident('INC-1', 'in_progress', { team: 'operations' }) } },
  )
  return { repo, stop: repo.commit({ at, write: { [file]: incident('INC-1', 'resolved', resolved) } }) }
}

async function told(run: (world: World) => Promise<{ readonly out: string }>, repo: TestRepo, format: World['format']) {
  return (await run({ ...worldOf(repo.dir), format })).out
}

const findingsOf = async (repo: TestRepo) => {
  const { findings } = JSON.parse(await told((world) => verify(world, {}), repo, 'json'))
  return findings.map(({ rule, commit, message }: Record<string, string>) => ({ rule, commit, message }))
}

describe('a resolution dated years ahead', () => {
  const ahead = () => {
    const { repo, stop } = resolvedAt('2031-01-01T00:00:00Z')
    repo.commit({ at: '2026-03-09T09:00:00Z', write: notes })
    return { repo, stop }
  }

  test('is found by verify, as text and as a page, too', async () => {
    const { repo, stop } = ahead()
    expect(await findingsOf(repo)).toEqual([
      {
        rule: 'commit-date-ahead',
        commit: stop,
        message: expect.stringMatching(
          /^It is dated 2031-01-01 00:00 UTC, .* after a commit that came later \(2026-03-09 09:00\)$/,
        ),
      },
    ])
    expect(await told((world) => verify(world, {}), repo, 'text')).toContain('commit-date-ahead\n')
    expect(await told((world) => verify(world, {}), repo, 'markdown')).toMatch(
      /\| `commit-date-ahead` \| {2}\| It is dated/,
    )
  })

  test('is never met without a word: the reading, the sum and the verdict say that it is not proved', async () => {
    const { repo } = ahead()
    const json = JSON.parse(await told((world) => sla(world, { ids: ['INC-1'] }), repo, 'json'))
    expect(json.readings).toMatchObject([
      { target: 'resolution', status: 'met', stop: '2026-03-02T09:10:00Z', doubtful: true },
      { target: 'response', status: 'met', doubtful: false },
    ])
    expect(json.summary.doubtful).toBe(1)
    const text = await told((world) => sla(world, { ids: ['INC-1'] }), repo, 'text')
    expect(text).toContain('met, date in doubt')
    expect(text).toContain('1 of them rests on a date in doubt')
    expect(await told((world) => explain(world, 'INC-1'), repo, 'text')).toMatch(/was met with .* not proved$/m)
  })

  test('is labelled at each instant that rests on it', async () => {
    const { repo, stop } = ahead()
    const label = 'claimed, in doubt: dated 2031-01-01 00:00, ahead of others'
    expect(await told((world) => timeline(world, 'INC-1'), repo, 'text')).toMatch(
      new RegExp(`^resolved .* ${stop.slice(0, 10)} .*${label}$`, 'm'),
    )
    const life = JSON.parse(await told((world) => timeline(world, 'INC-1'), repo, 'json'))
    expect(life.entries.at(-1)).toMatchObject({ doubt: { kind: 'ahead', claimed: '2031-01-01T00:00:00Z' } })
    expect(life.entries[0]).not.toHaveProperty('doubt')
    for (const format of ['text', 'markdown'] as const) {
      expect(await told((world) => explain(world, 'INC-1'), repo, format)).toContain(label)
    }
    const account = JSON.parse(await told((world) => explain(world, 'INC-1'), repo, 'json'))
    expect(account.clocks[0].end).toMatchObject({ commit: stop, doubt: { kind: 'ahead' } })
  })

  test('is found at the tip, where only the clock of whoever asks speaks against it', async () => {
    const { repo, stop } = resolvedAt('2031-01-01T00:00:00Z')
    expect(await findingsOf(repo)).toMatchObject([{ rule: 'commit-date-ahead', commit: stop }])
  })

  test('leaves no doubt where the ledger saw it, and is found all the same', async () => {
    const { repo, stop } = resolvedAt('2031-01-01T00:00:00Z')
    const [root = ''] = repo.git(['rev-list', '--max-parents=0', 'HEAD']).split('\n')
    writeLedger(
      repo,
      ledgerFiles([
        { tip: root, at: '2026-01-01T00:01:00Z' },
        { tip: stop, at: '2026-03-03T09:00:00Z' },
      ]),
    )
    expect(await findingsOf(repo)).toMatchObject([{ rule: 'commit-date-ahead', commit: stop }])
    const { readings } = JSON.parse(await told((world) => sla(world, { ids: ['INC-1'] }), repo, 'json'))
    expect(readings[0]).toMatchObject({ stop: '2026-03-03T09:00:00Z', doubtful: false })
  })
})

describe('a resolution dated before the incident', () => {
  test('is found, and the reading that it stops is in doubt', async () => {
    const { repo, stop } = resolvedAt('2026-03-01T09:00:00Z')
    expect(await findingsOf(repo)).toMatchObject([{ rule: 'commit-date-behind', commit: stop }])
    const { readings } = JSON.parse(await told((world) => sla(world, { ids: ['INC-1'] }), repo, 'json'))
    expect(readings[0]).toMatchObject({ target: 'resolution', doubtful: true })
  })

  test('is what clocks of different machines write, if it is minutes only: nothing is found', async () => {
    const { repo } = resolvedAt('2026-03-02T09:08:00Z')
    repo.commit({ at: '2026-03-09T09:00:00Z', write: notes })
    expect(await findingsOf(repo)).toEqual([])
    const { readings } = JSON.parse(await told((world) => sla(world, { ids: ['INC-1'] }), repo, 'json'))
    expect(readings[0]).toMatchObject({ target: 'resolution', doubtful: false })
  })
})
