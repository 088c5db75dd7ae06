import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { init } from '../../src/journeys/init.ts'
import { report } from '../../src/journeys/report.ts'
import { worldOf } from '../support/approval-world.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedFiles } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const configuration = new TextDecoder().decode(shippedFiles.find(({ path }) => path === 'gitsm.yaml')?.bytes)

const entry = `  pages:
    - name: checkout
      title: The checkout
      summary: For the owner of the checkout, what failed there and for how long.
      kpis: [opened, mttr, checkout-speed]
      scope: { service: webshop }
      by: priority
      trend: 3
      charts:
        - { key: opened, kpi: opened, kind: bars, title: Opened by priority }
        - { key: resolve, kpi: mttr, kind: line }
      lists:
        - title: Still open
          type: incident
          where: { state: [new, in_progress], service: webshop }
          during: opened_at
          fields: [state, priority, opened_at, outage]
`

/** Three incidents of the web shop in March, one of them resolved after four hours, one of another service. */
function shop(pages: string, files: Readonly<Record<string, string>> = {}): TestRepo {
  const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted the gateway' }
  const outage = ['07', '08'].map((hour) => `  - service: webshop\n    from: 2026-03-05T${hour}:00:00Z\n`).join('')
  const write = (at: string, id: string, text: string) => ({ at, write: { [incidentFile(id)]: text } })
  return webshop(
    { at: '2026-02-20T09:00:00Z', write: { 'gitsm.yaml': configuration.replace(/\n$/, `\n${pages}`), ...files } },
    write('2026-03-02T09:00:00Z', 'INC-1', incident('INC-1', 'new')),
    write('2026-03-02T13:00:00Z', 'INC-1', incident('INC-1', 'resolved', done)),
    write(
      '2026-03-05T09:00:00Z',
      'INC-2',
      `${incident('INC-2', 'new', { opened_at: '2026-03-05T09:00:00Z' })}outage:\n${outage}`,
    ),
    write('2026-03-06T09:00:00Z', 'INC-3', incident('INC-3', 'new', { service: 'mail' })),
  )
}

async function pageOf(repo: TestRepo, name: string): Promise<string> {
  await report(worldOf(repo.dir), { periods: ['2026-03'], allDue: false, check: false })
  return readFileSync(join(repo.dir, `reports/2026-03/${name}.md`), 'utf8')
}

test('an entry in gitsm.yaml adds a page with figures, charts and records, linked from the others', async () => {
  const repo = shop(entry)
  const page = await pageOf(repo, 'checkout')
  expect(page).toMatch(/^# The checkout: March 2026\n/)
  expect(page).toMatch(/^\| Incidents opened \| `opened` \| 2 \| 2 \|/m)
  expect(page).toMatch(/^\| Time to resolve \| `mttr` \| 4 h \| 1 \| 4 \| 4 \|/m)
  expect(page).toMatch(/^\| P3 \| 2 \| 2 \|/m)
  expect(page).toContain('alt="Opened by priority. ')
  expect(page).toContain('## Still open\n\n1 record.\n\n| Record | Title | state | priority | opened at | outage |\n')
  expect(page).toMatch(/^\| \[INC-2\]\(\S+\/INC-2\.yaml\) \| Checkout is slow \| new \| P3 \| 2026-03-05T\S+ \| 2 \|$/m)
  expect(page).not.toContain('INC-3')
  expect(await pageOf(repo, 'csi')).toContain('[The checkout](checkout.md)')
})

test('a template of its own says how the page reads', async () => {
  const template =
    '# {{md title}} in {{md period.title}}\n\n{{#each figures}}{{#if (eq id "opened")}}{{plural figure.value "failure" "failures"}}{{/if}}{{/each}}\n\n{{chart "resolve"}}\n'
  const page = await pageOf(shop(entry, { 'templates/reports/checkout.md.hbs': template }), 'checkout')
  expect(page).toMatch(/^# The checkout in March 2026\n\n2 failures\n\n<picture>\n/)
})

test('the example of docs/reports.md works as it stands', async () => {
  const docs = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8')
  const [, pages = ''] = /```yaml\nreports:\n {2}path: reports\n([\s\S]*?)```/.exec(docs) ?? []
  const [, template = ''] = /```handlebars\n([\s\S]*?)```/.exec(docs) ?? []
  expect(await pageOf(shop(pages), 'payments')).toMatch(/^# Payments: March 2026\n/)
  const page = await pageOf(shop(pages, { 'templates/reports/payments.md.hbs': template }), 'payments')
  expect(page).toMatch(/^# Payments in March 2026\n/)
  expect(page).toMatch(/^- Incidents opened: 0 \(n = 0\)/m)
})

test('a template changes a page that GitSM has', async () => {
  const changed = shop('', { 'templates/reports/incidents.md.hbs': '# What failed at {{md organisation}}\n' })
  expect(await pageOf(changed, 'incidents')).toBe('# What failed at Kontor Web Shop\n')
})

test.each([
  [
    'a KPI that nobody has',
    entry.replace('mttr, checkout-speed]', 'mttr, checkout-sped]'),
    /checkout-sped.*Did you mean checkout-speed/s,
  ],
  [
    'a type that there is not',
    entry.replace('type: incident', 'type: incidents'),
    /names the type "incidents".*Did you mean incident/s,
  ],
  ['a name that a page has', entry.replace('name: checkout', 'name: csi'), /There is a page csi already/],
  [
    'a chart of another figure',
    entry.replace('kpi: mttr, kind', 'kpi: mtta, kind'),
    /The chart resolve of the page checkout shows mtta/,
  ],
  [
    'a condition on a field that the type lacks',
    entry.replace('service: webshop }\n          during', 'servce: webshop }\n          during'),
    /list "Still open" of the page checkout names the field "servce".*incident records have none.*Did you mean service/s,
  ],
  [
    'a column that the type lacks',
    entry.replace('priority, opened_at, outage]', 'nosuchfield]'),
    /names the field "nosuchfield".*Its fields are /s,
  ],
  ['an instant that the type lacks', entry.replace('during: opened_at', 'during: open_at'), /Did you mean opened_at/],
  [
    'a state that there is not',
    entry.replace('[new, in_progress]', '[new, in_progres]'),
    /state is never "in_progres".*in_progress/s,
  ],
  [
    'a value never written',
    entry.replace('{ state: [new, in_progress]', '{ impact: hihg'),
    /impact is never "hihg".*high/s,
  ],
  ['a kind of chart that there is not', entry.replace('kind: line', 'kind: cake'), /gitsm\.yaml:\d+:\d+.*kind/],
])('%s is refused in words', async (_, pages, message) => {
  const told = pageOf(shop(pages), 'checkout').catch(
    (fault: { message: string; cure: string }) => `${fault.message}\n${fault.cure}`,
  )
  expect(await told).toMatch(message)
})

test('a template of another version stops with its line and value, and init brings the one of this version', async () => {
  const file = 'templates/reports/dashboard.md.hbs'
  const repo = shop('', { [file]: '# Dashboard\n\n{{md running.title}}\n' })
  const fault = await pageOf(repo, 'csi').catch((cause: unknown) => cause)
  expect(fault).toMatchObject({
    message: `${file}, line 3: the report has no value running.title`,
    cure: expect.stringContaining(
      'delete it, run "gitsm init .", which writes the one of this version, and commit that',
    ),
  })
  repo.git(['rm', '--quiet', file])
  await init(worldOf(repo.dir), { dir: '.', zoneHere: 'UTC', withExample: false, yes: true })
  repo.git(['add', file])
  repo.git(['commit', '--quiet', '--message', 'Take over the shipped dashboard'], '2026-03-09T00:00:00Z')
  expect(await pageOf(repo, 'csi')).toMatch(/^# /)
})
