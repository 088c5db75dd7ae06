import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { operate } from '../../src/journeys/operate.ts'
import { record } from '../../src/journeys/record.ts'
import { slaWatchAndNotify } from '../../src/journeys/sla-notify.ts'
import type { Outcome, World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { faultCases } from '../support/github/fault-cases.ts'
import { type StandIn, startGitHub } from '../support/github/stand-in.ts'
import { instant } from '../support/life.ts'
import { change } from '../support/mainline/offence.ts'
import { cloneOf } from '../support/remote-shop.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

// What jobs do on GitHub without anybody who looks on: right, or not at all and said so, and right once all is well again.

/** A job on a GitHub of its own, that can be done again from where it began. */
interface Job {
  readonly stand: StandIn
  readonly run: () => Promise<Outcome>
  /** What there is in the end: the same whenever it is done right, and however often. */
  readonly left: () => Promise<unknown>
  readonly begin: () => Promise<void>
}

const now = '2026-03-02T09:00:00Z'
const people = ['ada', 'bob', 'carla', 'erik', 'fatima', 'grace', 'kate', 'lena']

function world(stand: StandIn, dir: string, at: string, env: Readonly<Record<string, string>> = {}): World {
  const base = worldOf(dir)
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count))
  // A connection that has no time to wait.
  return { ...base, random, now: instant(at), env: { ...base.env, ...stand.env, ...env }, ...{ second: 1 } }
}

/** What a reference of the stand-in was, to be put back there and in a clone. */
function returning(stand: StandIn, ref: string, forget: () => void): () => void {
  const tip = stand.git(['rev-parse', ref])
  return () => {
    stand.git(['update-ref', ref, tip])
    forget()
  }
}

const jobs: Readonly<Record<string, () => Promise<Job>>> = {
  'the record of a merge': async () => {
    const stand = await startGitHub({ from: webshop(), people, now })
    const repo = cloneOf(stand.bare, 'ada')
    const run = () => record(world(stand, repo.dir, stand.clock.now()), { push: 'origin' })
    await run()
    const back = returning(stand, 'refs/heads/gitsm-ledger', () => {
      for (const ref of ['refs/heads/gitsm-ledger', 'refs/remotes/origin/gitsm-ledger'])
        repo.git(['update-ref', '-d', ref])
      repo.git(['fetch', '--quiet', 'origin', 'gitsm-ledger:refs/remotes/origin/gitsm-ledger'])
    })
    stand.push({ branch: 'plan', by: 'kate', files: change('CHG-PLANT-01', 'scheduled', now, 1) })
    const pull = await stand.open({ branch: 'plan', by: 'kate' })
    for (const by of ['erik', 'grace', 'lena']) stand.review(pull, { by })
    stand.merge(pull, { by: 'lena' })
    repo.git(['pull', '--quiet', '--ff-only'])
    return {
      stand,
      run,
      begin: async () => back(),
      left: async () => stand.git(['ls-tree', '-r', 'gitsm-ledger', '--', 'decisions']),
    }
  },
  'a step that a comment asks for': async () => {
    const id = 'INC-20260302-AAAA'
    const team = 'id: on-call\ntitle: On call\nmembers: [{ login: eve, id: 5005 }]\n'
    const write = { [incidentFile(id)]: incident(id, 'new'), 'records/team/on-call.yaml': team }
    const stand = await startGitHub({ from: webshop({ at: now, write }), people, now: '2026-03-10T00:00:00Z' })
    const repo = cloneOf(stand.bare, 'gitsm')
    const issue = await stand.issue({ by: 'ada', title: 'Slow' })
    const file = join(repo.dir, '.git', 'event.json')
    const body = `/gitsm move ${id} in_progress --set team=operations`
    const user = { login: 'eve', id: 5005, type: 'User' }
    const comment = { id: 71, body, user, author_association: 'MEMBER' }
    writeFileSync(file, JSON.stringify({ action: 'created', issue: { number: issue }, comment }))
    const event = { GITHUB_EVENT_NAME: 'issue_comment', GITHUB_EVENT_PATH: file }
    const back = returning(stand, 'refs/heads/main', () => {})
    const answers = async () => (await stand.comments(issue)).filter(({ by }) => by.endsWith('[bot]'))
    return {
      stand,
      run: () => operate(world(stand, repo.dir, '2026-03-10T00:00:00Z', event), { remote: 'origin' }),
      begin: async () => {
        back()
        for (const each of await answers()) await stand.deleteComment(each.id)
      },
      left: async () => [
        (await answers()).map((each) => each.body.slice(0, 60)),
        stand.git(['show', `main:${incidentFile(id)}`]).match(/^state: .*$/m)?.[0],
      ],
    }
  },
  'the notice of a clock that ran out': async () => {
    const fields = { impact: 'high', urgency: 'high', priority: 'P1', team: 'operations', opened_at: now }
    const repo = webshop({ at: now, write: { [incidentFile('INC-1')]: incident('INC-1', 'new', fields) } })
    let stand = await startGitHub({ people })
    const options = { within: 0, back: 7 * 86_400, next: 20 }
    return {
      get stand() {
        return stand
      },
      run: () => slaWatchAndNotify(world(stand, repo.dir, '2026-03-02T14:10:00Z'), options, 3600),
      begin: async () => {
        if (stand.requests.length > 0) stand = await startGitHub({ people })
      },
      left: async () =>
        (await stand.issues()).map(({ title, state, labels }) => [title, state, labels].join(' ')).toSorted(),
    }
  },
}

describe.each(Object.entries(jobs))('%s', (_, prepare) => {
  test('is right or not there at all, whatever goes wrong on any route, and is right once all is well', {
    timeout: 3_600_000,
  }, async () => {
    const job = await prepare()
    await job.begin()
    const healthy = await job.run()
    const right = await job.left()
    expect([healthy.code, JSON.stringify(right).length > 20]).toEqual([0, true])
    const routes = [...new Set(job.stand.requests.map(({ route }) => route))]
    // A request that hangs ends as one whose connection is cut, only much later.
    for (const { route, kind, times, label } of faultCases(routes, 29).filter((each) => each.kind !== 'hang')) {
      await job.begin()
      job.stand.faults.add({ route, kind, times })
      const told = await job.run().catch((fault: unknown) => Object(fault))
      job.stand.faults.clear()
      expect([[0, 1, 4].includes(told.code), label, told.message]).toEqual([true, label, told.message])
      expect(JSON.stringify([told, told.message, told.cure])).not.toContain(job.stand.token)
      // All is well again: the next run puts everything right, and nothing stands twice.
      await job.run()
      expect([label, await job.left()]).toEqual([label, right])
    }
  })
})
