import { describe, expect, test } from 'vitest'
import { record } from '../../src/journeys/record.ts'
import { slaWatch } from '../../src/journeys/sla-watch.ts'
import { verify } from '../../src/journeys/verify.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { type StandIn, startGitHub } from '../support/github/stand-in.ts'
import { instant } from '../support/life.ts'
import { change } from '../support/mainline/offence.ts'
import { repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'
import { webshop } from '../support/webshop.ts'

const people = ['ada', 'carla', 'erik', 'fatima', 'grace', 'kate', 'lena', 'mallory']
const day = 86_400

interface Told {
  readonly code: number
  readonly decisions: readonly { readonly outcome: string; readonly met: boolean; readonly subject: string }[]
  readonly ratifications: readonly {
    readonly subject: string
    readonly due: string
    readonly overdue: boolean
    readonly pullRequest: number | null
    readonly because: string | null
  }[]
}

interface Watched {
  readonly notices: readonly { readonly record: string; readonly target: string }[]
  readonly next: readonly { readonly record: string; readonly target: string; readonly what: string }[]
}

function worldIn(stand: StandIn, repo: TestRepo): World {
  const world = worldOf(repo.dir)
  return { ...world, now: instant(stand.clock.now()), env: { ...world.env, ...stand.env } }
}

async function recorded(stand: StandIn, repo: TestRepo): Promise<Told> {
  repo.git(['pull', '--quiet', '--ff-only'])
  const { code, out } = await record(worldIn(stand, repo), { push: 'origin' })
  const told: Omit<Told, 'code'> = JSON.parse(out)
  return { code, ...told }
}

async function verified(stand: StandIn, repo: TestRepo): Promise<unknown> {
  return JSON.parse((await verify(worldIn(stand, repo), {})).out)
}

/** An emergency of Kate's that was merged at once, and the pull request that asks for its approval. */
async function emergency(
  before: (merged: { readonly stand: StandIn; readonly commit: string }) => Promise<readonly number[]> = async () => [],
) {
  const stand = await startGitHub({ from: webshop(), people, now: '2026-03-02T09:00:00Z' })
  const repo = repositoryIn(temporaryFolder())
  repo.git(['clone', '--quiet', '--template=', stand.bare, '.'])
  const bot = stand.user('github-actions[bot]')
  repo.git(['config', 'user.name', bot.login])
  repo.git(['config', 'user.email', `${bot.id}+${bot.login}@users.noreply.github.com`])
  await recorded(stand, repo)
  const files = change('CHG-PLANT-01', 'implement', '2026-03-02T09:00:00Z', 0, {
    change_type: 'emergency',
    actual_start: '2026-03-02T09:00:00Z',
    window_deviation_reason: 'At once',
    outage: undefined,
  })
  stand.push({ branch: 'fix', by: 'kate', files })
  const pull = await stand.open({ branch: 'fix', by: 'kate', title: 'Fix it' })
  const commit = stand.merge(pull, { by: 'kate' })
  const taken = await before({ stand, commit })
  const told = await recorded(stand, repo)
  const ratifying = told.ratifications[0]?.pullRequest ?? 0
  return { stand, repo, pull, commit, told, ratifying, taken }
}

describe('the ratification of an emergency', () => {
  test('is asked for once, by a pull request that names the commit and needs what the policy asked for', async () => {
    const { stand, repo, told, ratifying, commit } = await emergency()
    expect(told).toMatchObject({
      code: 0,
      decisions: [{ outcome: 'merged', met: false, subject: 'change/CHG-PLANT-01' }],
      ratifications: [{ subject: 'change/CHG-PLANT-01', overdue: false, because: null }],
    })
    expect(stand.pull(ratifying)).toMatchObject({ title: `Ratify CHG-PLANT-01 as ${commit.slice(0, 10)} brought it` })
    expect(stand.git(['diff', 'main', `refs/pull/${ratifying}/head`])).toContain(`ratifies: ${commit}`)
    expect((await recorded(stand, repo)).ratifications).toMatchObject([{ pullRequest: ratifying }])
    stand.closePull(ratifying)
    expect((await recorded(stand, repo)).ratifications).toMatchObject([{ pullRequest: ratifying }])
    expect(await verified(stand, repo)).toMatchObject({ verdict: 'pass', awaited: [{ id: 'CHG-PLANT-01' }] })
  })

  test('is asked for whatever strangers and writers opened under the same name before', async () => {
    const stranger = { branch: 'gitsm/fake', by: 'mallory', fork: 'mallory/fork' }
    const { stand, told, commit, taken } = await emergency(async ({ stand: place, commit: brought }) => {
      const title = `Ratify CHG-PLANT-01 as ${brought.slice(0, 10)} brought it`
      place.push({ ...stranger, files: { 'docs/fake.md': 'words' } })
      const fork = await place.open({ ...stranger, title })
      place.closePull(fork)
      return [fork]
    })
    const [asks] = told.ratifications
    expect(asks).toMatchObject({ because: null })
    expect(taken).not.toContain(asks?.pullRequest)
    expect(stand.git(['diff', 'main', `refs/pull/${asks?.pullRequest}/head`])).toContain(`ratifies: ${commit}`)
  })

  test('counts when it is given in time by somebody without a part in it, and verify says so', async () => {
    const { stand, repo, ratifying, commit } = await emergency()
    stand.clock.advance(day)
    stand.review(ratifying, { by: 'erik' })
    stand.clock.advance(5 * day)
    stand.merge(ratifying, { by: 'lena' })
    const told = await recorded(stand, repo)
    expect(told.decisions.map(({ outcome, met }) => [outcome, met])).toEqual([
      ['merged', true],
      ['ratified', true],
    ])
    expect(told).toMatchObject({ code: 0, ratifications: [] })
    expect(await verified(stand, repo)).toMatchObject({
      verdict: 'pass',
      awaited: [],
      authorised: [{ commit, id: 'CHG-PLANT-01', outcome: 'ratified', by: ['erik'] }, { id: 'CHG-PLANT-01' }],
    })
  })

  test('is a clock that the watch tells of: at risk before it is due, breached afterwards, over once it is given', async () => {
    const { stand, repo, ratifying } = await emergency()
    const looked = async () => {
      const { out } = await slaWatch(worldIn(stand, repo), { within: 0, back: 7 * day, next: 20 })
      const { notices, next }: Watched = JSON.parse(out)
      const own = (each: { readonly record: string; readonly target: string }) =>
        each.record === 'CHG-PLANT-01' && each.target === 'approval'
      return { notices: notices.filter(own), next: next.filter(own).map(({ what }) => what) }
    }
    expect(await looked()).toEqual({ notices: [], next: ['at_risk', 'due'] })
    stand.clock.advance(1.6 * day)
    expect(await looked()).toMatchObject({ notices: [{ status: 'running', breachedAt: null }], next: ['due'] })
    stand.clock.advance(day)
    expect(await looked()).toMatchObject({
      notices: [{ sla: 'change-authorisation', status: 'breached', due: '2026-03-04T09:00:06Z' }],
      next: [],
    })
    stand.clock.advance(-2.5 * day)
    stand.review(ratifying, { by: 'erik' })
    stand.merge(ratifying, { by: 'lena' })
    await recorded(stand, repo)
    expect(await looked()).toEqual({ notices: [], next: [] })
  })

  test('that came too late leaves the change unauthorised', async () => {
    const late = await emergency()
    late.stand.clock.advance(3 * day)
    late.stand.review(late.ratifying, { by: 'erik' })
    late.stand.merge(late.ratifying)
    await recorded(late.stand, late.repo)
    expect(await verified(late.stand, late.repo)).toMatchObject({
      verdict: 'fail',
      findings: [{ rule: 'approval-given', message: expect.stringContaining('too late') }],
    })
  })

  test('by whoever wrote it leaves the change unauthorised', async () => {
    const own = await emergency()
    own.stand.review(own.ratifying, { by: 'kate' })
    own.stand.merge(own.ratifying)
    own.stand.clock.advance(3 * day)
    const told = await recorded(own.stand, own.repo)
    expect(told).toMatchObject({
      code: 1,
      decisions: [{ outcome: 'merged', met: false }],
      ratifications: [{ overdue: true }],
    })
    expect(await verified(own.stand, own.repo)).toMatchObject({
      verdict: 'fail',
      findings: [{ rule: 'approval-given', commit: own.commit }, { rule: 'approval-given' }],
    })
  })
})
