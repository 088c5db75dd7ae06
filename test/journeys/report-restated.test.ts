import { expect, test } from 'vitest'
import { reportPages } from '../../src/journeys/report-pages.ts'
import { worldOf } from '../support/approval-world.ts'
import type { TestRepo } from '../support/repo.ts'
import { asPublished } from '../support/report-pages.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const at = (id: string, when: string, opened: string, state = 'new', fields = {}) => ({
  at: when,
  write: { [incidentFile(id)]: incident(id, state, { opened_at: opened, ...fields }) },
})

/** Two incidents of March, and one of April by which the mainline is past the end of March. */
function shop(): TestRepo {
  return webshop(
    at('INC-1', '2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z'),
    at('INC-2', '2026-03-03T09:00:00Z', '2026-03-03T09:00:00Z'),
    at('INC-3', '2026-04-02T09:00:00Z', '2026-04-02T09:00:00Z'),
  )
}

async function pagesOf(repo: TestRepo, period: string, folders: readonly string[] = []) {
  const world = worldOf(repo.dir)
  const head = repo.git(['rev-parse', 'HEAD'])
  const asked = { head, path: 'reports', folders, periods: [period], allDue: false }
  const { pages } = await reportPages(world, { dir: repo.dir, env: world.env }, asked)
  return pages.filter(({ path }) => path.startsWith(`reports/${period}/`) && path.endsWith('.md'))
}

test('a month that is over stays as it was; what became known later stands apart, with the reason', async () => {
  const repo = shop()
  const published = await pagesOf(repo, '2026-03')
  expect(published.every(({ text }) => !/restated/i.test(text))).toBe(true)
  const late = repo.commit(at('INC-4', '2026-04-06T09:00:00Z', '2026-03-30T08:00:00Z'))
  const later = repo.commit(at('INC-5', '2026-04-06T10:00:00Z', '2026-03-30T08:00:00Z'))
  const cancelled = repo.commit(
    at('INC-2', '2026-04-07T09:00:00Z', '2026-03-03T09:00:00Z', 'cancelled', { cancel_reason: 'No fault' }),
  )
  const again = await pagesOf(repo, '2026-03')
  expect(again.map(({ text }) => asPublished(text))).toEqual(published.map(({ text }) => asPublished(text)))
  const text = again.find(({ path }) => path === 'reports/2026-03/csi.md')?.text ?? ''
  const section = text.slice(text.indexOf('## Restated since'))
  expect(section).toContain(
    [
      `- [INC-2](../../${incidentFile('INC-2')}) was cancelled at 2026-04-07 11:00, commit \`${cancelled.slice(0, 10)}\`; ` +
        `[INC-4](../../${incidentFile('INC-4')}) was filed at 2026-04-06 11:00 and had begun at 2026-03-30 10:00, commit \`${late.slice(0, 10)}\`; ` +
        `[INC-5](../../${incidentFile('INC-5')}) was filed at 2026-04-06 12:00 and had begun at 2026-03-30 10:00, commit \`${later.slice(0, 10)}\`:`,
      '  - Incidents opened (`opened`): 2 → 3',
    ].join('\n'),
  )
  for (const { text } of again) expect(text).toMatch(/\*\*Later facts change \d+ figures? of this period:\*\*/)
})

test('the report of the next month says which figures of the last one are restated', async () => {
  const repo = shop()
  repo.commit(at('INC-4', '2026-04-06T09:00:00Z', '2026-03-30T08:00:00Z'))
  const april = async (folders: readonly string[]) =>
    (await pagesOf(repo, '2026-04', folders)).find(({ path }) => path.endsWith('/csi.md'))?.text
  const text = await april(['2026-03'])
  expect(text).toContain('[its report](../2026-03/csi.md#restated-since) tells why')
  expect(text).toContain('- Incidents opened (`opened`): 2 when it was published, 3 now.')
  expect(await april([])).not.toMatch(/restated/i)
})

test('a step that an open incident takes later restates nothing', async () => {
  const repo = shop()
  const taken = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
  repo.commit(at('INC-1', '2026-04-06T09:00:00Z', '2026-03-02T09:00:00Z', 'resolved', taken))
  for (const { text } of await pagesOf(repo, '2026-03')) expect(text).not.toMatch(/restated/i)
})
