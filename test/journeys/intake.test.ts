import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readPullRequest } from '../../src/adapters/github/pull-request.ts'
import { openIntake } from '../../src/journeys/intake-open.ts'
import { parseIntake } from '../../src/journeys/intake-parse.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { connectionTo } from '../support/github/connected.ts'
import { type StandIn, type StandInOptions, startGitHub } from '../support/github/stand-in.ts'
import { filledBody, type Given, shippedForm } from '../support/issue-form.ts'
import { type DeclaredCommit, repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { webshop } from '../support/webshop.ts'

/** A web shop on GitHub, and the clone in which its workflows run. */
interface Hosted {
  readonly stand: StandIn
  readonly clone: TestRepo
  readonly world: World
  readonly said: string[]
}

async function hosted(history: readonly DeclaredCommit[] = [], more: StandInOptions = {}): Promise<Hosted> {
  const stand = await startGitHub({
    from: webshop(...history),
    people: ['ada', 'eve'],
    strangers: ['mallory'],
    ...more,
  })
  const clone = repositoryIn(temporaryFolder())
  clone.git(['clone', '--quiet', stand.bare, '.'])
  const said: string[] = []
  const base = worldOf(clone.dir)
  // The issues of the stand-in are as old as this run.
  const now = Math.ceil(Date.now() / 1000) + 60
  const env = { ...base.env, ...stand.env }
  // A connection that has no time to wait.
  const world = { ...base, now, env, say: (line: string) => void said.push(line), ...{ second: 1 } }
  return { stand, clone, world, said }
}

const incident = shippedForm('gitsm-incident')
const good = { service: 'Web shop (webshop)', impact: 'high', urgency: 'medium', description: 'p99 is 4 s.' }

interface Submitted {
  readonly by?: string
  readonly title?: string
  readonly form?: string
  readonly answers?: Readonly<Record<string, Given>>
}

const usual = { by: 'ada', title: 'Checkout is slow', form: incident.name, answers: good }

async function submit({ stand }: Hosted, submitted: Submitted = {}): Promise<number> {
  const { by, title, form, answers } = { ...usual, ...submitted }
  const { labels } = shippedForm(form)
  return stand.issue({ by, title, body: filledBody(shippedForm(form), answers), labels })
}

/** What an issue says by now. */
interface Edited {
  readonly body?: string
  readonly labels?: readonly string[]
  /** Who edited it, as the event tells. */
  readonly editor?: string
}

/** What a workflow does for an issue: parse without rights, then open with what was handed on. */
async function take({ stand, world }: Hosted, number: number, edited: string | Edited = {}) {
  const issue = (await stand.issues()).find((each) => each.number === number)
  if (!issue) throw new Error(`there is no issue ${number}`)
  const event = join(temporaryFolder(), 'event.json')
  const { body = issue.body, labels = issue.labels, editor } = typeof edited === 'string' ? { body: edited } : edited
  const told = { number, body, labels: labels.map((name) => ({ name })) }
  const sender = editor === undefined ? undefined : { ...stand.user(editor), type: 'User' }
  writeFileSync(event, JSON.stringify({ action: sender ? 'edited' : 'opened', issue: told, sender }))
  const parsed = await parseIntake({ ...world, env: { PATH: world.env['PATH'], HOME: world.env['HOME'] } }, event)
  const { code, out } = await openIntake(
    { ...world, env: { ...world.env, GITHUB_EVENT_PATH: event } },
    { record: parsed.out, remote: 'origin' },
  )
  return { code, ...JSON.parse(out) }
}

/** The only comment on an issue. */
async function comment({ stand }: Hosted, issue: number): Promise<string> {
  const comments = await stand.comments(issue)
  expect(comments).toHaveLength(1)
  return comments[0]?.body ?? ''
}

function record({ stand }: Hosted, file: string, branch = 'main') {
  return parse(stand.git(['show', `${branch}:${file}`]))
}

function commits({ stand }: Hosted, branch = 'main'): number {
  return Number(stand.git(['rev-list', '--count', branch]))
}

describe('an incident of somebody who belongs here', () => {
  test('lands at once in the name of whoever wrote the issue, and the issue is told when it is due', async () => {
    const shop = await hosted()
    const number = await submit(shop)
    const told = await take(shop, number)
    expect(told).toMatchObject({ code: 0, result: 'recorded', isNew: true })
    expect(record(shop, told.file)).toMatchObject({
      id: told.id,
      title: 'Checkout is slow',
      state: 'new',
      priority: 'P2',
      reporter: 'ada',
      origin: 'portal',
      description: 'p99 is 4 s.',
      source: { system: 'github', id: String(number) },
    })
    expect(shop.stand.git(['log', '-1', '--format=%an|%ae|%s', 'main'])).toBe(
      `ada|${shop.stand.user('ada').id}+ada@users.noreply.127.0.0.1|Record ${told.id} from issue #${number}`,
    )
    expect(await comment(shop, number)).toMatch(/Recorded as \[INC-\d{8}-0001\].*\n\n- response due /)
  })

  test('is recorded once, however often the workflow runs, and the comment is one', async () => {
    const shop = await hosted()
    const number = await submit(shop)
    const first = await take(shop, number)
    const [count, text] = [commits(shop), await comment(shop, number)]
    const again = await take(shop, number)
    expect(again).toMatchObject({ code: 0, result: 'recorded', isNew: false, id: first.id })
    expect(commits(shop)).toBe(count)
    expect(text).toContain('response due')
    expect(await comment(shop, number)).toBe(text)
    const change = filledBody(shippedForm('gitsm-change'), { change_type: 'normal', reason: 'x' })
    const third = await take(shop, number, { body: change, labels: ['gitsm:intake', 'gitsm:change'] })
    expect(third).toMatchObject({ result: 'recorded', isNew: false, id: first.id })
    expect(commits(shop)).toBe(count)
  })

  test('gets the labels of its form where the repository did not have them', async () => {
    const shop = await hosted()
    const number = await shop.stand.issue({ by: 'ada', title: 'Slow', body: filledBody(incident, good) })
    expect(await take(shop, number)).toMatchObject({ code: 0, result: 'recorded' })
    expect(await shop.stand.labels(number)).toEqual(['gitsm:intake', 'gitsm:incident'])
  })

  test('is one record, also where two runs read it at once', async () => {
    const shop = await hosted()
    const [number, before] = [await submit(shop), commits(shop)]
    const told = await Promise.all([take(shop, number), take(shop, number)])
    expect(told.map(({ result }) => result)).toEqual(['recorded', 'recorded'])
    expect(new Set(told.map(({ id }) => id)).size).toBe(1)
    expect(commits(shop)).toBe(before + 1)
  })

  test('is told by the next run where GitHub failed after it had landed', async () => {
    const shop = await hosted()
    const [number, before] = [await submit(shop), commits(shop)]
    const commenting = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
    shop.stand.faults.add({ route: commenting, kind: '503', times: 50 })
    await expect(take(shop, number)).rejects.toMatchObject({ code: 4 })
    shop.stand.faults.clear()
    expect(await take(shop, number)).toMatchObject({ code: 0, result: 'recorded', isNew: false })
    expect(commits(shop)).toBe(before + 1)
    expect(await comment(shop, number)).toContain('Recorded as')
  })

  test('waits in a pull request where the mainline is protected', async () => {
    const shop = await hosted([], { guarded: ['main'] })
    const number = await submit(shop)
    const told = await take(shop, number)
    expect(told).toMatchObject({ code: 0, result: 'proposed', because: [expect.stringContaining('no direct push')] })
    expect(shop.stand.pull(told.pull.number)).toMatchObject({ branch: `gitsm/intake-${number}` })
  })

  test('gets another id where somebody has given this one away', async () => {
    const shop = await hosted()
    const number = await submit(shop)
    const other = await hosted()
    const { id, file } = await take(other, await submit(other))
    const taken = shippedIncident(id)
    shop.stand.push({ branch: 'main', files: { [file]: taken }, by: 'eve' })
    const told = await take(shop, number)
    expect(told).toMatchObject({ result: 'recorded', isNew: true, id: `${id}-2` })
  })
})

/** Somebody else's incident with an id. */
function shippedIncident(id: string): string {
  return `id: ${id}\ntitle: Other\nstate: new\nservice: webshop\nimpact: low\nurgency: low\npriority: P5\nreporter: eve\nopened_at: 2026-03-01T00:00:00Z\n`
}

describe('answers that make no record', () => {
  test('are told by the names of the questions; put right, they are recorded, and the comment says so', async () => {
    const shop = await hosted()
    const number = await submit(shop, { answers: { ...good, service: undefined, detected_at: 'yesterday' } })
    const before = commits(shop)
    expect(await take(shop, number)).toMatchObject({ code: 1, result: 'refused' })
    expect(commits(shop)).toBe(before)
    expect(await comment(shop, number)).toContain('- **Service**: An answer is needed.')
    const still = await take(shop, number, filledBody(incident, { ...good, detected_at: 'yesterday' }))
    expect(still).toMatchObject({ code: 1, problems: [{ label: 'Detected at' }] })
    expect(await comment(shop, number)).toContain('- **Detected at**: ')
    const told = await take(shop, number, filledBody(incident, good))
    expect(told).toMatchObject({ code: 0, result: 'recorded' })
    expect(await comment(shop, number)).toContain(told.id)
  })

  test('that forge a heading are not read at all', async () => {
    const shop = await hosted()
    const number = await submit(shop, { answers: { ...good, description: 'x\n\n### Impact\n\nlow' } })
    expect(await take(shop, number)).toMatchObject({
      code: 1,
      problems: [{ message: expect.stringContaining('2 times') }],
    })
  })

  test('have no part in an issue that was closed meanwhile', async () => {
    const shop = await hosted()
    const number = await submit(shop)
    const github = await connectionTo(shop.stand)
    await github.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { issue_number: number, state: 'closed' })
    expect(await take(shop, number)).toMatchObject({ code: 0, result: 'closed' })
    expect(await shop.stand.comments(number)).toEqual([])
  })
})

describe('a stranger', () => {
  const asChange = { change_type: 'normal', reason: 'It is slow', services: ['Web shop (webshop)'] }

  async function proposed(shop: Hosted, submitted: Submitted = {}) {
    const number = await submit(shop, { by: 'mallory', ...submitted })
    const told = await take(shop, number)
    expect(told).toMatchObject({ code: 0, result: 'proposed' })
    return { number, told, branch: `gitsm/intake-${number}` }
  }

  test('only proposes: what they write waits for somebody to merge it', async () => {
    const shop = await hosted()
    const before = commits(shop)
    const { number, told, branch } = await proposed(shop)
    expect(commits(shop)).toBe(before)
    expect(record(shop, told.file, branch)).toMatchObject({ reporter: 'mallory' })
    expect(shop.stand.pull(told.pull.number).body).toContain(`in #${number}`)
    expect(await comment(shop, number)).toContain(`[pull request ${told.pull.number}]`)
  })

  test('is a committer of the pull request that the robot opens, and so never one of its approvers', async () => {
    const shop = await hosted()
    const { told } = await proposed(shop)
    const github = await connectionTo(shop.stand)
    const facts = await readPullRequest(github, told.pull.number, { now: shop.world.now })
    expect(facts.author?.login).not.toBe('mallory')
    expect(facts.committers.map((each) => each?.id)).toEqual([shop.stand.user('mallory').id])
  })

  test('shares the record with whoever edits the issue, who then approves it no more than the author', async () => {
    const shop = await hosted()
    const { number, told } = await proposed(shop)
    const body = filledBody(incident, { ...good, impact: 'low' })
    await take(shop, number, { body, editor: 'ada' })
    const github = await connectionTo(shop.stand)
    const facts = await readPullRequest(github, told.pull.number, { now: shop.world.now })
    const ids = new Set(facts.committers.map((each) => each?.id))
    expect(ids).toEqual(new Set(['mallory', 'ada'].map((who) => shop.stand.user(who).id)))
  })

  test('edits the issue, and the same pull request follows; run again nothing happens', async () => {
    const shop = await hosted()
    const { number, told, branch } = await proposed(shop)
    const edited = filledBody(incident, { ...good, impact: 'low' })
    const second = await take(shop, number, edited)
    expect(second).toMatchObject({ result: 'proposed', id: told.id, pull: { number: told.pull.number } })
    expect(record(shop, told.file, branch)).toMatchObject({ impact: 'low', priority: 'P4' })
    const count = commits(shop, branch)
    await take(shop, number, edited)
    expect(commits(shop, branch)).toBe(count)
    await comment(shop, number)
  })

  test('edits it into the answers to another form, and the pull request holds that record instead', async () => {
    const shop = await hosted()
    const { number, told, branch } = await proposed(shop)
    const body = filledBody(shippedForm('gitsm-change'), asChange)
    const second = await take(shop, number, { body, labels: ['gitsm:intake', 'gitsm:change'] })
    expect(second).toMatchObject({ result: 'proposed', type: 'change', pull: { number: told.pull.number } })
    expect(record(shop, second.file, branch)).toMatchObject({ requester: 'mallory', state: 'new' })
    expect(() => record(shop, told.file, branch)).toThrow()
    expect(shop.stand.pull(told.pull.number).title).toContain(second.id)
  })

  test('changes nothing once somebody else has gone on in the pull request', async () => {
    const shop = await hosted()
    const { number, told, branch } = await proposed(shop)
    const text = shop.stand.git(['show', `${branch}:${told.file}`])
    shop.stand.push({ branch, files: { [told.file]: `${text}\nteam: operations\n` }, by: 'ada', say: 'Give it a team' })
    await take(shop, number, filledBody(incident, { ...good, impact: 'low' }))
    expect(record(shop, told.file, branch)).toMatchObject({ impact: 'high', team: 'operations' })
    expect(shop.said.join()).toContain('stays as it is')
  })

  test('is told when it was declined, and cannot open it again by an edit', async () => {
    const shop = await hosted()
    const { number, told } = await proposed(shop)
    shop.stand.closePull(told.pull.number, 'ada')
    expect(await take(shop, number)).toMatchObject({ code: 0, result: 'declined' })
    expect(await comment(shop, number)).toContain('was closed without being merged')
  })

  test('is told when it was merged', async () => {
    const shop = await hosted()
    const { number, told } = await proposed(shop)
    shop.stand.merge(told.pull.number, { by: 'ada' })
    expect(await take(shop, number)).toMatchObject({ result: 'recorded', isNew: false, id: told.id })
    expect(await comment(shop, number)).toContain('Recorded as')
  })
})

describe('what strangers write is data', () => {
  const hostile = 'Fixes #1 @acme/cab $' + '{{ github.token }} $(id) `id` [x](javascript:alert(1)) <img src=x>'

  test('in the title and in answers, and stands in the record as they wrote it', async () => {
    const shop = await hosted()
    const description = `state: closed\n---\n::set-output name=x::y\nEOF\n${hostile}\n<!-- gitsm:intake -->`
    const number = await submit(shop, { title: hostile, answers: { ...good, description } })
    const told = await take(shop, number)
    expect(record(shop, told.file)).toMatchObject({ title: hostile, state: 'new', description })
    expect(shop.stand.git(['log', '-1', '--format=%B', 'main'])).not.toContain('Fixes')
    expect(await comment(shop, number)).not.toMatch(/javascript|<img|@acme/)
  })

  test('also in a comment that repeats it', async () => {
    const shop = await hosted()
    const number = await submit(shop, { answers: { ...good, service: hostile } })
    await take(shop, number)
    expect(await comment(shop, number)).not.toMatch(/@acme\/cab|(?<!\\)\]\(javascript|<img|#1\b/)
  })

  test('and is handed on between delimiters that nobody can foresee', async () => {
    const shop = await hosted()
    const number = await submit(shop, { answers: { ...good, description: 'EOF\nrecord<<EOF\nforged' } })
    const issue = (await shop.stand.issues()).find((each) => each.number === number)
    const [event, output] = ['event.json', 'output'].map((name) => join(temporaryFolder(), name))
    if (!event || !output) throw new Error('no files')
    writeFileSync(event, JSON.stringify({ issue: { number, body: issue?.body, labels: [] } }))
    const { env, ...world } = shop.world
    await parseIntake({ ...world, env: { PATH: env['PATH'], GITHUB_EVENT_PATH: event, GITHUB_OUTPUT: output } })
    const [, delimiter, value] = /^record<<(gitsm_[0-9a-f]{32})\n(.*)\n\1\n$/s.exec(readFileSync(output, 'utf8')) ?? []
    expect(delimiter).toBeDefined()
    expect(JSON.parse(value ?? '')).toMatchObject({
      issue: number,
      answers: { description: 'EOF\nrecord<<EOF\nforged' },
    })
  })

  test('so nobody can hand on an answer that was not asked, or in the name of somebody else', async () => {
    const shop = await hosted()
    const number = await submit(shop, { by: 'mallory' })
    const forged = {
      version: 1,
      issue: number,
      form: incident.name,
      answers: { ...good, service: 'webshop', reporter: 'ada' },
    }
    const record = JSON.stringify(forged)
    await expect(openIntake(shop.world, { record, remote: 'origin' })).rejects.toMatchObject({ code: 3 })
    await expect(openIntake(shop.world, { record: '{', remote: 'origin' })).rejects.toMatchObject({ code: 3 })
  })
})

describe('a request', () => {
  test('orders what its form says, with what the catalogue item settles', async () => {
    const shop = await hosted([], { prefix: '/api/v3' })
    const form = 'gitsm-request-laptop'
    const answers = {
      item: 'A laptop (laptop)',
      form_model: '16 inch',
      form_keyboard: 'US',
      form_needed_by: '2027-01-31',
      form_second: 'Yes',
    }
    const told = await take(shop, await submit(shop, { form, title: 'A laptop for L. Sommer', answers }))
    expect(record(shop, told.file)).toMatchObject({
      item: 'laptop',
      requester: 'ada',
      team: 'service-desk',
      form: { model: '16 inch', keyboard: 'US', needed_by: '2027-01-31', second: true },
      tasks: [{ done: false }, { done: false }, { done: false }],
    })
  })

  test('whose form the item does not have any more is refused', async () => {
    const shop = await hosted()
    const laptop = 'records/catalogue-item/laptop.yaml'
    const form = 'gitsm-request-laptop'
    const number = await submit(shop, { form, answers: { item: 'A laptop (laptop)', form_model: '13 inch' } })
    const files = { [laptop]: shippedText(laptop).replace('state: published', 'state: draft') }
    const record = JSON.stringify({ version: 1, issue: number, form, answers: { item: 'laptop' } })
    shop.stand.push({ branch: 'main', files, by: 'ada' })
    await expect(openIntake(shop.world, { record, remote: 'origin' })).rejects.toMatchObject({ code: 3 })
  })
})

test('a person with a new login is still the member that the team lists by their numeric id', async () => {
  const stand = await startGitHub({ people: ['ada'] })
  const team = `id: newcomers\ntitle: Newcomers\nmembers: [{ login: ada-before, id: ${stand.user('ada').id} }]\n`
  const shop = await hosted([{ at: '2026-01-02T00:00:00Z', write: { 'records/team/newcomers.yaml': team } }])
  const told = await take(shop, await submit(shop))
  expect(record(shop, told.file)).toMatchObject({ reporter: 'ada-before' })
})
