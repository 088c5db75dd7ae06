import { expect, test } from 'vitest'
import { missingFieldHint } from '../../src/core/missing-field-hint.ts'
import { shipped } from '../support/shipped.ts'

const questions =
  'tested (same_environment, similar_environment, not_at_all); backout (minutes, hours, impossible); experience (often, once, never); '

function hint(type: string, data: object, ...route: readonly string[]): string {
  return missingFieldHint({ type, id: 'X-1', file: 'records/x.yaml', data: { ...data } }, route, shipped.rulebook)
}

test('a field that is not there is to be added, one that stands there empty to be filled in', () => {
  expect(hint('incident', {}, 'resolution')).toBe('Add resolution')
  expect(hint('incident', { on_hold: {} }, 'on_hold', 'reason')).toBe('Add on_hold.reason')
  expect(hint('incident', { resolution: null }, 'resolution')).toBe('Fill in resolution: it is empty')
})

test('answers about risk name what is asked and what can be answered', () => {
  expect(hint('change', { risk_answers: {} }, 'risk_answers')).toContain(`Answer in risk_answers: ${questions}`)
  expect(hint('change', {}, 'risk_answers')).toContain(`Add risk_answers: ${questions}`)
  expect(hint('request', {}, 'risk_answers')).toBe('Add risk_answers')
})
