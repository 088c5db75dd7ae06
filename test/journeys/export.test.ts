import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { isData } from '../../src/core/record.ts'
import { type ExportOptions, exportData } from '../../src/journeys/export.ts'
import { sla } from '../../src/journeys/sla.ts'
import { timeline } from '../../src/journeys/timeline.ts'
import type { World } from '../../src/journeys/world.ts'
import { naughtyTexts } from '../reports/naughty.ts'
import { worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { clusterUpgrade } from '../support/normal-change.ts'
import { repository, type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedFiles } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }
const history = [
  { at: '2026-03-02T09:00:00Z', write: { [incidentFile('INC-2')]: incident('INC-2', 'new') } },
  { at: '2026-03-02T09:10:00Z', write: { [incidentFile('INC-1')]: incident('INC-1', 'new') } },
  { at: '2026-03-02T10:00:00Z', write: { [incidentFile('INC-1')]: incident('INC-1', 'resolved', done) } },
  { at: '2026-03-02T11:00:00Z', write: { [incidentFile('INC-2')]: null } },
]

interface Line {
  readonly [field: string]: unknown
}

async function exported(
  repo: TestRepo,
  format: World['format'],
  options: Partial<ExportOptions> = {},
  asOf?: string,
): Promise<string> {
  const world = { ...worldOf(repo.dir), format, ...(asOf !== undefined && { asOf: instant(asOf) }) }
  return (await exportData(world, { types: [], parts: [], ...options })).out
}

function linesOf(text: string): readonly Line[] {
  expect(text).toMatch(/\n$/)
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

function rowsOf(text: string): readonly Record<string, string>[] {
  return parse(text, { columns: true })
}

describe('lines of JSON', () => {
  test('hold what the other commands tell of the same commit and instant', async () => {
    const repo = webshop(...history)
    const [head, ...lines] = linesOf(await exported(repo, 'ndjson', { types: ['incident'] }))
    expect(head).toMatchObject({
      ...{ kind: 'export', version: 1, commit: repo.git(['rev-parse', 'HEAD']), asOf: '2026-03-02T11:00:00Z' },
      ...{ parts: ['records', 'timelines', 'readings'], unreadable: [] },
    })
    const told = { ...worldOf(repo.dir), asOf: instant('2026-03-02T11:00:00Z') }
    const read = JSON.parse((await sla(told, { ids: ['INC-1'], asOf: told.asOf })).out).readings
    expect(read.length).toBeGreaterThan(0)
    const own = lines.filter(({ kind, record }) => kind === 'reading' && record === 'INC-1')
    expect(own).toEqual(
      read.map(({ kind, ...fields }: Line) => ({ kind: 'reading', type: 'incident', ...fields, agreement: kind })),
    )
    const { asOf: _, evidence: __, ...life } = JSON.parse((await timeline(told, 'INC-1')).out)
    expect(lines.find(({ kind, id }) => kind === 'timeline' && id === 'INC-1')).toEqual({
      ...{ kind: 'timeline', type: 'incident' },
      ...life,
    })
    const records = lines.filter(({ kind }) => kind === 'record')
    expect(records).toEqual([expect.objectContaining({ type: 'incident', id: 'INC-1', file: incidentFile('INC-1') })])
    expect(records[0]?.['data']).toMatchObject({ state: 'resolved', resolution: 'Restarted' })
  })

  test('keep the life of a record that was removed, and stand in order of kind, type and id', async () => {
    const lines = linesOf(await exported(webshop(...history), 'ndjson'))
    const timelines = lines.filter(({ kind }) => kind === 'timeline')
    const removed = timelines.find(({ id }) => id === 'INC-2')
    expect(removed?.['entries']).toMatchObject([{ state: 'new' }, { state: null, gap: 'the record was removed' }])
    const kinds = ['export', 'record', 'timeline', 'reading']
    const keys = lines.map(({ kind, type, id, record }) =>
      [kinds.indexOf(String(kind)), type ?? '', id ?? record ?? ''].join(' '),
    )
    expect(keys).toEqual(keys.toSorted())
    expect(lines[0]).toMatchObject({
      counts: { records: lines.filter(({ kind }) => kind === 'record').length, timelines: timelines.length },
    })
  })

  test('as of an instant know nothing of what came later', async () => {
    const repo = webshop(...history)
    const text = await exported(repo, 'ndjson', { types: ['incident'] }, '2026-03-02T09:30:00Z')
    expect(text).not.toMatch(/resolved|Restarted|removed/)
    const ids = linesOf(text).flatMap(({ kind, id }) => (kind === 'record' ? [id] : []))
    expect(ids).toEqual(['INC-1', 'INC-2'])
    const before = linesOf(await exported(repo, 'ndjson', {}, '2025-12-01T00:00:00Z'))
    expect(before).toMatchObject([{ kind: 'export', counts: { records: 0, timelines: 0, readings: 0 } }])
  })

  test('are the same bytes each time', async () => {
    const repo = webshop(...history)
    const first = await exported(repo, 'ndjson')
    const world = { ...worldOf(repo.dir), format: 'ndjson' as const, now: instant('2030-01-01T00:00:00Z') }
    expect((await exportData(world, { types: [], parts: [] })).out).toBe(first)
  })

  test('name the records that cannot be read', async () => {
    const broken = { at: '2026-03-03T09:00:00Z', write: { [incidentFile('INC-3')]: 'id: [\n' } }
    const said: string[] = []
    const world = { ...worldOf(webshop(...history, broken).dir), format: 'ndjson' as const }
    const { out } = await exportData({ ...world, say: (line) => void said.push(line) }, { types: [], parts: [] })
    expect(linesOf(out)[0]).toMatchObject({ unreadable: ['incident/INC-3'] })
    expect(said).toContain('1 more cannot be read: gitsm validate tells why')
  })
})

describe('a table', () => {
  test('of records has a column for each field', async () => {
    const text = await exported(webshop(...history), 'csv', { types: ['incident', 'calendar'] })
    expect(text).toMatch(/^type,id,file,title,state,/)
    const rows = rowsOf(text)
    expect(rows.at(-1)).toMatchObject({ type: 'incident', id: 'INC-1', state: 'resolved', hours: '' })
    const [calendar] = rows
    expect(JSON.parse(calendar?.['hours'] ?? '')).toHaveProperty('mon-thu')
  })

  test('of timelines has a row for each entry', async () => {
    const rows = rowsOf(await exported(webshop(...history), 'csv', { types: ['incident'], parts: ['timelines'] }))
    expect(rows.map(({ id, state, gap, from, until }) => [id, state, gap, from, until])).toEqual([
      ['INC-1', 'new', '', '2026-03-02T09:10:00Z', '2026-03-02T10:00:00Z'],
      ['INC-1', 'resolved', '', '2026-03-02T10:00:00Z', ''],
      ['INC-2', 'new', '', '2026-03-02T09:00:00Z', '2026-03-02T11:00:00Z'],
      ['INC-2', '', 'the record was removed', '2026-03-02T11:00:00Z', ''],
    ])
  })

  test('of readings has every field that the lines have', async () => {
    const repo = webshop(...history)
    const parts = ['readings'] as const
    const rows = rowsOf(await exported(repo, 'csv', { parts }))
    const [, ...lines] = linesOf(await exported(repo, 'ndjson', { parts }))
    expect(rows).toHaveLength(lines.length)
    for (const [at, { kind: _, ...fields }] of lines.entries()) {
      for (const [field, value] of Object.entries(fields)) {
        const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
        expect(rows[at]?.[field]).toBe(text)
      }
    }
  })
})

test('texts stay texts, whatever they say', async () => {
  const texts = [
    ...naughtyTexts,
    '=HYPERLINK("http://x")',
    '+1',
    '@SUM(A1)',
    'a"b,c\r\nd',
    '\u009b31m',
    'x\u2028y',
    '::set-env::',
  ]
  const write = Object.fromEntries(
    texts.map((text, at) => {
      const id = `INC-${100 + at}`
      return [incidentFile(id), incident(id, 'new', { description: JSON.stringify(text) })]
    }),
  )
  const repo = webshop({ at: '2026-03-02T09:00:00Z', write })
  const options = { types: ['incident'], parts: ['records'] } as const
  const text = await exported(repo, 'ndjson', options)
  expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029]/)
  const [, ...lines] = linesOf(text)
  const rows = rowsOf(await exported(repo, 'csv', options))
  expect(lines.length).toBeGreaterThan(90)
  expect(rows).toHaveLength(lines.length)
  for (const [at, { data }] of lines.entries()) {
    const description = isData(data) ? String(data['description']) : ''
    const cell = rows[at]?.['description'] ?? ''
    expect(cell.replace(/^'/, '')).toBe(description.replace(/^'/, '').replaceAll(/(?![\t\n\r])\p{Cc}/gu, '\ufffd'))
    expect(cell).not.toMatch(/^\s*[=+@-]/)
  }
})

describe('the change calendar', () => {
  const planned = `id: CHG-1\n${clusterUpgrade}`
  const plan = (title: string) => ({
    at: '2026-11-20T09:00:00Z',
    write: {
      'records/change/2026/11/CHG-1.yaml': planned.replace(/^title: .*$/m, () => `title: ${JSON.stringify(title)}`),
    },
  })

  test.each(['More memory; for checkout, and search', 'x\\nEND:VEVENT\\nBEGIN:VEVENT\\'])(
    'holds %j once',
    async (title) => {
      const text = await exported(webshop(plan(title)), 'ics')
      const events = new ICAL.Component(ICAL.parse(text))
        .getAllSubcomponents('vevent')
        .map((each) => new ICAL.Event(each))
      const [own, ...more] = events.filter(({ uid }) => uid.includes('.change@'))
      expect(more).toEqual([])
      expect(own?.summary).toBe(`CHG-1: ${title}`)
      expect(own?.startDate.toUnixTime()).toBe(instant('2026-12-08T05:00:00Z'))
    },
  )

  test('written to a file tells how much it holds', async () => {
    const told = await exported(webshop(plan('Memory')), 'ics', { out: 'changes.ics' })
    expect(told).toMatch(/^changes\.ics: 1 change, \d+ freezes?, \d+ maintenance windows?\n$/)
  })

  test('as of an instant behind the change does not hold it', async () => {
    expect(await exported(webshop(plan('Memory')), 'ics', {}, '2026-12-09T00:00:00Z')).not.toContain('CHG-1')
  })
})

test('--out writes the file, tells what it holds, and follows no link of the repository', async () => {
  const repo = webshop(...history)
  const text = await exported(repo, 'ndjson', { types: ['incident'] })
  const told = await exported(repo, 'ndjson', { types: ['incident'], out: 'data/all.ndjson' })
  expect(told).toMatch(/^data\/all\.ndjson: 1 record, 2 timelines, \d+ readings\n$/)
  expect(readFileSync(join(repo.dir, 'data/all.ndjson'), 'utf8')).toBe(text)
  symlinkSync(temporaryFolder(), join(repo.dir, 'elsewhere'))
  await expect(exported(repo, 'ndjson', { out: 'elsewhere/all.ndjson' })).rejects.toMatchObject({ code: 3 })
})

test('an empty repository has nothing to tell, and one without a commit says so', async () => {
  const rules = shippedFiles.filter(({ path }) => !path.startsWith('records/'))
  const write = Object.fromEntries(rules.map(({ path, bytes }) => [path, bytes ?? '']))
  const repo = repository([{ at: '2026-03-02T09:00:00Z', write }])
  expect(linesOf(await exported(repo, 'ndjson'))).toMatchObject([{ counts: { records: 0, timelines: 0, readings: 0 } }])
  expect(await exported(repo, 'csv')).toBe('type,id,file,title,state\r\n')
  expect(new ICAL.Component(ICAL.parse(await exported(repo, 'ics'))).getAllSubcomponents('vevent')).toEqual([])
  await expect(exported(repository(), 'ndjson')).rejects.toMatchObject({
    code: 2,
    message: 'The repository has no commit yet',
  })
})

test.each<[string, World['format'], Partial<ExportOptions>, string]>([
  ['an unknown type', 'ndjson', { types: ['incidnet'] }, 'There is no record type "incidnet"'],
  ['a table of two kinds', 'csv', { parts: ['records', 'readings'] }, 'A table holds rows of one kind'],
  ['a calendar of types', 'ics', { types: ['change'] }, 'A calendar holds changes and windows'],
  ['a calendar of readings', 'ics', { parts: ['readings'] }, 'A calendar holds changes and windows'],
])('%s is refused', async (_, format, options, message) => {
  await expect(exported(webshop(), format, options)).rejects.toMatchObject({
    code: 2,
    message: expect.stringContaining(message),
  })
})
