import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { parseInstant } from '../../src/core/instant.ts'
import type { RecordDoc } from '../../src/core/record.ts'
import { gatherHistory } from '../../src/journeys/history.ts'
import { configurationFindings, governedEdits, ledgerAccount } from '../../src/journeys/report-governance.ts'
import type { ReportTree } from '../../src/journeys/report-tree.ts'
import { facts, record } from '../reports/web-shop.ts'
import { repository } from '../support/repo.ts'

const env = { PATH: process.env['PATH'] }

const at = (text: string): number => parseInstant(text) ?? Number.NaN

describe('edits of what judges others', () => {
  const history = [
    {
      at: '2026-01-05T08:00:00Z',
      by: 'ada',
      write: {
        'gitsm.yaml': 'version: 1\norganisation: Shop\n',
        'records/sla/gold.yaml': 'id: gold\ntitle: Gold\n',
        'records/ci/db.yaml': 'id: db\nstate: operational\n',
      },
    },
    {
      at: '2026-01-06T08:00:00Z',
      by: 'bob',
      write: { 'records/sla/gold.yaml': 'id: gold\ntitle: Silver\n', 'records/team/ops.yaml': 'id: ops\n' },
    },
    { at: '2026-01-07T08:00:00Z', by: 'bob', write: { 'records/ci/db.yaml': 'id: db\nstate: retired\n' } },
    { at: '2026-01-08T08:00:00Z', by: 'eve', write: { 'records/sla/gold.yaml': null } },
    { at: '2026-01-09T08:00:00Z', by: 'eve', write: { 'gitsm.yaml': 'version: 1\norganisation: Mine\n' } },
  ]
  const edits = async (asOf: string) => {
    const { dir, git } = repository(history)
    const told = governedEdits(await gatherHistory({ dir, env }, git(['rev-parse', 'HEAD'])), at(asOf))
    return told.map(({ type, id, kind, by }) => `${by}: ${kind} ${type} ${id}`)
  }

  test('are told in the order of the mainline, with the configuration of the repository', async () => {
    expect((await edits('2026-02-01T00:00:00Z')).toSorted()).toEqual([
      'ada: added gitsm.yaml gitsm.yaml',
      'ada: added sla gold',
      'bob: added team ops',
      'bob: edited sla gold',
      'eve: edited gitsm.yaml gitsm.yaml',
      'eve: removed sla gold',
    ])
    expect((await edits('2026-02-01T00:00:00Z')).slice(-2)).toEqual([
      'eve: removed sla gold',
      'eve: edited gitsm.yaml gitsm.yaml',
    ])
  })

  test('are known up to an instant', async () => {
    expect(await edits('2026-01-07T23:00:00Z')).toHaveLength(4)
  })
})

describe('decisions', () => {
  test('are none where there is no ledger', async () => {
    const { dir } = repository([{ at: '2026-01-05T08:00:00Z', write: { 'gitsm.yaml': 'version: 1\n' } }])
    expect(await ledgerAccount({ dir, env })).toEqual({ decisions: [], judgements: { judgements: [] } })
  })
})

describe('findings about services and items', () => {
  const tree = (...records: readonly RecordDoc[]): ReportTree => ({
    records: indexRecords(records),
    rulebook: { config: facts({ period: '2026-01', incidents: [] }).config, types: new Map() },
    series: new Map(),
    unreadable: new Set(),
  })

  test('name what depends on itself', () => {
    const circle = (id: string, on: string) => record('ci', id, { state: 'operational', depends_on: [{ ci: on }] })
    expect(configurationFindings(tree(circle('a', 'b'), circle('b', 'a'))).map(({ rule }) => rule)).toContain(
      'dependency-without-cycle',
    )
    expect(configurationFindings(tree(circle('a', 'b'), record('ci', 'b', { state: 'operational' })))).toEqual([])
  })
})
