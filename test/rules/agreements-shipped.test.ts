import { describe, expect, test } from 'vitest'
import { calendarIsConsistent } from '../../src/rules/calendar-is-consistent.ts'
import { slaIsConsistent } from '../../src/rules/sla-is-consistent.ts'
import { slaOrderIsClear } from '../../src/rules/sla-order-is-clear.ts'
import { shipped, shippedRecords } from '../support/shipped.ts'

describe('the calendars and agreements of the example organisation', () => {
  const records = shippedRecords()
  const facts = { rulebook: shipped.rulebook, records, changes: [], unreadable: new Set<string>() }

  test('are there to be judged', () => {
    expect(records.ofType('calendar').length).toBeGreaterThan(1)
    expect(records.ofType('sla').length).toBeGreaterThan(1)
  })

  test.each([calendarIsConsistent, slaIsConsistent, slaOrderIsClear])('have nothing that $id would find', (rule) => {
    expect([...rule.check(facts)]).toEqual([])
  })

  test('are judged by the hold reasons of the shipped schema', () => {
    const [gold] = records.ofType('sla').filter(({ id }) => id === 'webshop-gold')
    const targets = { resolution: { stop: ['resolved'], pause: ['on_hold:awaiting_godot'], target: 'PT1H' } }
    const spoilt = {
      ...facts,
      records: { ...records, ofType: () => (gold ? [{ ...gold, data: { ...gold.data, targets } }] : []) },
    }
    expect(Array.from(slaIsConsistent.check(spoilt), ({ message }) => message)).toEqual([
      'There is no hold reason awaiting_godot',
    ])
  })
})
