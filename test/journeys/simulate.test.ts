import { describe, expect, test } from 'vitest'
import type { Format } from '../../src/core/judgement.ts'
import { type SimulateOptions, simulate } from '../../src/journeys/simulate.ts'
import { worldOf } from '../support/approval-world.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const goldFile = 'records/sla/webshop-gold.yaml'
const gold = shippedText(goldFile)
const tighter = gold.replace(/P2: PT8H, default: PT40H/, 'P2: PT8H, default: PT2H')
const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }

/** A day of one incident, resolved after some hours of the office. */
function day(id: string, date: string, until: string, set: Readonly<Record<string, string>> = {}) {
  const fields = { opened_at: `${date}T08:00:00Z`, ...set }
  return [
    { at: `${date}T08:00:00Z`, write: { [incidentFile(id)]: incident(id, 'new', fields) } },
    { at: `${date}T${until}:00Z`, write: { [incidentFile(id)]: incident(id, 'resolved', { ...done, ...fields }) } },
  ]
}

/** Two incidents of the first quarter of 2026, and a commit of the second. */
function quarter(): TestRepo {
  return webshop(...day('INC-1', '2026-03-02', '09:00'), ...day('INC-2', '2026-03-03', '12:00'), {
    at: '2026-04-02T08:00:00Z',
    write: { 'docs/notes.md': 'words' },
  })
}

/** The repository with a branch `next` that writes files. */
function proposing(write: Readonly<Record<string, string | null>>): TestRepo {
  const repo = quarter()
  repo.git(['checkout', '--quiet', '-b', 'next'])
  repo.commit({ at: '2026-04-03T08:00:00Z', write })
  repo.git(['checkout', '--quiet', 'main'])
  return repo
}

interface ToldSide {
  readonly cycles: number
  readonly met: number
}

interface Told {
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly with: { readonly name: string; readonly commit: string | null; readonly isLaidOver: boolean }
  readonly differences: readonly unknown[]
  readonly lines: readonly { readonly sla: string; target: string; before: ToldSide; after: ToldSide }[]
  readonly effects: readonly {
    readonly record: string
    readonly after: { readonly target: string } | null
  }[]
}

async function run(repo: TestRepo, options: SimulateOptions, format: Format = 'json') {
  return simulate({ ...worldOf(repo.dir), format }, options)
}

async function told(repo: TestRepo, options: SimulateOptions): Promise<Told> {
  return JSON.parse((await run(repo, options)).out)
}

function resolution({ lines }: Told) {
  const line = lines.find(({ sla, target }) => sla === 'webshop-gold' && target === 'resolution')
  return line && [line.before.met, line.after.met, line.before.cycles, line.after.cycles]
}

describe('gitsm simulate', () => {
  test('reads the last full quarter under the agreements of a branch', async () => {
    const repo = proposing({ [goldFile]: tighter })
    const found = await told(repo, { with: 'next' })
    expect(found).toMatchObject({
      // The quarter in the zone of the reports, Europe/Berlin.
      from: '2025-12-31T23:00:00Z',
      to: '2026-03-31T22:00:00Z',
      asOf: '2026-03-31T22:00:00Z',
      with: { name: 'next', commit: repo.git(['rev-parse', 'next']), isLaidOver: false },
      differences: [{ what: 'sla', id: 'webshop-gold', kind: 'edited' }],
      effects: [{ record: 'INC-2', type: 'incident', effect: 'breached' }],
    })
    expect(resolution(found)).toEqual([2, 1, 2, 2])
  })

  test('reads the period that is named, in days of the zone of the reports', async () => {
    const found = await told(proposing({ [goldFile]: tighter }), { with: 'next', from: '2026-03-03', to: '2026-03-04' })
    expect(found).toMatchObject({ from: '2026-03-02T23:00:00Z', to: '2026-03-03T23:00:00Z' })
    expect(resolution(found)).toEqual([1, 0, 1, 1])
    expect(await told(quarter(), { with: 'HEAD', from: '2026-01-01', to: '2026-02-01' })).toMatchObject({ lines: [] })
  })

  test('takes a working tree for itself', async () => {
    const repo = quarter()
    repo.write({ [goldFile]: tighter })
    expect(resolution(await told(repo, { with: '.' }))).toEqual([2, 1, 2, 2])
    repo.write({ [goldFile]: null, 'records/sla/webshop-gold-weekend.yaml': null })
    const found = await told(repo, { with: '.' })
    expect(found.with).toMatchObject({ isLaidOver: false })
    expect(found.differences).toContainEqual({ what: 'sla', id: 'webshop-gold', kind: 'removed' })
    // House-wide support takes over what the agreement no longer covers.
    expect(found.lines.map(({ sla }) => sla)).toContain('house-default')
  })

  test('lays a folder that is no whole repository over what stands, record by record', async () => {
    const repo = quarter()
    repo.write({ 'what-if/records/sla/gold/webshop-gold.yaml': tighter })
    const found = await told(repo, { with: './what-if' })
    expect(found).toMatchObject({
      with: { name: './what-if', commit: null, isLaidOver: true },
      differences: [{ what: 'sla', id: 'webshop-gold', kind: 'edited' }],
    })
    expect(resolution(found)).toEqual([2, 1, 2, 2])
  })

  test('reads under another priority matrix, which sets other targets', async () => {
    const config = shippedText('gitsm.yaml').replace(
      'medium: { high: P2, medium: P3, low: P4 }',
      'medium: { high: P2, medium: P1, low: P4 }',
    )
    const found = await told(proposing({ 'gitsm.yaml': config }), { with: 'next' })
    expect(found.differences).toEqual([{ what: 'configuration', id: 'priority.matrix', kind: 'edited' }])
    // Nobody took them up before they were resolved; a P1 wants an answer within minutes.
    expect(found.effects.map(({ record, after }) => [record, after?.target])).toEqual([
      ['INC-2', 'response'],
      ['INC-1', 'response'],
    ])
    expect(found.effects).toMatchObject([
      { before: { priority: 'P3' }, after: { priority: 'P1', status: 'breached' } },
      { before: { priority: 'P3' }, after: { priority: 'P1', status: 'breached' } },
    ])
  })

  test('changes nothing', async () => {
    const repo = proposing({ [goldFile]: tighter })
    const state = () => [repo.git(['for-each-ref']), repo.git(['status', '--porcelain'])]
    const before = state()
    await run(repo, { with: 'next' })
    expect(state()).toEqual(before)
  })

  test('agreements that cannot judge are findings', async () => {
    const repo = proposing({ [goldFile]: gold.replace('[resolved, closed]', '[resolvd, closed]') })
    const { code, out } = await run(repo, { with: 'next' })
    expect(code).toBe(1)
    expect(JSON.parse(out).diagnostics).toMatchObject([{ rule: 'sla-is-consistent', file: goldFile }])
    const outside = proposing({ [goldFile]: 'id: &a webshop-gold\n' })
    expect(await run(outside, { with: 'next' })).toMatchObject({ code: 3 })
  })

  test('asks agreements that have ended nothing that was asked later', async () => {
    const old = 'records/sla/business-silver.yaml'
    const schemaFile = 'schemas/sla/schema.json'
    const schema = JSON.parse(shippedText(schemaFile))
    schema.required.push('description')
    const undescribed = shippedText(old).replace(/^description: .*\n(?: {2}.*\n)+/m, '')
    const repo = quarter()
    repo.commit({
      at: '2026-04-02T09:00:00Z',
      write: { [old]: undescribed.replace('state: active', 'state: superseded') },
    })
    repo.commit({ at: '2026-04-02T10:00:00Z', write: { [schemaFile]: JSON.stringify(schema) } })
    expect(await run(repo, { with: 'HEAD' })).toMatchObject({ code: 0 })
    repo.commit({ at: '2026-04-02T11:00:00Z', write: { [old]: undescribed } })
    expect(await run(repo, { with: 'HEAD' })).toMatchObject({ code: 1 })
  })

  test('what cannot be is refused with a cure', async () => {
    const repo = proposing({ [goldFile]: tighter })
    repo.git(['branch', 'records'])
    const wrong: readonly (readonly [SimulateOptions, RegExp])[] = [
      [{ with: 'nix' }, /There is no revision "nix"/],
      [{ with: './nix' }, /There is no folder \.\/nix/],
      [{ with: './records/team' }, /holds no agreements/],
      [{ with: 'records' }, /records is a revision and a folder/],
      [{ with: 'next', from: '2026-01-01' }, /Only one end/],
    ]
    for (const [options, message] of wrong) await expect(run(repo, options)).rejects.toThrow(message)
  })

  test('tells people what would be, as text and as Markdown', async () => {
    const repo = proposing({ [goldFile]: tighter })
    const text = (await run(repo, { with: 'next' }, 'text')).out
    expect(text).toMatch(
      /^The clocks as they were → under next \([0-9a-f]{10}\)\nDifferent .*: sla webshop-gold \(edited\)\./,
    )
    expect(text).toMatch(/webshop-gold +resolution +2 +2 → 1 +0 → 1 +0 +100 % → 50 % +95 %/)
    expect(text).toMatch(
      /1 clock would have been breached:\n {2}INC-2 +P3 +webshop-gold resolution +met 4 h of 40 h → breached 4 h of 2 h\n/,
    )
    expect(text).toContain('stopped from 2026-01-01 00:00 to before 2026-04-01 00:00 (Europe/Berlin)')
    const markdown = (await run(repo, { with: 'next' }, 'markdown')).out
    expect(markdown).toMatch(/\| webshop-gold \| resolution \| 2 \| 2 → 1 \| 0 → 1 \| 0 \| 100 % → 50 % \| 95 % \|/)
    expect(markdown).toContain('- INC-2 · P3 · webshop-gold resolution · met 4 h of 40 h → breached 4 h of 2 h')
  })

  test('a folder with a hostile name stays a name', async () => {
    const repo = quarter()
    const name = './a\u202e<b>|`'
    repo.write({ [`${name}/records/sla/webshop-gold.yaml`]: tighter })
    expect((await run(repo, { with: name }, 'text')).out).toContain('./a\\u202e<b>|`')
    expect((await run(repo, { with: name }, 'markdown')).out).toContain('under ./a&#92;u202e&lt;b&gt;&#124;&#96;')
  })

  test('says so where no clock stopped', async () => {
    const { out } = await run(webshop(), { with: 'HEAD' }, 'text')
    expect(out).toContain('No clock stopped in the period, and none was overdue at its end.')
  })
})
