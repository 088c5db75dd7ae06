import { describe, expect, test } from 'vitest'
import type { Proof } from '../../src/core/improvement-proof.ts'
import { periodOf } from '../../src/core/improvement-proof.ts'
import { type KpiFacts, measureKpi } from '../../src/core/kpi-record.ts'
import { textAt } from '../../src/core/record.ts'
import { judge } from '../../src/core/rule.ts'
import { calendarsOf } from '../../src/journeys/calendars.ts'
import { load } from '../../src/journeys/load.ts'
import { improvementIsBorneOut } from '../../src/rules/improvement-is-borne-out.ts'
import { shippedFiles } from '../support/shipped.ts'

const { rulebook, records, series } = load(shippedFiles)
const facts: KpiFacts = { series, calendars: calendarsOf(records) }
const zone = rulebook.config.timezone

describe('the example organisation', () => {
  test('closes only improvements that its own series bear out', () => {
    const closed = records.ofType('improvement').filter(({ data }) => data['state'] === 'closed')
    const proofs = new Map(
      closed.map(({ id, data }): readonly [string, Proof] => {
        const kpi = records.find('kpi', textAt(data, 'kpi') ?? '')
        const [before, after] = [periodOf(data, 'baseline', zone), periodOf(data, 'measured_period', zone)]
        if (!kpi || !before || !after) throw new Error(`${id} names no KPI or no periods`)
        const proof = { baseline: measureKpi(kpi, facts, before), measured: measureKpi(kpi, facts, after) }
        return [id, { asOf: after.until, kpi, ...proof }]
      }),
    )
    const changes = closed.map((after) => ({ kind: 'added', after }) as const)
    expect(proofs.size).toBeGreaterThan(0)
    expect(
      judge([improvementIsBorneOut], { rulebook, records, changes, unreadable: new Set<string>(), proofs }),
    ).toEqual([])
  })

  test('gives baselines that its own series bear out, also before anything is closed', () => {
    for (const { id, data } of records.ofType('improvement')) {
      const kpi = records.find('kpi', textAt(data, 'kpi') ?? '')
      const span = periodOf(data, 'baseline', zone)
      if (!kpi || !span || kpi.data['measurement'] === undefined) continue
      const measured = measureKpi(kpi, facts, span)
      const value = 'figure' in measured ? (measured.figure.value ?? Number.NaN) : Number.NaN
      expect([id, value.toFixed(2)]).toEqual([id, Number(Reflect.get(Object(data['baseline']), 'value')).toFixed(2)])
    }
  })
})
