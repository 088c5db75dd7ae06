import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { render } from '../../src/journeys/render.ts'
import { worldOf } from '../support/approval-world.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
const history = [
  { at: '2026-03-02T09:00:00Z', write: { [incidentFile('INC-1')]: incident('INC-1', 'new') } },
  { at: '2026-03-02T10:00:00Z', write: { [incidentFile('INC-1')]: incident('INC-1', 'resolved', done) } },
]

test('the page of a record tells what it refers to, its clocks and its timeline', async () => {
  const { out } = await render(worldOf(webshop(...history).dir), { name: 'INC-1' })
  expect(out).toMatch(/^# Checkout is slow\n\n`INC-1` · resolved · P3\n/)
  expect(out).toContain('| [webshop](records/service/webshop.yaml) | service | Web shop | operational |')
  expect(out).toMatch(/^\| Gold support of the web shop \| resolution \| P3 \| met \| \S+/m)
  expect(out).toMatch(/^\| new \| 2026-03-02 10:00 \| 2026-03-02 11:00 \| 1 h \| ada \| `[0-9a-f]{10}` \| claimed \|$/m)
  expect(out).toMatch(/^\| resolved \| 2026-03-02 11:00 \| still \| – \| ada \|/m)
  expect(out).toContain('```mermaid\nstateDiagram-v2\n')
  const service = (await render(worldOf(webshop(...history).dir), { name: 'webshop' })).out
  expect(service).toContain(`| [INC-1](${incidentFile('INC-1')}) | incident | Checkout is slow | resolved |`)
})

test('a page as of an instant knows nothing of what came later', async () => {
  const world = { ...worldOf(webshop(...history).dir), asOf: Date.parse('2026-03-02T09:30:00Z') / 1000 }
  const { out } = await render(world, { name: 'INC-1' })
  expect(out).toContain('`INC-1` · new · P3')
  expect(out).not.toContain('Restarted')
})

test('a template of the repository says how its records read', async () => {
  const own = { at: '2026-03-02T08:00:00Z', write: { 'templates/incident.md.hbs': '# {{code id}}, {{md impact}}\n' } }
  const { out } = await render(worldOf(webshop(own, ...history).dir), { name: 'INC-1' })
  expect(out).toMatch(/^# `INC-1`, medium\n/)
})

test('every record has a page, pages link to each other, and only what changed is written', async () => {
  const repo = webshop(...history)
  const all = async (): Promise<{ pages: number; written: readonly string[] }> =>
    JSON.parse((await render(worldOf(repo.dir), {})).out)
  const first = await all()
  expect(first.written).toHaveLength(first.pages)
  expect(first.pages).toBeGreaterThan(100)
  for (const path of first.written) {
    // A text that is taken apart reads so.
    expect(readFileSync(join(repo.dir, path), 'utf8'), path).not.toMatch(/\b0 \S, 1 \S/)
  }
  const page = readFileSync(join(repo.dir, 'reports/records/incident/INC-1.md'), 'utf8')
  const sla = readFileSync(join(repo.dir, 'reports/records/sla/webshop-gold.md'), 'utf8')
  expect(sla).toMatch(/^\| Target P1 \| PT\d+[MH]\b/m)
  expect(page).toContain('| [webshop](../service/webshop.md) |')
  expect(page).toContain(`[The record](../../../${incidentFile('INC-1')})`)
  expect((await all()).written).toEqual([])
  const text = incident('INC-1', 'resolved', { ...done, title: 'Checkout was slow' })
  repo.commit({ at: '2026-03-03T10:00:00Z', write: { [incidentFile('INC-1')]: text } })
  const written = (await all()).written
  expect(written).toEqual(
    expect.arrayContaining(['reports/records/incident/INC-1.md', 'reports/records/service/webshop.md']),
  )
  expect(written.length).toBeLessThan(5)
})
