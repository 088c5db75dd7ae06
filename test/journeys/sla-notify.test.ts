import { describe, expect, test } from 'vitest'
import { formatInstant, type Instant } from '../../src/core/instant.ts'
import { slaNotify, slaWatchAndNotify } from '../../src/journeys/sla-notify.ts'
import { slaWatch } from '../../src/journeys/sla-watch.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { type StandIn, startGitHub } from '../support/github/stand-in.ts'
import { instant } from '../support/life.ts'
import type { TestRepo } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const hour = 3600
const options = { within: 0, back: 7 * 24 * hour, next: 20 }

/** 2026-03-02 is a Monday; the incident is a P1, so its clocks run around the clock. */
const born = '2026-03-02T09:00:00Z'
const file = incidentFile('INC-1')
const hostile = '"It is <img src=x> @acme/cab | ](javascript:x) slow"'

function told(state: string, more: Readonly<Record<string, string>> = {}): string {
  const fields = {
    impact: 'high',
    urgency: 'high',
    priority: 'P1',
    team: 'operations',
    opened_at: born,
    title: hostile,
  }
  return incident('INC-1', state, { ...fields, ...more })
}

interface Watched {
  readonly repo: TestRepo
  readonly stand: StandIn
  readonly look: (at: string) => Promise<{ readonly told: readonly { outcome: string }[]; readonly gap: unknown }>
  readonly issue: () => Promise<{ title: string; body: string; state: string; number: number } | undefined>
  readonly comments: () => Promise<readonly string[]>
}

/** The incident on GitHub, and a watch that looks at chosen times, as two jobs do. */
async function watched(): Promise<Watched> {
  const repo = webshop({ at: born, by: 'ada', write: { [file]: told('new') } })
  const stand = await startGitHub({ people: ['ada', 'bob'] })
  const worldAt = (at: string): World => {
    const base = worldOf(repo.dir)
    // A connection that has no time to wait.
    return { ...base, now: instant(at), env: { ...base.env, ...stand.env }, ...{ second: 1 } }
  }
  const issue: Watched['issue'] = async () => (await stand.issues()).find(({ title }) => title.includes('resolution'))
  return {
    repo,
    stand,
    look: async (at) => {
      const world = worldAt(at)
      const env = { PATH: world.env['PATH'], HOME: world.env['HOME'] }
      const { out } = await slaWatch({ ...world, env }, options)
      return JSON.parse((await slaNotify(world, { notices: JSON.stringify(JSON.parse(out)), gap: hour })).out)
    },
    issue,
    comments: async () => {
      const number = (await issue())?.number
      return number === undefined ? [] : (await stand.comments(number)).map(({ body }) => body)
    },
  }
}

/** What stands on GitHub in the end, without what tells when somebody looked. */
async function standing({ stand }: Watched) {
  const issues = await stand.issues()
  return issues
    .filter(({ title }) => title !== 'SLA watch')
    .map(({ title, body, state }) => ({ title, state, body: body.replace(/127\.0\.0\.1:\d+/g, 'host') }))
    .toSorted((a, b) => (a.title < b.title ? -1 : 1))
}

describe('a clock that runs out', () => {
  test('is told once when it is at risk and once when it is breached, and closed when it has ended', async () => {
    const shop = await watched()
    await shop.look('2026-03-02T09:05:00Z')
    expect(await shop.issue()).toBeUndefined()
    await shop.look('2026-03-02T12:10:00Z')
    const risk = await shop.issue()
    expect(risk?.title).toMatch(/^INC-1: resolution at risk \(/)
    expect(risk?.body).toMatch(/\nTo @ada @bob/)
    expect(await shop.comments()).toEqual([])
    await shop.look('2026-03-02T13:10:00Z')
    expect((await shop.issue())?.title).toContain('resolution breached (')
    expect(await shop.comments()).toEqual([
      expect.stringMatching(/was exceeded at 2026-03-02 13:00 UTC\.\*\*\n\nTo @ada/),
    ])
    const fields = { resolution_code: 'fixed', resolution: 'Done' }
    shop.repo.commit({ at: '2026-03-02T13:30:00Z', by: 'ada', write: { [file]: told('resolved', fields) } })
    await shop.look('2026-03-02T13:40:00Z')
    expect(await shop.issue()).toMatchObject({ state: 'closed', title: expect.stringContaining('breached, ended') })
    expect(await shop.comments()).toHaveLength(1)
  })

  test('is told once, however often somebody looks, also at the same minute and at once', async () => {
    const shop = await watched()
    for (const at of ['09:05', '12:10', '12:10', '13:10', '13:10', '13:40']) await shop.look(`2026-03-02T${at}:00Z`)
    const { told } = await shop.look('2026-03-02T13:40:00Z')
    expect(told.every(({ outcome }) => outcome === 'kept')).toBe(true)
    expect((await shop.stand.issues()).filter(({ title }) => title.includes('resolution'))).toHaveLength(1)
    expect(await shop.comments()).toHaveLength(1)
  })

  test('is told the same by a watch that came three days late, and the gap is named', async () => {
    const [always, late] = [await watched(), await watched()]
    for (const at of ['09:05', '12:10', '13:10']) await always.look(`2026-03-02T${at}:00Z`)
    await always.look('2026-03-05T13:10:00Z')
    await late.look('2026-03-02T09:05:00Z')
    const { gap } = await late.look('2026-03-05T13:10:00Z')
    expect(gap).toEqual({ from: '2026-03-02T09:05:00Z', until: '2026-03-05T13:10:00Z' })
    expect(await standing(late)).toEqual(await standing(always))
    const watch = (await late.stand.issues()).find(({ title }) => title === 'SLA watch')
    expect(watch?.body).toContain('- 2026-03-02 09:05 to 2026-03-05 13:10 UTC')
  })

  test('is told when it ended while nobody looked', async () => {
    const shop = await watched()
    await shop.look('2026-03-02T09:05:00Z')
    const fields = { resolution_code: 'fixed', resolution: 'Done' }
    shop.repo.commit({ at: '2026-03-02T13:30:00Z', by: 'ada', write: { [file]: told('resolved', fields) } })
    await shop.look('2026-03-04T09:00:00Z')
    expect(await shop.issue()).toMatchObject({ state: 'closed', title: expect.stringContaining('breached, ended') })
  })

  test('is closed with a word when the record is cancelled in time', async () => {
    const shop = await watched()
    await shop.look('2026-03-02T12:10:00Z')
    const cancelled = told('cancelled', { cancel_reason: 'not_an_incident' })
    shop.repo.commit({ at: '2026-03-02T12:20:00Z', by: 'ada', write: { [file]: cancelled } })
    await shop.look('2026-03-02T12:25:00Z')
    expect((await shop.issue())?.state).toBe('closed')
    expect(await shop.comments()).toEqual([expect.stringContaining('not at risk any more')])
    await shop.look('2026-03-02T12:40:00Z')
    expect(await shop.comments()).toHaveLength(1)
  })

  test('that had ended before the first look is history', async () => {
    const shop = await watched()
    const fields = { resolution_code: 'fixed', resolution: 'Done' }
    shop.repo.commit({ at: '2026-03-02T13:30:00Z', by: 'ada', write: { [file]: told('resolved', fields) } })
    for (const at of ['2026-03-03T09:00:00Z', '2026-03-03T09:15:00Z']) await shop.look(at)
    expect((await shop.stand.issues()).map(({ title }) => title)).toEqual(['SLA watch'])
  })

  test('is told without what a title would do to a page, and to nobody whom it names', async () => {
    const shop = await watched()
    await shop.look('2026-03-02T12:10:00Z')
    const body = (await shop.issue())?.body ?? ''
    expect(body).not.toMatch(/@acme\/cab|<img|(?<!\\)\]\(javascript/)
  })
})

describe('GitHub that fails', () => {
  const posting = 'POST /repos/{owner}/{repo}/issues'
  const commenting = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'

  test('after it took a notice lets none be told twice', async () => {
    const shop = await watched()
    shop.stand.faults.add({ route: posting, kind: 'lost answer' })
    shop.stand.faults.add({ route: commenting, kind: 'lost answer' })
    for (const at of ['12:10', '13:10', '13:20']) await shop.look(`2026-03-02T${at}:00Z`)
    expect(shop.stand.faults.struck).toHaveLength(2)
    const titles = (await shop.stand.issues()).map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
    expect(await shop.comments()).toHaveLength(1)
  })

  test('is no success, and the next run tells what is left', async () => {
    const shop = await watched()
    shop.stand.faults.add({ route: posting, kind: '500', times: 50, after: 1 })
    await expect(shop.look('2026-03-02T12:10:00Z')).rejects.toMatchObject({ code: 4 })
    shop.stand.faults.clear()
    await shop.look('2026-03-02T12:20:00Z')
    expect((await shop.issue())?.title).toContain('at risk')
    expect((await shop.stand.issues()).filter(({ title }) => title.includes('response'))).toHaveLength(1)
  })
})

describe('the watch', () => {
  test('can look and tell in one step', async () => {
    const shop = await watched()
    const base = worldOf(shop.repo.dir)
    const world = { ...base, now: instant('2026-03-02T12:10:00Z'), env: { ...base.env, ...shop.stand.env } }
    expect(JSON.parse((await slaWatchAndNotify(world, options, hour)).out).told).toContainEqual(
      expect.objectContaining({ clock: expect.stringContaining('sla:INC-1:'), outcome: 'raised' }),
    )
  })

  test('lists what falls due next, the same at any time before', async () => {
    const { repo } = await watched()
    const next = async (at: Instant) => {
      const { out } = await slaWatch({ ...worldOf(repo.dir), now: at }, options)
      return JSON.parse(out).next.filter(({ target }: { target: string }) => target === 'resolution')
    }
    const early = await next(instant('2026-03-02T09:01:00Z'))
    expect(early.map(({ what, at }: { what: string; at: string }) => `${what} ${at}`)).toEqual([
      'at_risk 2026-03-02T12:00:00Z',
      'due 2026-03-02T13:00:00Z',
    ])
    expect(await next(instant('2026-03-02T11:59:00Z'))).toEqual(early)
  })

  test('believes nothing that it is handed', async () => {
    const { repo, stand } = await watched()
    const base = worldOf(repo.dir)
    const world = { ...base, env: { ...base.env, ...stand.env } }
    const asOf = formatInstant(base.now)
    for (const notices of [
      '{',
      JSON.stringify({ version: 1, asOf, back: 1, complete: true, notices: [{}], next: [] }),
    ]) {
      await expect(slaNotify(world, { notices, gap: hour })).rejects.toMatchObject({ code: 3 })
    }
    expect(await stand.issues()).toEqual([])
  })
})
