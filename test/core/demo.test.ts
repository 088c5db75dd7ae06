import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Commit, CommittedFile } from '../../src/adapters/fast-import.ts'
import { readRegistry } from '../../src/adapters/registry.ts'
import { changesBetween } from '../../src/core/changes.ts'
import { campaignOn, reliefDay } from '../../src/core/demo/story.ts'
import { eventfulIncident } from '../../src/core/demo/tour.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { type Data, isData, listAt, textAt } from '../../src/core/record.ts'
import { judge } from '../../src/core/rule.ts'
import type { TreeFile } from '../../src/core/tree.ts'
import { type DemoHistory, demoHistory } from '../../src/journeys/demo-history.ts'
import { load } from '../../src/journeys/load.ts'
import { changeRules, treeRules } from '../../src/rules/index.ts'
import { projectRoot, treeFile } from '../support/shipped.ts'

let history: DemoHistory

beforeAll(() => {
  history = demoHistory({ packageRoot: projectRoot })
})

function contentOf({ content }: CommittedFile): string {
  if (typeof content !== 'string') throw new Error('a file of the demo is text')
  return content
}

/** Files of the story itself; models of changes have words in braces of their own. */
function isToldOf({ path }: CommittedFile): boolean {
  return !/^(schemas|templates|records\/change-model)\//.test(path)
}

/** Two changes stand before the board when the year ends and collide, so that the board has something to decide. */
function isOneOfTwoThatCollide({ message }: Commit): boolean {
  return /^CHG-(20261026-G1FC|20261028-D5SK) /.test(message)
}

function treeOf(texts: Readonly<Record<string, string>>): readonly TreeFile[] {
  return Object.entries(texts).map(([path, text]) => treeFile(path, text))
}

function last({ versions }: DemoHistory['incidents'][number]): Data {
  return versions.at(-1)?.data ?? {}
}

function states({ versions }: DemoHistory['incidents'][number]): readonly string[] {
  return versions.map(({ data }) => textAt(data, 'state') ?? '')
}

describe('the year of the web shop', () => {
  test('replayed commit by commit, no step breaks a rule', () => {
    const files: Record<string, string> = {}
    const found: string[] = []
    let registry = readRegistry(
      treeOf(Object.fromEntries((history.commits[0]?.files ?? []).map((file) => [file.path, contentOf(file)]))),
    )
    let standing = indexRecords([])
    for (const [index, commit] of history.commits.entries()) {
      for (const file of commit.files) files[file.path] = contentOf(file)
      const touched = commit.files.map(({ path }) => path)
      if (index === 0) registry = readRegistry(treeOf(files))
      const changed = load(treeOf(Object.fromEntries(touched.map((path) => [path, files[path] ?? '']))), registry)
      const records = indexRecords([
        ...standing.all.filter(({ file }) => !touched.includes(file)),
        ...changed.records.all,
      ])
      const before = indexRecords(standing.all.filter(({ file }) => touched.includes(file)))
      const changes = changesBetween(
        { records: before, unreadable: new Set() },
        { records: changed.records, unreadable: changed.unreadable },
      )
      const brings = commit.files.some(({ path }) => path.startsWith('records/') && path.endsWith('.yaml'))
      if (index > 0 && brings && changes.length === 0) found.push(`${commit.message}: changes nothing`)
      const facts = { rulebook: registry.rulebook, records, unreadable: new Set<string>(), changes }
      found.push(
        ...[...changed.diagnostics, ...judge(changeRules, facts)]
          .filter(({ rule }) => rule !== 'conflict-is-known' || !isOneOfTwoThatCollide(commit))
          .map(({ message }) => `${commit.message}: ${message}`),
      )
      standing = records
      // Whole trees are judged where the organisation changes something about itself, and at the end.
      if (index > 0 && index < history.commits.length - 1 && commit.files.length < 2) continue
      const tree = { ...facts, changes: [] }
      found.push(...judge(treeRules, tree).map(({ message }) => `after ${commit.message}: ${message}`))
    }
    expect(found).toEqual([])
  })

  test('refers at every commit only to what is there already', () => {
    const all = [...history.incidents, ...history.practices]
    const born = new Map(all.map(({ id, versions }) => [id, versions[0]?.at ?? 0]))
    const early = all.flatMap(({ id, versions }) =>
      versions.flatMap(({ at, data }) => {
        const named = JSON.stringify(data).match(/\b[A-Z]{2,3}-20\d{6}-[0-9A-Z]{4}\b/g) ?? []
        return named.filter((other) => (born.get(other) ?? Infinity) > at).map((other) => `${id} names ${other}`)
      }),
    )
    expect([...new Set(early)]).toEqual([])
  })

  test('has three to four hundred incidents in twelve whole months, with titles that rarely repeat', () => {
    expect(history.incidents.length).toBeGreaterThan(300)
    expect(history.incidents.length).toBeLessThan(400)
    const months = new Set(history.incidents.map((incident) => textAt(last(incident), 'opened_at')?.slice(0, 7)))
    expect(months.size).toBeGreaterThanOrEqual(12)
    const titles = new Map<string, number>()
    for (const incident of history.incidents) {
      const title = textAt(last(incident), 'title') ?? ''
      titles.set(title, (titles.get(title) ?? 0) + 1)
    }
    expect(titles.size).toBeGreaterThan(200)
    expect(Math.max(...titles.values())).toBeLessThan(10)
    for (const commit of history.commits) {
      expect(`${commit.message} ${commit.files.filter(isToldOf).slice(0, 1).map(contentOf).join()}`).not.toMatch(
        /[^$]\{\w+\}|undefined/,
      )
    }
  })

  test('knows every turn that an incident can take', () => {
    const { incidents } = history
    const count = (is: (incident: DemoHistory['incidents'][number]) => boolean): number => incidents.filter(is).length
    expect(count((each) => textAt(last(each), 'reopen_reason') !== undefined)).toBeGreaterThan(5)
    expect(count((each) => states(each).at(-1) === 'cancelled')).toBeGreaterThan(15)
    expect(count((each) => states(each)[0] === 'resolved')).toBeGreaterThan(5)
    expect(count((each) => states(each)[0] === 'in_progress')).toBeGreaterThan(5)
    expect(count(({ versions }) => new Set(versions.map(({ data }) => data['team'])).size > 1)).toBeGreaterThan(15)
    expect(count(({ versions }) => new Set(versions.map(({ data }) => data['priority'])).size > 1)).toBeGreaterThan(5)
    expect(count((each) => !['closed', 'cancelled'].includes(states(each).at(-1) ?? ''))).toBeGreaterThan(2)
    const entries = incidents.flatMap((each) => listAt(last(each), 'log').filter(isData))
    expect(new Set(entries.flatMap((entry) => textAt(entry, 'hold_reason') ?? []))).toEqual(
      new Set(['awaiting_caller', 'awaiting_vendor', 'awaiting_change', 'awaiting_problem', 'awaiting_evidence']),
    )
    const cancelled = new Set(incidents.flatMap((each) => textAt(last(each), 'cancel_reason') ?? []))
    expect(cancelled).toEqual(new Set(['duplicate', 'not_an_incident', 'raised_in_error']))
  })

  test('has its peaks in promotions and on Friday evenings, until the cause is removed', () => {
    const capacity = history.incidents
      .filter((each) => textAt(last(each), 'category') === 'capacity')
      .map((each) => new Date((each.openedAt + 3600) * 1000))
    const fridays = capacity.filter((at) => at.getUTCDay() === 5)
    const promoted = capacity.filter((at) => campaignOn(at.toISOString().slice(0, 10)))
    expect(fridays.length).toBeGreaterThan(capacity.length * 0.4)
    expect(promoted.length).toBeGreaterThan(capacity.length * 0.5)
    const isBefore = (at: Date): boolean => at.toISOString().slice(0, 10) < reliefDay
    // Nine and a half months lie before the relief, two and a half after it.
    const perMonth = [capacity.filter(isBefore).length / 9.5, capacity.filter((at) => !isBefore(at)).length / 2.5]
    expect(perMonth[1]).toBeLessThan((perMonth[0] ?? 0) / 2)
  })

  test('is told by the members of the teams, in an order of time without a step back', () => {
    const instants = history.commits.map(({ at }) => at)
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
    const names = new Set(history.commits.map(({ by }: Commit) => by.name))
    expect(names.size).toBe(13)
    expect(names).toContain('Ada Brandt')
  })

  test('changes agreements and calendars on the way, so that effective dating shows', () => {
    const touching = (path: string): readonly string[] =>
      history.commits.flatMap((commit) =>
        commit.files.filter((file) => file.path === path).map((file) => contentOf(file)),
      )
    const [before, after] = touching('records/sla/webshop-gold.yaml')
    expect(before).toContain('P2: PT12H')
    expect(after).toContain('P2: PT8H')
    const holidays = touching('records/calendar/berlin-office.yaml').map((text) => text.match(/date: /g)?.length ?? 0)
    expect(holidays).toHaveLength(3)
    expect(holidays).toEqual(holidays.toSorted((a, b) => a - b))
  })

  test('leaves the configuration as it is shipped, but for the fourth web server', () => {
    const files = new Map<string, string>()
    for (const commit of history.commits) for (const file of commit.files) files.set(file.path, contentOf(file))
    const differing = [...files].filter(
      ([path, text]) =>
        /^records\/[a-z-]+\/[^/]+\.yaml$/.test(path) &&
        !(existsSync(join(projectRoot, path)) && readFileSync(join(projectRoot, path), 'utf8') === text),
    )
    expect(differing.map(([path]) => path).toSorted()).toEqual([
      'records/ci/lb-1.yaml',
      'records/ci/web-4.yaml',
      'records/window/black-friday-2025.yaml',
    ])
  })

  test('tells of every practice as much as it promises, and of every way in which things end', () => {
    const of = (type: string): readonly Data[] =>
      [...history.incidents, ...history.practices].filter((each) => each.type === type).map(last)
    const values = (type: string, field: string): ReadonlySet<unknown> =>
      new Set(of(type).flatMap((data) => data[field] ?? []))
    expect(of('incident').length).toBeGreaterThanOrEqual(200)
    expect(of('change').length).toBeGreaterThanOrEqual(60)
    expect(values('change', 'change_type')).toEqual(new Set(['normal', 'standard', 'emergency']))
    expect(values('change', 'outcome')).toEqual(
      new Set(['successful', 'successful_with_issues', 'unsuccessful_backed_out', 'unsuccessful_not_backed_out']),
    )
    expect([...values('change', 'state')]).toEqual(expect.arrayContaining(['closed', 'rejected', 'cancelled']))
    expect(of('change').filter((data) => data['unauthorised'] === true).length).toBeGreaterThan(0)
    expect(of('change').filter((data) => data['on_hold'] !== undefined)).toHaveLength(1)
    expect(of('problem').length).toBeGreaterThanOrEqual(12)
    expect(values('problem', 'state').size).toBeGreaterThanOrEqual(4)
    expect(of('review').length).toBeGreaterThanOrEqual(8)
    expect([...values('release', 'state')]).toEqual(expect.arrayContaining(['closed', 'rolled_back']))
    expect(of('request').length).toBeGreaterThanOrEqual(30)
    expect([...values('request', 'state')]).toEqual(expect.arrayContaining(['closed', 'rejected', 'cancelled']))
    expect(of('knowledge').length).toBeGreaterThanOrEqual(10)
    expect(values('knowledge', 'state').size).toBeGreaterThanOrEqual(4)
    expect(of('improvement').filter((data) => data['state'] === 'closed' && data['result'] === 'achieved')).not.toEqual(
      [],
    )
  })

  test('has two major incidents, each closed with the review that looks back on it', () => {
    const majors = history.incidents.map(last).filter((data) => data['major'] === true)
    expect(majors.map((data) => [data['state'], data['review']])).toEqual([
      ['closed', 'PIR-20251203-B1FR'],
      ['closed', 'PIR-20260324-R3CM'],
    ])
    for (const { id, review } of majors) {
      const held = history.practices.find((each) => each.id === review)
      expect(held && listAt(last(held), 'of')).toContain(id)
    }
  })

  test('was down in its incidents about as long as the daily series tells, and less after the relief', () => {
    const table = readFileSync(join(projectRoot, 'records/measurement/webshop-downtime.csv'), 'utf8')
    const measured = (month: string): number =>
      table
        .split('\n')
        .filter((row) => row.startsWith(month))
        .reduce((sum, row) => sum + Number(row.split(',')[1]), 0)
    const told = (month: string): number =>
      history.incidents
        .flatMap((each) => listAt(last(each), 'outage').filter(isData))
        .filter((outage) => outage['service'] === 'webshop' && textAt(outage, 'from')?.startsWith(month))
        .reduce((sum, { from, to }) => sum + (Date.parse(String(to)) - Date.parse(String(from))) / 60_000, 0)
    for (const month of ['2026-06', '2026-07', '2026-10']) {
      expect(told(month)).toBeGreaterThan(measured(month) / 4)
      expect(told(month)).toBeLessThan(measured(month) * 2)
    }
    expect(told('2026-10')).toBeLessThan((told('2026-06') + told('2026-07')) / 2)
  })

  test('has an incident for the tour that waits, changes hands and comes back', () => {
    const hero = eventfulIncident(history.incidents)
    expect(hero && states(hero)).toEqual(expect.arrayContaining(['on_hold', 'resolved', 'closed']))
  })
})
