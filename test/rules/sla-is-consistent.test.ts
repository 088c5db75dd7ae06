import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/core/config.ts'
import { routeText } from '../../src/core/place.ts'
import type { Data } from '../../src/core/record.ts'
import { slaIsConsistent } from '../../src/rules/sla-is-consistent.ts'
import { agreementFacts } from '../support/agreement-facts.ts'
import { slaRecord } from '../support/life.ts'

function found(data: Data, matrix?: Config['matrix']): readonly (readonly [string, string])[] {
  const facts = agreementFacts([slaRecord('gold', data)], matrix)
  return Array.from(slaIsConsistent.check(facts), ({ message, place }) => [message, routeText(place.route)])
}

/** An agreement with one target. */
function withTarget(target: Data, appliesTo: Data = { type: 'incident' }): Data {
  return { applies_to: appliesTo, targets: { resolution: { stop: ['resolved', 'closed'], target: 'PT8H', ...target } } }
}

describe('an agreement whose clocks can do what it says passes', () => {
  test.each<[string, Data]>([
    ['one target for all priorities', withTarget({})],
    [
      'a target for each priority',
      withTarget({ target: { P1: 'PT1H', P2: 'PT2H', P3: 'PT3H', P4: 'PT4H', P5: 'PT5H' } }),
    ],
    ['a default beside some priorities', withTarget({ target: { P1: 'PT1H', default: 'PT5H' } })],
    [
      'a target for the only priority that it covers',
      withTarget({ target: { P1: 'PT1H' } }, { type: 'incident', priority: ['P1'] }),
    ],
    ['pauses by state and by hold reason', withTarget({ pause: ['new', 'on_hold:awaiting_caller'] })],
    [
      'states of either type that it covers',
      withTarget({ stop: ['resolved', 'fulfilled'] }, { type: ['incident', 'request'] }),
    ],
    ['states of any type where it covers all', withTarget({ stop: ['fulfilled'] }, {})],
    ['a field that holds a list', withTarget({}, { type: 'incident', cis: ['web-1'] })],
  ])('%s', (_, data) => {
    expect(found(data)).toEqual([])
  })

  test('a target for each priority that the matrix can give', () => {
    const matrix = { high: { high: 'P1', low: 'P3' } }
    expect(found(withTarget({ target: { P1: 'PT1H', P3: 'PT3H' } }), matrix)).toEqual([])
  })
})

describe('an agreement whose clocks cannot is told where', () => {
  test.each<[string, Data, readonly (readonly [string, string])[]]>([
    [
      'a misspelt state',
      withTarget({ stop: ['resolvd'] }),
      [['incident records have no state resolvd', 'targets.resolution.stop[0]']],
    ],
    [
      'a state of another type',
      withTarget({ stop: ['fulfilled'] }),
      [['incident records have no state fulfilled', 'targets.resolution.stop[0]']],
    ],
    [
      'a state to pause in that does not exist',
      withTarget({ pause: ['waiting'] }),
      [['incident records have no state waiting', 'targets.resolution.pause[0]']],
    ],
    [
      'a hold reason that does not exist',
      withTarget({ pause: ['on_hold:awaiting_user'] }),
      [['There is no hold reason awaiting_user', 'targets.resolution.pause[0]']],
    ],
    [
      'a reason of a state that has none',
      withTarget({ pause: ['new:awaiting_caller'] }),
      [['new has no hold reason', 'targets.resolution.pause[0]']],
    ],
    ['an empty pause', withTarget({ pause: [''] }), [['"" is no state', 'targets.resolution.pause[0]']]],
    [
      'an empty hold reason',
      withTarget({ pause: ['on_hold:'] }),
      [['"on_hold:" is no state', 'targets.resolution.pause[0]']],
    ],
    [
      'a state that pauses and stops',
      withTarget({ pause: ['resolved'] }),
      [['resolved cannot both pause and stop a clock', 'targets.resolution.pause[0]']],
    ],
    [
      'a state that starts and stops',
      withTarget({ start: ['closed'] }),
      [['closed cannot both start and stop a clock', 'targets.resolution.start[0]']],
    ],
    [
      'priorities without a target',
      withTarget({ target: { P1: 'PT1H', P2: 'PT2H' } }),
      [['resolution has no target for P3, P4, P5', 'targets.resolution.target']],
    ],
    [
      'a covered priority without a target',
      withTarget({ target: { P1: 'PT1H' } }, { type: 'incident', priority: ['P1', 'P2'] }),
      [['resolution has no target for P2', 'targets.resolution.target']],
    ],
    [
      'an unknown record type',
      withTarget({}, { type: 'incidnet' }),
      [['There is no record type incidnet', 'applies_to.type']],
    ],
    [
      'a field that records do not have',
      withTarget({}, { type: 'incident', servce: ['webshop'] }),
      [['incident records have no field servce', 'applies_to.servce']],
    ],
  ])('%s', (_, data, expected) => {
    expect(found(data)).toEqual(expected)
  })

  test('a misspelt word is answered with the right one', () => {
    const facts = agreementFacts([slaRecord('gold', withTarget({ stop: ['resolvd'] }))])
    expect(Array.from(slaIsConsistent.check(facts), ({ hint }) => hint)).toEqual(['Did you mean resolved?'])
  })

  test('priorities that the matrix can give and that have no target', () => {
    const matrix = { high: { high: 'P1', low: 'P3' } }
    expect(found(withTarget({ target: { P1: 'PT1H' } }), matrix)).toEqual([
      ['resolution has no target for P3', 'targets.resolution.target'],
    ])
  })
})
