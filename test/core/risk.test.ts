import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { isUnderstated, riskOf } from '../../src/core/risk.ts'
import { riskFacts } from '../../src/core/risk-facts.ts'
import { riskPolicyOf } from '../../src/core/risk-policy.ts'
import { shipped, shippedRecords } from '../support/shipped.ts'

const builtIn = riskPolicyOf(undefined)

const configuration = shippedRecords().all.filter(({ type }) => type === 'ci' || type === 'service' || type === 'team')

const safe = { tested: 'same_environment', backout: 'minutes', experience: 'often', helpers: 'one_team' }

function change(id: string, data: Data): RecordDoc {
  const all = {
    id,
    state: 'assess',
    change_type: 'normal',
    opened_at: '2026-11-01T08:00:00Z',
    risk_answers: safe,
    ...data,
  }
  return { type: 'change', id, file: `records/change/${id}.yaml`, data: all }
}

/** The risk of a change of the example organisation, with other changes beside it. */
function risk(data: Data, others: readonly RecordDoc[] = [], policy = builtIn) {
  const asked = change('CHG-1', data)
  return riskOf(asked, riskFacts(indexRecords([...configuration, asked, ...others]), shipped.rulebook), policy)
}

describe('the computed risk of a change', () => {
  test('is low where nothing raises it', () => {
    const { level, score, verdict } = risk({ cis: ['web-staging-1'] })
    expect({ level, score }).toEqual({ level: 'low', score: 0 })
    expect(verdict).toMatchObject({ met: false, because: 'low: nothing raises it' })
  })

  test('follows the tier of the services that fail, over the impact graph', () => {
    const { level, verdict } = risk({ cis: ['san-1'] })
    expect(level).toBe('high')
    expect(verdict.because).toMatch(/^high: a vital service fails with it \(tier reached 1 \(.*webshop/)
  })

  test('is lower where redundancy holds', () => {
    expect(risk({ cis: ['web-2'] }).level).toBe('moderate')
    expect(risk({ cis: ['web-1', 'web-2', 'web-3'] }).level).toBe('high')
  })

  test('is very high where a vital service is taken out, and high in an emergency', () => {
    expect(risk({ services: ['webshop'], outage: true }).level).toBe('very_high')
    expect(risk({ cis: ['label-printer-1'], change_type: 'emergency' }).level).toBe('high')
  })

  test('remembers failures of the same item, service and team for a year, and not its own', () => {
    const failed = (id: string, at: string, data: Data) =>
      change(id, { state: 'closed', outcome: 'unsuccessful_backed_out', actual_end: at, ...data })
    const about = {
      cis: ['label-printer-1'],
      planned_start: '2026-11-20T08:00:00Z',
      planned_end: '2026-11-20T09:00:00Z',
    }
    const none = risk(about)
    expect(risk(about, [failed('CHG-2', '2026-10-01T08:00:00Z', { cis: ['label-printer-1'] })]).level).toBe('high')
    expect(risk(about, [failed('CHG-2', '2025-10-01T08:00:00Z', { cis: ['label-printer-1'] })]).level).toBe(none.level)
    expect(risk(about, [failed('CHG-2', '2026-11-21T08:00:00Z', { cis: ['label-printer-1'] })]).level).toBe(none.level)
    const [one, two] = ['CHG-3', 'CHG-4'].map((id) => failed(id, '2026-10-01T08:00:00Z', { team: 'operations' }))
    const staging = { cis: ['web-staging-1'], team: 'operations' }
    expect(risk(staging, one ? [one] : []).level).toBe('low')
    expect(risk(staging, one && two ? [one, two] : []).level).toBe('moderate')
  })

  test('grows with other changes that are close in time and matter', () => {
    const time = { planned_start: '2026-11-20T08:00:00Z', planned_end: '2026-11-20T09:00:00Z' }
    const next = { planned_start: '2026-11-20T10:00:00Z', planned_end: '2026-11-20T11:00:00Z' }
    const later = { planned_start: '2026-11-25T10:00:00Z', planned_end: '2026-11-25T11:00:00Z' }
    const staging = { cis: ['web-staging-1'] }
    expect(risk({ ...staging, ...time }, [change('CHG-2', { ...staging, ...next })]).level).toBe('moderate')
    expect(risk({ ...staging, ...time }, [change('CHG-2', { ...staging, ...later })]).level).toBe('low')
    expect(risk({ ...staging, ...time }, [change('CHG-2', { cis: ['fax-server'], ...next })]).level).toBe('low')
    expect(risk({ ...staging, ...time }, [change('CHG-2', { ...staging, ...next, state: 'cancelled' })]).level).toBe(
      'low',
    )
  })

  test('says how many of the answers that are scored nobody gave', () => {
    const said = (risk_answers?: Data): string | undefined =>
      risk({ cis: ['web-staging-1'], risk_answers }).verdict.parts.at(-1)?.because
    expect(said(safe)).toMatch(/^the answers score \d+ of 26 points \(\d+ %\), which is \w+$/)
    expect(said({ ...safe, helpers: undefined })).toMatch(/, 1 of 4 of them missing and counted as the riskiest$/)
    expect(said()).toBe(
      'no question is answered, which counts as the riskiest: 26 of 26 points (100 %), which is very_high',
    )
  })

  test('takes the highest of conditions and questionnaire, whose thresholds are met exactly', () => {
    const staging = { cis: ['web-staging-1'] }
    expect(risk({ ...staging, risk_answers: { ...safe, tested: 'not_at_all', backout: 'impossible' } })).toMatchObject({
      level: 'high',
      score: 69,
    })
    expect(risk({ ...staging, risk_answers: undefined })).toMatchObject({ level: 'very_high', score: 100 })
    expect(risk({ ...staging, change_type: 'standard', risk_answers: undefined })).not.toHaveProperty('score')
    const questions = [{ name: 'q', question: 'Q?', answers: { no: 0, some: 1, yes: 2 } }]
    const exact = riskPolicyOf({ questions, conditions: [], levels: { moderate: 50 } })
    expect(risk({ risk_answers: { q: 'some' } }, [], exact).level).toBe('high')
    expect(risk({ risk_answers: { q: 'no' } }, [], exact).level).toBe('low')
  })

  test('may be declared higher, and is understated where it is declared lower', () => {
    expect(isUnderstated(risk({ cis: ['san-1'], risk: 'moderate' }))).toBe(true)
    expect(isUnderstated(risk({ cis: ['san-1'], risk: 'high' }))).toBe(false)
    expect(isUnderstated(risk({ cis: ['san-1'], risk: 'very_high' }))).toBe(false)
    expect(isUnderstated(risk({ cis: ['san-1'] }))).toBe(false)
  })
})
