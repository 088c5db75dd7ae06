import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { type TestRepo, temporaryFolder } from '../support/repo.ts'
import { reportPaths } from '../support/report-pages.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const taken = { team: 'operations' }
const done = { ...taken, resolution_code: 'fixed', resolution: 'Restarted the gateway' }
const march = ['--period', '2026-03']
const page = 'reports/2026-03/incidents.md'

/** Two incidents in March, one of them resolved, and a third in April. */
function shop(): TestRepo {
  const april = { opened_at: '2026-04-10T09:00:00Z' }
  const write = (at: string, id: string, text: string) => ({ at, write: { [incidentFile(id)]: text } })
  return webshop(
    write('2026-03-02T09:00:00Z', 'INC-1', incident('INC-1', 'new')),
    write('2026-03-02T12:00:00Z', 'INC-1', incident('INC-1', 'resolved', done)),
    write('2026-03-05T09:00:00Z', 'INC-2', incident('INC-2', 'new', { opened_at: '2026-03-05T09:00:00Z' })),
    write('2026-04-10T09:00:00Z', 'INC-3', incident('INC-3', 'new', april)),
  )
}

function read(repo: TestRepo, path: string): string {
  return readFileSync(join(repo.dir, path), 'utf8')
}

/** What files say, by their paths below a folder. */
function filesBelow(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const kept = files.filter((path) => statSync(join(folder, path)).isFile()).toSorted()
  return new Map(kept.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
}

describe('gitsm report', () => {
  test('writes the dashboard and the pages of the period, and says what they rest on', () => {
    const repo = shop()
    const { code, json } = gitsmJson(['report', ...march], repo)
    expect(code).toBe(0)
    expect(json).toMatchObject({
      commit: repo.git(['rev-parse', 'HEAD']),
      asOf: '2026-03-31T22:00:00Z',
      period: '2026-03',
      periods: [{ period: '2026-03', asOf: '2026-03-31T22:00:00Z' }],
      files: expect.arrayContaining(
        [...reportPaths('2026-03'), 'reports/status.json', 'reports/schedule.ics', 'reports/major-incidents.rss'].map(
          (path) => ({ path, state: 'written' }),
        ),
      ),
    })
    const head = repo.git(['rev-parse', 'HEAD'])
    expect(read(repo, page)).toContain(`from commit \`${head.slice(0, 10)}\``)
    expect(read(repo, 'reports/2026-03/audit.md')).toContain(head)
    expect(read(repo, page)).not.toContain('INC-3')
  })

  test('a second run writes nothing, and --check agrees', () => {
    const repo = shop()
    gitsm(['report', ...march], repo)
    const written = statSync(join(repo.dir, page)).mtimeMs
    expect(gitsm(['report', ...march], repo).stdout).toMatch(/^unchanged {2}reports\/README\.md\n/)
    expect(statSync(join(repo.dir, page)).mtimeMs).toBe(written)
    expect(gitsm(['report', ...march, '--check'], repo).code).toBe(0)
  })

  test('committing the reports leaves them up to date', () => {
    const repo = shop()
    gitsm(['report', ...march], repo)
    repo.commit({ at: '2026-05-01T00:00:00Z', say: 'Reports' })
    expect(gitsm(['report', ...march, '--check'], repo).code).toBe(0)
  })

  test('--check finds a page that was edited, missing or overtaken, and writes nothing', () => {
    const repo = shop()
    expect(gitsm(['report', ...march, '--check'], repo)).toMatchObject({ code: 1, stdout: /outdated {2}reports/ })
    expect(readdirSync(repo.dir)).not.toContain('reports')
    gitsm(['report', ...march], repo)
    repo.write({ [page]: 'All is well.\n' })
    expect(gitsm(['report', ...march, '--check'], repo)).toMatchObject({
      code: 1,
      stdout: /outdated {2}reports\/2026-03\/incidents/,
    })
    expect(read(repo, page)).toBe('All is well.\n')
  })

  test('the dashboard tells of the latest period, whichever is written last', () => {
    const repo = shop()
    gitsm(['report', '--period', '2026-04'], repo)
    const dashboard = read(repo, 'reports/README.md')
    gitsm(['report', ...march], repo)
    expect(read(repo, 'reports/README.md').split('\n')[0]).toBe(dashboard.split('\n')[0])
    expect(gitsm(['report', '--period', '2026-04', '--check'], repo).code).toBe(0)
  })

  test('the newest month is reported when no period is named', () => {
    expect(gitsmJson(['report'], shop()).json).toMatchObject({ period: '2026-04', asOf: '2026-04-10T09:00:00Z' })
  })

  test('a later commit that is no step of an incident does not move that month', () => {
    const repo = shop()
    repo.commit({ at: '2026-06-01T09:00:00Z', write: { 'templates/reports/incidents.md.hbs': '# Incidents\n' } })
    expect(gitsmJson(['report'], repo).json).toMatchObject({ period: '2026-04', asOf: '2026-04-30T22:00:00Z' })
  })

  test('the same commit gives the same bytes in any zone, locale and folder', () => {
    const [one, other] = [shop(), shop()]
    gitsm(['report', ...march], { dir: one.dir, env: { TZ: 'UTC', LC_ALL: 'C' } })
    const expected = filesBelow(join(one.dir, 'reports'))
    expect(expected.size).toBeGreaterThan(4)
    for (const env of [
      { TZ: 'Pacific/Chatham', LC_ALL: 'de_DE.UTF-8' },
      { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8' },
    ]) {
      const out = temporaryFolder()
      gitsm(['report', ...march, '--out', out], { dir: other.dir, env })
      expect(filesBelow(out)).toEqual(expected)
    }
    expect(readdirSync(other.dir)).not.toContain('reports')
  })

  test('an organisation changes a report by editing its template', () => {
    const repo = shop()
    const template = 'templates/reports/incidents.md.hbs'
    repo.commit({ at: '2026-04-11T09:00:00Z', write: { [template]: '# Incidents of {{md organisation}}\n' } })
    gitsm(['report', ...march], repo)
    expect(read(repo, page)).toBe('# Incidents of Kontor Web Shop\n')
  })

  test('a template that prints a bare value is refused with its line', () => {
    const repo = shop()
    const template = 'templates/reports/incidents.md.hbs'
    repo.commit({ at: '2026-04-11T09:00:00Z', write: { [template]: '# Incidents\n{{organisation}}\n' } })
    expect(gitsm(['report', ...march], repo)).toMatchObject({ code: 2, stderr: /incidents, line 2/ })
    expect(readdirSync(repo.dir)).not.toContain('reports')
  })

  test('a symbolic link is not written through', () => {
    const repo = shop()
    const outside = temporaryFolder()
    symlinkSync(outside, join(repo.dir, 'reports'))
    expect(gitsm(['report', ...march], repo)).toMatchObject({ code: 3, stderr: /reports is a symbolic link/ })
    expect(readdirSync(outside)).toEqual([])
  })

  test.each([
    ['no period', '2026-13', /is no period/],
    ['a period before the history', '2025', /Nothing is recorded of 2025\n.*The history begins 2026-0/],
    ['a period that has not begun', '2031', /Nothing is recorded yet of 2031/],
  ])('%s is a usage error', (_, period, message) => {
    expect(gitsm(['report', '--period', period], shop())).toMatchObject({ code: 2, stderr: message })
  })
})
