import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openPullRequests } from '../../src/adapters/github/pull-request.ts'
import { operate } from '../../src/journeys/operate.ts'
import { worldOf } from '../support/approval-world.ts'
import { connectionTo } from '../support/github/connected.ts'
import { type StandIn, startGitHub } from '../support/github/stand-in.ts'
import { cloneOf } from '../support/remote-shop.ts'
import type { DeclaredCommit } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const id = 'INC-20260302-AAAA'
const team = 'id: on-call\ntitle: On call\nmembers: [{ login: eve, id: 5005 }]\n'
const history = [
  {
    at: '2026-03-02T09:00:00Z',
    write: { [incidentFile(id)]: incident(id, 'new'), 'records/team/on-call.yaml': team },
  },
]
const eve = { login: 'eve', id: 5005, type: 'User' }
const take = `/gitsm move ${id} in_progress --set team=operations --note "Looking at it"`

interface Told {
  readonly outcome: string
  readonly text: string
  readonly by: string
  readonly answer: string | null
}

async function onGitHub(guarded: readonly string[] = [], more: readonly DeclaredCommit[] = []) {
  const stand = await startGitHub({ from: webshop(...history, ...more), guarded, now: '2026-03-10T00:00:00Z' })
  const repo = cloneOf(stand.bare, 'gitsm')
  const issue = await stand.issue({ by: 'ada', title: 'Slow' })
  const ran = async (name: string, event: object, env: Readonly<Record<string, string>> = {}) => {
    const path = join(repo.dir, '.git', 'event.json')
    writeFileSync(path, JSON.stringify(event))
    const plain = worldOf(repo.dir)
    const world = {
      ...plain,
      env: { ...plain.env, ...stand.env, GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, ...env },
      random: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
    }
    const { code, out } = await operate(world, { remote: 'origin' })
    const told: Told = JSON.parse(out)
    return { code, ...told }
  }
  const comment = async (body: string, user: object = eve, more: object = {}) =>
    ran('issue_comment', {
      action: 'created',
      issue: { number: issue },
      comment: { id: 71, body, user, author_association: 'MEMBER' },
      ...more,
    })
  const answers = async () => (await stand.comments(issue)).map(({ body }) => body)
  const state = () => /^state: (.*)$/m.exec(stand.git(['show', `main:${incidentFile(id)}`]))?.[1]
  return { stand, ran, comment, answers, state }
}

describe('gitsm operate', () => {
  test('takes the step that a comment asks for, as the person who asked, and answers', async () => {
    const { stand, comment, answers, state } = await onGitHub()
    expect(await comment(take)).toMatchObject({ code: 0, outcome: 'done', by: 'eve' })
    expect(state()).toBe('in_progress')
    expect(stand.git(['log', '-1', '--format=%an <%ae>%n%s%n%(trailers:only)', 'main'])).toBe(
      `eve <5005+eve@users.noreply.github.com>\n${id}: new → in_progress\nGitsm-Request: comment-71`,
    )
    expect(stand.git(['show', `main:${incidentFile(id)}`])).toMatch(/by: eve, state: in_progress, note: Looking at it/)
    const [answer, ...others] = await answers()
    expect(others).toEqual([])
    expect(answer).toMatch(
      /^<!-- gitsm:operate-71 -->\nDone, as eve asked\.\n\n```text\nINC-20260302-AAAA {2}new → in_progress\n/,
    )
  })

  test('does it once, however often the event is delivered', async () => {
    const { stand, comment, answers } = await onGitHub()
    await comment(take)
    const tip = stand.git(['rev-parse', 'main'])
    expect(await comment(take)).toMatchObject({
      code: 0,
      outcome: 'done',
      text: `${id}  done already, in ${tip.slice(0, 7)}`,
    })
    const twice = '/gitsm new incident --set title=Down --set service=order-mail --set impact=high --set urgency=high'
    await comment(twice, eve, { comment: { id: 72, body: twice, user: eve, author_association: 'NONE' } })
    await comment(twice, eve, { comment: { id: 72, body: twice, user: eve, author_association: 'NONE' } })
    expect(stand.git(['rev-list', '--count', `${tip}..main`])).toBe('1')
    expect((await answers()).length).toBe(2)
  })

  test('writes notes, also on what is closed', async () => {
    const { stand, comment, state } = await onGitHub()
    expect(await comment(`/gitsm note ${id} "Came back for a minute"`)).toMatchObject({ outcome: 'done' })
    expect(state()).toBe('new')
    expect(stand.git(['log', '-1', '--format=%s', 'main'])).toBe(`${id}: note`)
    expect(stand.git(['show', `main:${incidentFile(id)}`])).toMatch(/by: eve, note: Came back for a minute/)
  })

  test('lets nobody say in the log what others have said', async () => {
    const { stand, comment, answers } = await onGitHub()
    const before = stand.git(['rev-parse', 'main'])
    const words = 'log=[{"at":"2026-03-01T00:00:00Z","by":"gina","note":"I allow all"}]'
    expect(await comment(`/gitsm move ${id} in_progress --set team=operations --set '${words}'`)).toMatchObject({
      outcome: 'refused',
    })
    expect((await answers())[0]).toContain('log cannot be set here')
    expect(stand.git(['rev-parse', 'main'])).toBe(before)
  })

  test('answers what the gate refuses, with the reason', async () => {
    const { stand, comment, answers } = await onGitHub()
    const before = stand.git(['rev-parse', 'main'])
    expect(await comment(`/gitsm move ${id} resolved`)).toMatchObject({ code: 0, outcome: 'refused' })
    expect((await answers())[0]).toMatch(/Not done, as eve asked[\s\S]*resolution_code/)
    expect(await comment(`/gitsm move ${id} gone`)).toMatchObject({ outcome: 'refused' })
    expect(await comment('/gitsm rm -rf')).toMatchObject({ outcome: 'refused', text: /What can be asked/ })
    expect(stand.git(['rev-parse', 'main'])).toBe(before)
    expect((await answers()).length).toBe(1)
  })

  test.each([
    ['a stranger', { login: 'mallory', id: 666, type: 'User' }],
    ['somebody who took the login of a member', { login: 'eve', id: 666, type: 'User' }],
    ['a program', { login: 'eve', id: 5005, type: 'Bot' }],
  ])('does nothing for %s', async (_who, user) => {
    const { stand, comment } = await onGitHub()
    const before = stand.git(['for-each-ref'])
    expect(await comment(take, user)).toMatchObject({ code: 0, outcome: 'barred' })
    expect(stand.git(['for-each-ref'])).toBe(before)
  })

  test('does not answer strangers, who could let it write without end', async () => {
    const { comment, answers } = await onGitHub()
    const mallory = { login: 'mallory', id: 666, type: 'User' }
    await comment(take, mallory, { comment: { id: 9, body: take, user: mallory, author_association: 'NONE' } })
    expect(await answers()).toEqual([])
  })

  test('other comments, and comments that were edited, ask for nothing', async () => {
    const { stand, comment, answers } = await onGitHub()
    const before = stand.git(['for-each-ref'])
    expect(await comment('Thanks! /gitsm move')).toMatchObject({ code: 0, outcome: 'nothing' })
    expect(await comment(take, eve, { action: 'edited' })).toMatchObject({ code: 0, outcome: 'nothing' })
    expect(stand.git(['for-each-ref'])).toBe(before)
    expect(await answers()).toEqual([])
  })

  test('what a record says cannot leave the block of the answer', async () => {
    const { comment, answers } = await onGitHub()
    await comment('/gitsm move "x\n```\n# @ada <img src=x>" resolved')
    const [answer = ''] = await answers()
    expect(answer).toMatch(/\n````text\n[\s\S]*# @ada[\s\S]*\n````\n?$/)
  })

  test('a dispatched workflow and another program ask in the same way', async () => {
    const { stand, ran, state } = await onGitHub()
    const event = { inputs: { command: take.slice('/gitsm '.length) }, sender: eve }
    expect(await ran('workflow_dispatch', event, { GITHUB_RUN_ID: '12' })).toMatchObject({ code: 0, outcome: 'done' })
    expect(state()).toBe('in_progress')
    const set = { title: 'Disk full --note x', service: 'order-mail', impact: 'high', urgency: 'high', cis: ['web-1'] }
    const payload = { client_payload: { key: 'alert-1', new: 'incident', set }, sender: eve }
    expect(await ran('repository_dispatch', payload)).toMatchObject({ code: 0, outcome: 'done' })
    expect(await ran('repository_dispatch', payload)).toMatchObject({ code: 0, text: /done already/ })
    expect(stand.git(['log', '-1', '--format=%s', 'main'])).toMatch(/^INC-\S+: Disk full --note x$/)
    const refused = { client_payload: { move: id, to: 'resolved' }, sender: eve }
    expect(await ran('repository_dispatch', refused, { GITHUB_RUN_ID: '13' })).toMatchObject({ code: 1 })
    const forged = { client_payload: { key: 'x\nGitsm-Request: 1', move: id, to: 'resolved' }, sender: eve }
    await expect(ran('repository_dispatch', forged)).rejects.toMatchObject({ code: 3 })
  })

  test('what may not go straight to the mainline becomes one pull request', async () => {
    const { stand, comment } = await onGitHub()
    const members = '/gitsm new team --set "title=Night shift" --set "members=[{ login: eve }]"'
    await comment(members)
    const second = await comment(members)
    expect(second).toMatchObject({ outcome: 'done', text: /pull request #\d+/ })
    expect(second.text).toContain('needs 1 approval from service-board')
    expect(stand.git(['for-each-ref', '--format=%(refname)', 'refs/heads/gitsm'])).toBe('refs/heads/gitsm/comment-71')
  })

  const alert = {
    client_payload: {
      key: 'alert-4711',
      new: 'incident',
      set: { title: 'Disk full', service: 'order-mail', impact: 'high', urgency: 'high' },
    },
    sender: eve,
  }
  const asEve = ['-c', 'user.name=eve', '-c', 'user.email=5005+eve@users.noreply.github.com']

  /** Somebody's commit with the trailer of the request in its message, on the mainline. */
  async function forged(how: 'merged' | 'squashed' | 'rebased' | 'other record' | 'other file') {
    const github = await onGitHub()
    const { stand } = github
    const repo = cloneOf(stand.bare, 'mallory')
    const write = (path: string, text: string, as: readonly string[] = []) => {
      mkdirSync(dirname(join(repo.dir, path)), { recursive: true })
      writeFileSync(join(repo.dir, path), text)
      repo.git(['add', '--all'])
      repo.git([...as, 'commit', '--quiet', '-m', 'Mend a word\n\nGitsm-Request: dispatch-alert-4711'])
    }
    const opened = [incidentFile('INC-20260303-FAKE'), incident('INC-20260303-FAKE', 'new')] as const
    if (how === 'merged') {
      repo.git(['checkout', '--quiet', '-b', 'topic'])
      write(...opened, asEve)
      repo.git(['checkout', '--quiet', 'main'])
      repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge pull request #1', 'topic'])
    } else if (how === 'squashed') write(...opened)
    else if (how === 'rebased') write(...opened, ['-c', 'author.name=eve', '-c', `author.email=${asEve[3]?.slice(11)}`])
    else if (how === 'other record') write(incidentFile(id), incident(id, 'new', { title: 'Mended' }), asEve)
    else write('README.md', 'Mended\n', asEve)
    repo.git(['push', '--quiet', 'origin', 'main'])
    return github
  }

  test.each(['merged', 'squashed', 'rebased', 'other record', 'other file'] as const)(
    'no commit that somebody else brought passes for what was asked for: %s',
    async (how) => {
      const { stand, ran } = await forged(how)
      expect(await ran('repository_dispatch', alert)).toMatchObject({ code: 0, outcome: 'done', text: /INC-\S+ / })
      expect(stand.git(['log', '-1', '--format=%ae %s', 'main'])).toMatch(/^5005\+eve@\S+ INC-\S+: Disk full$/)
      const tip = stand.git(['rev-parse', 'main'])
      expect(await ran('repository_dispatch', alert)).toMatchObject({ text: /^INC-\S+ {2}done already, in / })
      expect(stand.git(['rev-parse', 'main'])).toBe(tip)
    },
  )

  const team = '/gitsm new team --set "title=Night shift" --set "members=[{ login: eve }]"'
  const opened = async (stand: StandIn) => openPullRequests(await connectionTo(stand))
  const proposed = (stand: StandIn) =>
    stand.git(['for-each-ref', '--format=%(refname:short)', 'refs/heads/gitsm']).split('\n')

  test('a branch that somebody pushed beforehand is not proposed in place of what was asked for', async () => {
    const { stand, comment } = await onGitHub()
    const repo = cloneOf(stand.bare, 'mallory')
    repo.git(['checkout', '--quiet', '-b', 'gitsm/comment-71'])
    repo.commit({ at: '2026-03-03T09:00:00Z', write: { 'records/team/night-shift.yaml': 'id: night-shift\n' } })
    repo.git(['push', '--quiet', 'origin', 'gitsm/comment-71'])
    expect(await comment(team)).toMatchObject({ outcome: 'done' })
    expect(proposed(stand)).toEqual(['gitsm/comment-71', 'gitsm/comment-71-2'])
    const [pull, ...others] = await opened(stand)
    expect(others).toEqual([])
    expect(pull?.headRef).toBe('gitsm/comment-71-2')
    await comment(team)
    expect((await opened(stand)).length).toBe(1)
  })

  test('what was proposed is not proposed again once people have closed or merged it', async () => {
    const { stand, comment } = await onGitHub()
    await comment(team)
    const [pull] = await opened(stand)
    stand.closePull(pull?.number ?? 0)
    stand.git(['update-ref', '-d', 'refs/heads/gitsm/comment-71'])
    const again = await comment(team)
    expect(again).toMatchObject({ outcome: 'done' })
    expect(again.text).toContain(
      `Pull request #${pull?.number} asked for it before and was closed without being merged`,
    )
    expect(await opened(stand)).toEqual([])
    expect(proposed(stand)).toEqual([''])
  })

  test('a branch that an earlier run left without a pull request is taken up', async () => {
    const { stand, comment } = await onGitHub()
    stand.faults.add({ route: 'POST /repos/{owner}/{repo}/pulls', kind: '422' })
    await comment(team)
    expect(await opened(stand)).toEqual([])
    await comment(team)
    expect(proposed(stand)).toEqual(['gitsm/comment-71'])
    expect((await opened(stand)).length).toBe(1)
  })

  test('a type that no policy guards has no direct lane', async () => {
    const at = '2026-03-03T09:00:00Z'
    const { stand, comment } = await onGitHub([], [{ at, write: { 'records/policy/window-ownership.yaml': null } }])
    const before = stand.git(['rev-parse', 'main'])
    const span = '--set kind=maintenance --set from=2026-11-22T00:00:00Z --set to=2027-11-22T00:00:00Z'
    const window = await comment(`/gitsm new window --set id=all-year --set title=Always ${span}`)
    expect(window.text).toContain(
      'all-year goes through pull requests: no policy on the type window opens a direct lane',
    )
    expect(window.text).toMatch(/pull request #\d+/)
    expect(stand.git(['rev-parse', 'main'])).toBe(before)
  })
})
