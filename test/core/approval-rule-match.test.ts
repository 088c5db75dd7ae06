import { describe, expect, test } from 'vitest'
import { affectedServices } from '../../src/core/approval/affected.ts'
import { conditionsText, policyOf } from '../../src/core/approval/policy.ts'
import { type Circumstances, matchingRule, ruleFacts } from '../../src/core/approval/rule-match.ts'
import { indexRecords } from '../../src/core/facts.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'

const doc = (type: string, id: string, data: Data): RecordDoc => ({
  type,
  id,
  file: `${id}.yaml`,
  data: { id, ...data },
})
const records = indexRecords([
  doc('service', 'webshop', { tier: 1 }),
  doc('service', 'wiki', { tier: 3 }),
  doc('service', 'untiered', {}),
  doc('ci', 'web-1', { services: ['webshop'] }),
])

const change: Data = { change_type: 'normal', risk: 'low', services: ['wiki'], outage: false, team: 'operations' }

/** Whether a rule with these conditions decides about a record. */
function matches(when: Data, data: Data = change, more: Partial<Circumstances> = {}): boolean {
  const rules = [{ name: 'asked', when, require: 'none' }]
  const policy = policyOf(doc('policy', 'p', { guards: 'change', rules }))
  const about: Circumstances = {
    ...{ type: 'change', id: 'CHG-1', event: 'edited' as const, path: 'records/change/2026/CHG-1.yaml' },
    ...{ states: ['scheduled'], data, edited: ['title'], computed: { risk: 'low' }, ...more },
  }
  const services = affectedServices('change', 'CHG-1', data, (type, id) => records.find(type, id))
  return matchingRule(policy, ruleFacts(about, services, records)) !== undefined
}

describe('a rule decides where each of its conditions holds', () => {
  test.each<[string, Data, boolean]>([
    ['none at all', {}, true],
    ['its type', { type: ['change'] }, true],
    ['another type', { type: ['release'] }, false],
    ['one of several types of change', { change_type: ['normal', 'emergency'] }, true],
    ['another type of change', { change_type: 'standard' }, false],
    ['what happens to it', { event: ['edited'] }, true],
    ['something else that happens', { event: ['added'] }, false],
    ['the state that it enters', { state: ['scheduled', 'implement'] }, true],
    ['another state', { state: 'implement' }, false],
    ['its service', { service: ['wiki'] }, true],
    ['another service', { service: ['webshop'] }, false],
    ['the tier of its service', { tier: [3] }, true],
    ['another tier', { tier: [1, 2, 4] }, false],
    ['a field that is false', { outage: false }, true],
    ['a field that is not true', { outage: true }, false],
    ['a field that it lacks', { model: ['reboot'] }, false],
    ['two that hold', { risk: ['low'], team: 'operations' }, true],
    ['one of two that holds', { risk: ['low'], team: 'platform' }, false],
    ['an edit of no other field', { only: ['title', 'description'] }, true],
    ['an edit of other fields', { only: ['description'] }, false],
    ['its path', { path: 'records/change/*/CHG-1.yaml' }, true],
    ['its path below a folder', { path: 'records/**' }, true],
    ['a folder above', { path: 'records/*' }, false],
    ['a path that begins like it', { path: 'records/change/2026/CHG-1' }, false],
    ['a path in which a point would stand for anything', { path: 'records/change/2026/CHG-1xyaml' }, false],
  ])('%s', (_, when, expected) => expect(matches(when)).toBe(expected))

  test('a point in a pattern is a point', () => {
    expect(
      matches({ path: 'records/change/2026/CHG-1.yaml' }, change, { path: 'records/change/2026/CHG-1xyaml' }),
    ).toBe(false)
  })

  test('the service, tier and item that it touches through an item', () => {
    const data = { ...change, services: [], cis: ['web-1'] }
    expect(matches({ service: ['webshop'], tier: [1], ci: ['web-1'] }, data)).toBe(true)
    expect(matches({ ci: ['web-2'] }, data)).toBe(false)
    expect(matches({ ci: ['web-1'] }, {}, { type: 'ci', id: 'web-1' })).toBe(true)
    expect(matches({ tier: [3, 1] }, { ...change, services: ['untiered'] })).toBe(false)
  })

  test.each<[string, Data, Data, string]>([
    ['the computed one where it is higher', { risk: 'low' }, { risk: 'high' }, 'high'],
    ['the declared one where that is higher', { risk: 'high' }, { risk: 'low' }, 'high'],
    ['the highest where nobody knows', {}, {}, 'very_high'],
    ['the highest where one of them is none', { risk: 'tiny' }, { risk: 'low' }, 'very_high'],
  ])('of the risk, %s', (_, data, computed, risk) => {
    for (const level of ['low', 'moderate', 'high', 'very_high']) {
      expect(matches({ risk: [level] }, data, { computed })).toBe(level === risk)
    }
  })

  test('windows and conflicts by kind or by id', () => {
    const computed = {
      risk: 'low',
      windows: [{ kind: 'freeze', id: 'year-end' }],
      conflicts: [{ kind: 'same_item', id: 'CHG-2', open: true }],
    }
    for (const when of [
      { window: 'freeze' },
      { window: ['year-end'] },
      { conflict: 'same_item' },
      { conflict: ['CHG-2'] },
    ]) {
      expect(matches(when, change, { computed })).toBe(true)
      expect(matches(when)).toBe(false)
    }
    expect(matches({ window: 'maintenance' }, change, { computed })).toBe(false)
  })

  test('only is never true of what is added or removed', () => {
    expect(matches({ only: ['title'] }, change, { event: 'added', edited: [] })).toBe(false)
  })

  test('and of several rules the first', () => {
    const rules = [
      { name: 'risky', when: { risk: 'high' } },
      { name: 'first', when: {} },
      { name: 'second', when: {} },
    ]
    const policy = policyOf(doc('policy', 'p', { guards: 'change', rules }))
    expect(matchingRule(policy, new Map([['risk', ['low']]]))?.name).toBe('first')
    expect(matchingRule(policy, new Map([['risk', ['high']]]))?.name).toBe('risky')
  })
})

describe('what a rule says is read so that carelessness lets nothing pass', () => {
  const rule = (data: Data) => policyOf(doc('policy', 'p', { rules: [{ name: 'r', when: {}, ...data }] })).rules[0]
  const one = { require: { approvals: 1, from: ['cab'] } }

  test.each<[unknown, number]>([
    ['P14D', 14 * 86_400],
    ['P1D', 86_400],
    ['PT48H', 48 * 3600],
    ['PT90M', 5400],
  ])('an approval that expires after %s', (expires, seconds) => {
    expect(rule({ ...one, expires })).toMatchObject({ expires: seconds, require: { kind: 'approvals' } })
  })

  test.each([['P0D'], ['PT0S'], ['P2W'], ['P1M'], ['14 days'], [14], [true], ['']])(
    'an expiry that is none: %s',
    (expires) => {
      const read = rule({ ...one, expires })
      expect(read).not.toHaveProperty('expires')
      expect(read?.require).toEqual({ kind: 'unreadable', because: 'expires is neither days nor hours' })
    },
  )

  test('no expiry and no time to follow where neither is said, or only by what cannot be read', () => {
    expect(rule({ ...one, expires: null, retroactive: 'P2D' })).not.toHaveProperty('expires')
    expect(rule({ ...one, retroactive: 'P2D' })).not.toHaveProperty('retroactive')
    expect(rule({ ...one, retroactive: 'PT48H' })).toMatchObject({ retroactive: 172_800 })
  })

  test('conditions read as words', () => {
    expect(conditionsText({})).toBe('always')
    expect(conditionsText({ risk: ['high', 'very_high'], state: 'scheduled', model: null })).toBe(
      'risk is high or very_high and state is scheduled',
    )
  })
})
