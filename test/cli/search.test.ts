import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedFiles } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

/** The web shop with the articles, problems and incidents that it ships. */
function shop(): TestRepo {
  const repo = webshop()
  const wanted = /^records\/(incident|knowledge|problem|change|review)\//
  const files = shippedFiles.filter(({ path }) => wanted.test(path))
  repo.commit({
    at: '2026-11-21T08:00:00Z',
    write: Object.fromEntries(files.map(({ path, bytes }) => [path, bytes ?? ''])),
  })
  return repo
}

describe('gitsm search', () => {
  test('puts the article first, then the incidents that it would have helped', () => {
    const { code, json } = gitsmJson(['search', 'checkout', 'slow'], shop())
    expect(code).toBe(0)
    const { results } = Object(json)
    expect(results[0]).toMatchObject({ id: 'KB-20261006-W8RM', kind: 'article', score: 1, outdated: null })
    expect(results.map(({ id }: { id: string }) => id)).toContain('INC-20261106-5KPA')
    expect(results.map(({ id }: { id: string }) => id)).toContain('PRB-20261005-4GQX')
  })

  test('says what is outdated as of the day', () => {
    const { stdout } = gitsm(['search', 'waiting', 'room', '--as-of', '2027-07-02T12:00:00Z'], shop())
    expect(stdout).toContain('outdated: it was valid until 2027-06-30')
  })

  test('keeps to a service, and leaves drafts out unless asked', () => {
    const repo = shop()
    expect(gitsm(['search', 'order', '--service', 'webshop'], repo).stdout).not.toContain('KB-20260703-J9SV')
    expect(gitsm(['search', 'labels', 'sender'], repo).stdout).not.toContain('KB-20261119-P2GZ')
    expect(gitsm(['search', 'labels', 'sender', '--all'], repo).stdout).toContain('KB-20261119-P2GZ')
  })

  test('says so when nothing fits, and when there is no such service', () => {
    const repo = shop()
    expect(gitsm(['search', 'zeppelin'], repo)).toMatchObject({ code: 0, stdout: 'nothing found\n' })
    expect(gitsm(['search', 'order', '--service', 'webshp'], repo)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean webshop?'),
    })
  })

  test('is offered to whoever opens an incident', () => {
    const set = ['title=Checkout times out again', 'service=webshop', 'impact=high', 'urgency=high']
    const args = ['new', 'incident', ...set.flatMap((each) => ['--set', each])]
    const { code, stdout, stderr } = gitsm(args, shop())
    expect(code).toBe(0)
    expect(stderr).toContain('KB-20261006-W8RM  article: Checkout is slow or times out')
    expect(stdout).not.toContain('KB-')
  })
})

describe('gitsm suggest problems', () => {
  const printer = (id: string, day: string) =>
    incident(id, 'new', { title: 'Printer prints nothing', cis: '[label-printer-3]', opened_at: `${day}T09:00:00Z` })
  const files = {
    [incidentFile('INC-1')]: printer('INC-1', '2026-03-02'),
    [incidentFile('INC-2')]: printer('INC-2', '2026-03-09'),
    [incidentFile('INC-3')]: printer('INC-3', '2026-03-16'),
  }
  const asOf = ['--as-of', '2026-03-20T00:00:00Z']

  test('finds what repeats, with the evidence', () => {
    const repo = webshop({ at: '2026-03-16T10:00:00Z', write: files })
    const { json } = gitsmJson(['suggest', 'problems', ...asOf], repo)
    expect(json).toMatchObject({
      over: 90 * 86_400,
      atLeast: 3,
      suggestions: [{ by: 'ci', shared: ['label-printer-3'], count: 3, incidents: ['INC-1', 'INC-2', 'INC-3'] }],
    })
    expect(gitsm(['suggest', 'problems', '--over', '2w', ...asOf], repo).stdout).toMatch(/^nothing repeats/)
  })

  test('takes the usual rate from gitsm.yaml', () => {
    const repo = webshop({ at: '2026-03-16T10:00:00Z', write: files })
    const config = shippedFiles.find(({ path }) => path === 'gitsm.yaml')
    const text = new TextDecoder().decode(config?.bytes ?? new Uint8Array())
    repo.write({ 'gitsm.yaml': `${text}\nrepeats: { days: 12, at_least: 2 }\n` })
    const { json } = gitsmJson(['suggest', 'problems', ...asOf], repo)
    expect(json).toMatchObject({ over: 12 * 86_400, atLeast: 2, suggestions: [{ incidents: ['INC-2', 'INC-3'] }] })
  })

  test('gives the command that opens the problem, after which nothing is left to suggest', () => {
    const repo = webshop({ at: '2026-03-16T10:00:00Z', write: files })
    const { json } = gitsmJson(['suggest', 'problems', ...asOf], repo)
    const { problem } = Object(json).suggestions[0]
    const set = Object.entries(problem).flatMap(([field, value]) => [
      '--set',
      `${field}=${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}`,
    ])
    expect(gitsm(['new', 'problem', ...set], repo)).toMatchObject({ code: 0 })
    expect(gitsm(['validate'], repo)).toMatchObject({ code: 0 })
    expect(gitsm(['suggest', 'problems', ...asOf], repo).stdout).toMatch(/^nothing repeats/)
  })
})

describe('gitsm new request', () => {
  const form = '{ model: 13 inch, keyboard: US, needed_by: 2026-12-24 }'
  const args = (answers: string) =>
    ['new', 'request', '--set', 'title=A laptop for Kim', '--set', 'item=laptop', '--set', `form=${answers}`] as const

  test('takes service, team and tasks from the catalogue', () => {
    const repo = webshop()
    const { code, json } = gitsmJson(args(form), repo)
    expect(code).toBe(0)
    const { json: record } = gitsmJson(['show', Object(json).id], repo)
    expect(record).toMatchObject({
      data: { state: 'submitted', requester: 'ada', team: 'service-desk', service: 'customer-accounts' },
    })
    expect(Object(record).data.tasks[1]).toEqual({
      title: 'Install the tools of the team',
      team: 'platform',
      done: false,
    })
  })

  test('refuses answers that the form does not take, and writes nothing', () => {
    const repo = webshop()
    const { code, stdout } = gitsm(args('{ model: 14 inch, keyboard: US, needed_by: 2026-12-24 }'), repo)
    expect(code).toBe(1)
    expect(stdout).toContain('`form.model` cannot be `14 inch`')
    expect(repo.git(['status', '--porcelain'])).toBe('')
  })
})
