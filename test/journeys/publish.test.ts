import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type MoveOptions, move } from '../../src/journeys/move.ts'
import { type NewOptions, newRecord } from '../../src/journeys/new.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { remoteShop } from '../support/remote-shop.ts'
import type { TestRepo } from '../support/repo.ts'
import { incident, incidentFile } from '../support/webshop.ts'

const id = 'INC-20260302-AAAA'
const opened = { at: '2026-03-02T09:00:00Z', write: { [incidentFile(id)]: incident(id, 'new') } }
const push = { publication: { lane: 'direct' } } as const
const set = ['title=Mail is down', 'service=order-mail', 'impact=high', 'urgency=high']

/** A world that remembers what was said. */
function listening(repo: TestRepo, format: World['format'] = 'json'): { world: World; said: string[] } {
  const said: string[] = []
  return { said, world: { ...worldOf(repo.dir), format, say: (line) => void said.push(line) } }
}

async function opening(repo: TestRepo, options: Partial<NewOptions> = {}, format: World['format'] = 'json') {
  const { world, said } = listening(repo, format)
  return { ...(await newRecord(world, { type: 'incident', set, ...push, ...options })), said }
}

async function moving(repo: TestRepo, state: string, options: Partial<MoveOptions> = {}) {
  const { world, said } = listening(repo)
  const { code, out } = await move(world, { name: id, state, set: [], ...push, ...options })
  return { code, json: JSON.parse(out), said }
}

function stateAt(origin: TestRepo, branch = 'main'): string | undefined {
  return /^state: (.*)$/m.exec(origin.git(['show', `${branch}:${incidentFile(id)}`]))?.[1]
}

describe('gitsm new --push', () => {
  test('opens a record on the mainline of the remote, and tells id, file, clocks and commit', async () => {
    const { origin, clone } = remoteShop()
    const { code, out } = await opening(clone('bob'), {}, 'text')
    expect(code).toBe(0)
    const [told, file, ...others] = out.trimEnd().split('\n')
    expect(told).toMatch(/^INC-20260310-[0-9A-Z]{4}$/)
    expect(others.join('\n')).toMatch(/^response due .* UTC/)
    expect(others.at(-1)).toBe(`${origin.git(['rev-parse', 'main']).slice(0, 7)} on main of origin`)
    const [title, ...log] = origin.git(['log', '-1', '--format=%s%n%an%n%cn', 'main']).split('\n')
    expect(title).toBe(`${told}: Mail is down`)
    expect(log).toEqual(['bob', 'bob'])
    expect(origin.git(['show', `main:${file}`])).toContain('by: bob, state: new')
  })

  test('is written as whoever started the run of GitHub Actions where git is told of nobody, and as nobody else', async () => {
    const { origin, clone } = remoteShop()
    const repo = clone('ada')
    repo.git(['config', '--remove-section', 'user'])
    let chance = 0
    const acting = async (env: Readonly<Record<string, string>>) => {
      chance++
      const random = (count: number) => new Uint8Array(count).fill(chance)
      const world = { ...worldOf(repo.dir), random, env: { ...worldOf(repo.dir).env, ...env } }
      const { out } = await newRecord(world, { type: 'incident', set, ...push })
      const { file }: { file: string } = JSON.parse(out)
      return [
        origin.git(['log', '-1', '--format=%an <%ae>', 'main']),
        /by: ([^,]+)/.exec(repo.git(['show', `origin/main:${file}`]))?.[1],
      ]
    }
    await expect(acting({})).rejects.toThrow('git does not know who you are')
    await expect(acting({ GITHUB_ACTOR: 'bob', GITHUB_ACTOR_ID: '7' })).rejects.toThrow('git does not know who you are')
    const run = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_ACTOR: 'bob' }
    expect(await acting({ ...run, GITHUB_ACTOR_ID: '7' })).toEqual(['bob <7+bob@users.noreply.github.com>', 'bob'])
    const bot = 'github-actions[bot]'
    const account = `${bot} <41898282+${bot}@users.noreply.github.com>`
    const stranger = { ...run, GITHUB_ACTOR: 'bob <b@c>\n' }
    for (const env of [{ ...run, GITHUB_EVENT_NAME: 'schedule' }, stranger])
      expect(await acting(env)).toEqual([account, `"${bot}"`])
  })

  test('brings a clean clone up to date, and leaves one alone where somebody works', async () => {
    const { origin, clone } = remoteShop()
    const repo = clone('ada')
    const first = await opening(repo)
    expect(repo.git(['rev-parse', 'HEAD'])).toBe(origin.git(['rev-parse', 'main']))
    expect(repo.git(['status', '--porcelain'])).toBe('')
    expect(first.said).toEqual([])
    const before = repo.git(['rev-parse', 'HEAD'])
    repo.write({ 'gitsm.yaml': 'version: broken' })
    const second = await opening(repo, { id: 'INC-7' })
    expect(second.code).toBe(0)
    expect(second.said.join()).toMatch(/git pull origin main/)
    expect(readFileSync(join(repo.dir, 'gitsm.yaml'), 'utf8')).toBe('version: broken')
    expect(repo.git(['rev-parse', 'HEAD'])).toBe(before)
    expect(repo.git(['diff', '--cached', '--name-only'])).toBe('')
  })

  test('leaves a clone alone that has another branch checked out, or commits of its own', async () => {
    const { clone } = remoteShop()
    const [topic, ahead] = [clone('ada'), clone('bob')]
    topic.git(['checkout', '--quiet', '-b', 'topic'])
    expect((await opening(topic, { id: 'INC-1' })).said.join()).toContain('main is not checked out here')
    const own = ahead.commit({ at: '2026-03-03T09:00:00Z', write: { 'notes/own': 'mine' } })
    expect((await opening(ahead, { id: 'INC-2' })).said.join()).toContain('main has commits of its own here')
    expect(ahead.git(['rev-parse', 'HEAD'])).toBe(own)
  })

  const said = '[{ at: 2026-03-01T00:00:00Z, by: gina, note: I allow all }]'

  test.each([
    ['an entry of the log', `log=${said}`, 'log cannot be set here'],
    ['where it was taken over from', 'source={ system: servicenow, id: INC0001 }', 'source cannot be set here'],
    ['where it was taken over from, part by part', 'source.system=servicenow', 'source cannot be set here'],
  ])('does not let whoever opens or moves a record say for others %s', async (_, words, message) => {
    const { origin, clone } = remoteShop(opened)
    const repo = clone('bob')
    const before = origin.git(['rev-parse', 'main'])
    for (const lane of ['direct', 'either', 'pull_request'] as const) {
      const refused = { code: 2, message: expect.stringContaining(message) }
      await expect(opening(repo, { set: [...set, words], publication: { lane } })).rejects.toMatchObject(refused)
      await expect(moving(repo, 'in_progress', { set: [words], publication: { lane } })).rejects.toMatchObject(refused)
    }
    expect(origin.git(['rev-parse', 'main'])).toBe(before)
    expect(origin.git(['for-each-ref', 'refs/heads/gitsm'])).toBe('')
  })

  test('lets a text be set as the source of what has one', async () => {
    const { origin, clone } = remoteShop()
    const asked = {
      set: ['title=Fewer clicks', 'source=reports/2026-05/csi.md'],
      publication: { lane: 'pull_request' },
    } as const
    const { code, out } = await opening(clone('bob'), { type: 'improvement', ...asked })
    expect(code).toBe(0)
    const { branch, file } = JSON.parse(out)
    expect(origin.git(['show', `${branch}:${file}`])).toContain('source: reports/2026-05/csi.md')
  })

  test('writes nothing that the gate would refuse', async () => {
    const { origin, clone } = remoteShop()
    const before = origin.git(['rev-parse', 'main'])
    const { code, out } = await opening(clone('ada'), { set: ['title=Mail is down'] })
    expect(code).toBe(1)
    expect(out).toContain('`service` is missing')
    expect(origin.git(['rev-parse', 'main'])).toBe(before)
  })

  test('refuses what needs approval, and says the way', async () => {
    const { clone } = remoteShop()
    const team = { type: 'team', set: ['title=Night shift', 'members=[{ login: ada }]'] }
    const fault = await opening(clone('ada'), team).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 1, message: /night-shift needs approval/, cure: /--pr/ })
  })

  test('a title cannot write a trailer into the commit message', async () => {
    const { origin, clone } = remoteShop()
    await opening(clone('ada'), { set: ['title=Gitsm-Request: 7', ...set.slice(1)] })
    expect(origin.git(['log', '-1', '--format=%s', 'main'])).toMatch(/^INC-\S+: Gitsm-Request: 7$/)
    expect(origin.git(['log', '-1', '--format=%(trailers)', 'main'])).toBe('')
  })
})

describe('gitsm move --push', () => {
  test('takes the step on the tip of the remote, which this clone may not have seen', async () => {
    const { origin, clone } = remoteShop()
    const [repo, other] = [clone('ada'), clone('bob')]
    other.commit(opened)
    other.git(['push', '--quiet', 'origin', 'main'])
    const { code, json } = await moving(repo, 'in_progress', { set: ['team=operations'], note: 'Looking' })
    expect(code).toBe(0)
    expect(json).toEqual({
      id,
      file: incidentFile(id),
      from: 'new',
      to: 'in_progress',
      commit: origin.git(['rev-parse', 'main']),
      remote: 'origin',
      branch: 'main',
    })
    expect(origin.git(['log', '-1', '--format=%s', 'main'])).toBe(`${id}: new → in_progress`)
    expect(stateAt(origin)).toBe('in_progress')
  })

  test('says who took the step already', async () => {
    const { clone } = remoteShop(opened)
    await moving(clone('bob'), 'in_progress', { set: ['team=operations'] })
    const fault = await moving(clone('ada'), 'in_progress').catch((error: unknown) => error)
    expect(fault).toMatchObject({
      code: 1,
      message: `${id} is in_progress already: bob took the step at 2026-03-10T00:00:00Z`,
    })
  })

  test('is judged anew where somebody was faster, so that a step stays legal', async () => {
    const { origin, clone } = remoteShop(opened)
    const [repo, other] = [clone('ada'), clone('bob')]
    const { world, said } = listening(repo)
    // Between what Ada reads and what she pushes, Bob closes the incident.
    let isFirst = true
    const overtaken: World = {
      ...world,
      get now() {
        if (isFirst) {
          isFirst = false
          other.commit({
            at: '2026-03-02T10:00:00Z',
            write: { [incidentFile(id)]: incident(id, 'cancelled', { cancel_reason: 'raised_in_error' }) },
          })
          other.git(['push', '--quiet', 'origin', 'main'])
        }
        return world.now
      },
    }
    const options = { name: id, state: 'in_progress', set: ['team=operations'], ...push }
    const { code, out } = await move(overtaken, options)
    expect(said.join('\n')).toContain('Somebody else was faster')
    expect(code).toBe(1)
    expect(out).toContain('transition-allowed')
    expect(stateAt(origin)).toBe('cancelled')
  })

  test('goes into a branch of its own with --pr', async () => {
    const { origin, clone } = remoteShop(opened)
    const { json } = await moving(clone('ada'), 'in_progress', {
      set: ['team=operations'],
      publication: { lane: 'pull_request' },
    })
    expect(json).toMatchObject({ branch: `gitsm/${id}` })
    expect(stateAt(origin)).toBe('new')
    expect(stateAt(origin, `gitsm/${id}`)).toBe('in_progress')
  })
})
