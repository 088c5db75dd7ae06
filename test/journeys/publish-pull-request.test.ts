import { describe, expect, test } from 'vitest'
import { move } from '../../src/journeys/move.ts'
import { newRecord } from '../../src/journeys/new.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { type StandIn, startGitHub } from '../support/github/stand-in.ts'
import { cloneOf } from '../support/remote-shop.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const id = 'INC-20260302-AAAA'
const opened = { at: '2026-03-02T09:00:00Z', write: { [incidentFile(id)]: incident(id, 'new') } }
const step = { name: id, state: 'in_progress', set: ['team=operations'] }

/** The web shop on GitHub, and what somebody hears who works in a clone of it. */
async function onGitHub(guarded: readonly string[] = []) {
  const stand = await startGitHub({ from: webshop(opened), guarded, now: '2026-03-10T00:00:00Z' })
  const repo = cloneOf(stand.bare, 'ada')
  const said: string[] = []
  const plain = worldOf(repo.dir)
  const world: World = { ...plain, env: { ...plain.env, ...stand.env }, say: (line) => void said.push(line) }
  return { stand, repo, said, world, plain: { ...plain, say: world.say } }
}

function pullOf(stand: StandIn, out: string) {
  const { pullRequest } = JSON.parse(out)
  return { ...stand.pull(pullRequest.number), number: pullRequest.number, url: pullRequest.url }
}

describe('gitsm new and move with --pr', () => {
  const pr = { publication: { lane: 'pull_request' } } as const

  test('push a branch and open a pull request that says what it does and what happens next', async () => {
    const { stand, world, said } = await onGitHub()
    const { code, out } = await move(world, { ...step, ...pr })
    expect(code).toBe(0)
    const pull = pullOf(stand, out)
    expect(pull).toMatchObject({ title: `${id}: new → in_progress`, base: 'main', autoMerge: false })
    expect(pull.body).toContain(`| \`${id}\` | incident | new → in\\_progress |`)
    expect(pull.body).toContain('Nobody has to approve it.')
    expect(said).toEqual(['Once the check gitsm/gate has passed, it can be merged'])
    expect(stand.git(['show', `gitsm/${id}:${incidentFile(id)}`])).toContain('state: in_progress')
  })

  test('tell who has to approve', async () => {
    const { stand, world, said } = await onGitHub()
    const set = ['title=Night shift', 'members=[{ login: ada }]']
    const { out } = await newRecord(world, { type: 'team', set, ...pr })
    expect(said.join('\n')).toContain(
      'night-shift (added) needs 1 approval from service-board (new team of team-membership)',
    )
    expect(pullOf(stand, out).body).toContain('- night-shift (added) needs 1 approval from service-board')
  })

  test('a title from a record shapes nothing of the pull request', async () => {
    const { stand, world } = await onGitHub()
    const set = ['title=# @ada | <img src=x> `x`', 'service=order-mail', 'impact=high', 'urgency=high']
    const { out } = await newRecord(world, { type: 'incident', set, ...pr })
    expect(pullOf(stand, out).title).toMatch(/^INC-\S+: # @ada \| <img src=x> `x`$/)
    expect(pullOf(stand, out).body).not.toContain('<img')
  })

  test('without a token they push the branch, and tell where to open the pull request', async () => {
    const { stand, repo, plain, said } = await onGitHub()
    repo.git(['remote', 'set-url', 'origin', 'git@github.com:acme/ops.git'])
    repo.git(['config', `url.${stand.bare}.insteadOf`, 'git@github.com:acme/ops.git'])
    const { out } = await move(plain, { ...step, ...pr })
    expect(JSON.parse(out)).toMatchObject({ pullRequest: null, branch: `gitsm/${id}` })
    expect(said.at(-1)).toBe(
      `Open the pull request here: https://github.com/acme/ops/compare/main...gitsm/${id}?expand=1`,
    )
  })

  test('where GitHub refuses the pull request, the branch is there all the same', async () => {
    const { stand, world, said } = await onGitHub()
    stand.faults.add({ route: 'POST /repos/{owner}/{repo}/pulls', kind: '422', times: 9 })
    const { code, out } = await move(world, { ...step, ...pr })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ pullRequest: null, branch: `gitsm/${id}` })
    expect(said.join('\n')).toContain('No pull request was opened: GitHub refused it (422)')
  })
})

describe('gitsm move --push to a branch that takes no direct push', () => {
  const push = { publication: { lane: 'direct' } } as const

  test('opens a pull request that is merged by itself', async () => {
    const { stand, world, said } = await onGitHub(['main'])
    stand.settings.autoMerge = true
    const { code, out } = await move(world, { ...step, ...push })
    expect(code).toBe(0)
    expect(pullOf(stand, out).autoMerge).toBe(true)
    expect(said.join('\n')).toMatch(/origin takes no direct push to main: .*GH013/)
    expect(said.at(-1)).toBe('It is merged by itself once everything that it needs is there')
  })

  test('without a token it is a fault that says the ways out, and nothing is written', async () => {
    const { stand, plain } = await onGitHub(['main'])
    const before = stand.git(['for-each-ref'])
    await expect(move(plain, { ...step, ...push })).rejects.toMatchObject({ code: 4, cure: /--pr/ })
    expect(stand.git(['for-each-ref'])).toBe(before)
  })
})
