import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ReportOptions, report } from '../../src/journeys/report.ts'
import { worldOf } from '../support/approval-world.ts'
import { repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'
import { projectRoot } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

/** One incident in March 2026 and one in April. */
function shop(): TestRepo {
  const write = (at: string, id: string) => ({
    at,
    write: { [incidentFile(id)]: incident(id, 'new', { opened_at: at }) },
  })
  return webshop(write('2026-03-02T09:00:00Z', 'INC-1'), write('2026-04-10T09:00:00Z', 'INC-2'))
}

async function told(repo: TestRepo, asked: Partial<ReportOptions>) {
  const { out, code } = await report(worldOf(repo.dir), { periods: [], allDue: false, check: false, ...asked })
  const json: { periods: { period: string }[]; files: { path: string; state: string }[] } = JSON.parse(out)
  const written = json.files.filter(({ state }) => state !== 'unchanged').map(({ path }) => path.split('/'))
  return { code, periods: json.periods.map(({ period }) => period), written: [...new Set(written.map((at) => at[1]))] }
}

const folders = (repo: TestRepo) =>
  readdirSync(join(repo.dir, 'reports'))
    .filter((name) => !['charts', 'status.json', 'schedule.ics', 'major-incidents.rss'].includes(name))
    .toSorted()
const dashboard = (repo: TestRepo) => readFileSync(join(repo.dir, 'reports/README.md'), 'utf8')

test('several periods are written at once, and the dashboard tells of the month that began last', async () => {
  const repo = shop()
  expect((await told(repo, { periods: ['2026-03', '2026', '2026-04', '2026-Q1'] })).periods).toEqual([
    '2026-03',
    '2026',
    '2026-04',
    '2026-Q1',
  ])
  expect(folders(repo)).toEqual(['2026', '2026-03', '2026-04', '2026-Q1', 'README.md'])
  expect(dashboard(repo)).toContain('## Figures of April 2026')
})

test('what is due is the running month and the last month, quarter and year that are over', async () => {
  const repo = shop()
  expect((await told(repo, { allDue: true })).periods).toEqual(['2026-04', '2026-03', '2026-Q1'])
  expect(folders(repo)).toEqual(['2026-03', '2026-04', '2026-Q1', 'README.md'])
})

test('a later commit leaves the pages alone that say the same', async () => {
  const repo = shop()
  await told(repo, { allDue: true })
  repo.commit({ at: '2026-04-20T09:00:00Z', write: { 'notes.md': 'Nothing of ours\n' } })
  expect(await told(repo, { allDue: true })).toMatchObject({
    written: ['README.md', '2026-04', 'status.json', 'schedule.ics', 'major-incidents.rss'],
  })
  expect(await told(repo, { allDue: true, check: true })).toMatchObject({ code: 0, written: [] })
})

test('a picture that no page shows any more goes, and what others put beside it stays', async () => {
  const repo = shop()
  const pictures = join(repo.dir, 'reports/2026-03/charts')
  mkdirSync(pictures, { recursive: true })
  const forgotten = join(pictures, 'csi-forgotten-light.svg')
  const other = join(pictures, 'team photo.svg')
  for (const file of [forgotten, other]) writeFileSync(file, '<svg/>\n')
  await told(repo, { periods: ['2026-04'] })
  expect(existsSync(forgotten)).toBe(true)
  await told(repo, { periods: ['2026-03'] })
  expect(existsSync(forgotten)).toBe(false)
  expect(existsSync(other)).toBe(true)
  expect(await told(repo, { periods: ['2026-03'], check: true })).toMatchObject({ code: 0 })
  writeFileSync(forgotten, '<svg/>\n')
  expect(await told(repo, { periods: ['2026-03'], check: true })).toMatchObject({ code: 1, written: ['2026-03'] })
  expect(existsSync(forgotten)).toBe(true)
})

/** How git treats the files of a repository that `gitsm init` made. */
const shippedAttributes = readFileSync(join(projectRoot, 'starter/dot-gitattributes'), 'utf8')

/** The committed reports, as somebody else checks them out. */
function cloned(repo: TestRepo): TestRepo {
  repo.commit({ at: '2026-04-20T09:00:00Z', say: 'Publish the reports' })
  const dir = temporaryFolder()
  repo.git(['clone', '--quiet', repo.dir, dir])
  return repositoryIn(dir)
}

test.each([
  ['that git leaves alone are those of the format', shippedAttributes, '\r\n'],
  ['that git has changed make no report outdated', '* text=auto eol=lf\n', '\n'],
])('ends of lines in a clone %s', async (_, attributes, end) => {
  const repo = shop()
  repo.commit({ at: '2026-04-12T09:00:00Z', write: { '.gitattributes': attributes } })
  await told(repo, { periods: ['2026-04'] })
  const clone = cloned(repo)
  expect(readFileSync(join(clone.dir, 'reports/schedule.ics'), 'utf8')).toContain(`BEGIN:VCALENDAR${end}`)
  expect(await told(clone, { periods: ['2026-04'], check: true })).toMatchObject({ code: 0, written: [] })
})
