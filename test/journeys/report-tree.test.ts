import { expect, test } from 'vitest'
import { reportPages } from '../../src/journeys/report-pages.ts'
import { worldOf } from '../support/approval-world.ts'
import { asPublished } from '../support/report-pages.ts'
import { webshop } from '../support/webshop.ts'

const kpi = (target: number): string =>
  `id: checkout-load\ntitle: Sessions of the checkout\nowner: operations\nunit: sessions\ndirection: down\nmeasurement: checkout-load\naggregation: max\ntarget: ${target}\n`
const measurement = `id: checkout-load\ntitle: Sessions of the checkout\nowner: operations\nservice: webshop\nunit: sessions\nsource: access log\nfile: checkout-load.csv\n`
const values = (...lines: readonly string[]): string => `at,value\n${lines.map((line) => `${line}\n`).join('')}`

test('what a target, a team or a value became later does not rewrite a month that is over', async () => {
  const repo = webshop(
    {
      at: '2026-03-01T09:00:00Z',
      write: {
        'records/kpi/checkout-load.yaml': kpi(500),
        'records/measurement/checkout-load.yaml': measurement,
        'records/measurement/checkout-load.csv': values('2026-03-01T00:00:00Z,100'),
      },
    },
    {
      at: '2026-04-01T02:00:00Z',
      say: 'Record the values of March',
      write: {
        'records/measurement/checkout-load.csv': values('2026-03-01T00:00:00Z,100', '2026-03-20T00:00:00Z,420'),
      },
    },
  )
  const page = async () => {
    const head = repo.git(['rev-parse', 'HEAD'])
    const asked = { head, path: 'reports', folders: [], periods: ['2026-03'], allDue: false }
    const world = worldOf(repo.dir)
    const { pages } = await reportPages(world, { dir: repo.dir, env: world.env }, asked)
    const text = pages.find(({ path }) => path === 'reports/2026-03/csi.md')?.text ?? ''
    return text.replaceAll(head, 'HEAD')
  }
  const before = await page()
  expect(before).toMatch(/Sessions of the checkout.*\| 420 sessions \(n = 2\) \|.*\| 500 sessions \| yes \|/)
  repo.commit({
    at: '2026-04-10T09:00:00Z',
    write: {
      'records/kpi/checkout-load.yaml': kpi(300),
      'records/measurement/checkout-load.csv': values('2026-03-01T00:00:00Z,900', '2026-03-20T00:00:00Z,420'),
    },
  })
  const after = await page()
  expect(asPublished(after)).toBe(asPublished(before))
  expect(after).toContain(
    '- Values of `checkout-load` were edited or came since:\n  - Sessions of the checkout (`checkout-load`): 420 sessions (n = 2) → 900 sessions (n = 2)\n',
  )
})

test('quotes what people said by the instant that is asked for, else what they said since', async () => {
  const commentary = `id: march\ntitle: March\nperiod: 2026-03\nauthor: ada\ntext: Too many sales at once.\n`
  const repo = webshop(
    { at: '2026-03-02T09:00:00Z', write: { 'notes.md': 'Open\n' } },
    { at: '2026-04-02T09:00:00Z', write: { 'records/commentary/march.yaml': commentary } },
  )
  const saying = async (asOf?: string): Promise<string> => {
    const head = repo.git(['rev-parse', 'HEAD'])
    const asked = { head, path: 'reports', folders: [], periods: ['2026-03'], allDue: false }
    const world = worldOf(repo.dir)
    const { pages } = await reportPages(
      world,
      { dir: repo.dir, env: world.env },
      { ...asked, ...(asOf !== undefined && { asOf: Date.parse(asOf) / 1000 }) },
    )
    return pages.find(({ path }) => path === 'reports/2026-03/csi.md')?.text ?? ''
  }
  expect(await saying()).toContain('Too many sales at once.')
  expect(await saying('2026-04-01T09:00:00Z')).not.toContain('Too many sales at once.')
})
