import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import { openIntake } from '../../src/journeys/intake-open.ts'
import { parseIntake } from '../../src/journeys/intake-parse.ts'
import { operate } from '../../src/journeys/operate.ts'
import { record } from '../../src/journeys/record.ts'
import { slaWatchAndNotify } from '../../src/journeys/sla-notify.ts'
import type { Outcome, World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { faultCases } from '../support/github/fault-cases.ts'
import { type StandIn, startGitHub } from '../support/github/stand-in.ts'
import { filledBody, type Given, shippedForm } from '../support/issue-form.ts'
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

const shop = 'Web shop (webshop)'
const incidentAnswers = { service: shop, impact: 'high', urgency: 'medium', description: 'p99 is 4 s.' }
const changeAnswers = { change_type: 'normal', reason: 'It is slow', services: [shop] }

/** An issue that somebody wrote with a form, on a GitHub that is new each time it begins. */
async function intake(wrote: {
  readonly by: string
  readonly form: string
  readonly answers: Readonly<Record<string, Given>>
}): Promise<Job> {
  const form = shippedForm(wrote.form)
  const template = webshop()
  const fresh = async () => {
    const stand = await startGitHub({ from: template, people, strangers: ['mallory'] })
    const repo = cloneOf(stand.bare, 'gitsm')
    const body = filledBody(form, wrote.answers)
    const issue = await stand.issue({ by: wrote.by, title: 'Checkout is slow', body, labels: form.labels })
    const event = join(repo.dir, '.git', 'event.json')
    const told = { number: issue, body, labels: form.labels.map((name) => ({ name })) }
    writeFileSync(event, JSON.stringify({ action: 'opened', issue: told }))
    // The issues of the stand-in are as old as this run.
    const at = formatInstant(Math.ceil(Date.now() / 1000) + 60)
    const { out: record } = await parseIntake(world(stand, repo.dir, at), event)
    return { stand, issue, run: () => openIntake(world(stand, repo.dir, at), { record, remote: 'origin' }) }
  }
  let hosted = await fresh()
  return {
    get stand() {
      return hosted.stand
    },
    run: () => hosted.run(),
    begin: async () => {
      if (hosted.stand.requests.length === 0) return
      await hosted.stand.close()
      hosted = await fresh()
    },
    left: async () => {
      const { stand, issue } = hosted
      const branch = `gitsm/intake-${issue}`
      return {
        comments: (await stand.comments(issue)).map(({ body }) => body.slice(0, 30)),
        labels: (await stand.labels(issue)).toSorted(),
        issues: (await stand.issues()).length,
        pulls: pullsOf(stand, branch),
        branches: stand.git(['for-each-ref', '--format=%(refname)', 'refs/heads']),
        commits: stand.git(['log', '--format=%s', 'main', '--glob=refs/heads/gitsm/*']).replace(/-\d{8}-/g, '-'),
      }
    },
  }
}

/** How many pull requests there are of a branch. */
function pullsOf(stand: StandIn, branch: string): number {
  return stand.pulls().filter((pull) => pull.branch === branch).length
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
  'the record of an issue by somebody who belongs here': () =>
    intake({ by: 'ada', form: 'gitsm-incident', answers: incidentAnswers }),
  'the proposal of a stranger': () => intake({ by: 'mallory', form: 'gitsm-change', answers: changeAnswers }),
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
