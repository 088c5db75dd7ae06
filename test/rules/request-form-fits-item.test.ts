import { describe, expect, test } from 'vitest'
import { refusals } from '../support/illegal.ts'

const file = 'records/request/2026/11/REQ-20261121-H1QF.yaml'
const item = 'records/catalogue-item/badge.yaml'

const offer = (form: string) => `id: badge
title: A badge
state: published
description: It opens doors.
service: webshop
owner: service-desk
team: service-desk
tasks: [{ title: Print it }]
form:
${form}`

const request = (form: string, state = 'submitted') => `id: REQ-20261121-H1QF
title: A badge for the studio
state: ${state}
item: badge
service: webshop
requester: ada
opened_at: 2026-11-21T07:20:00Z
${form}`

const doors = `  properties:
    doors: { title: Doors, type: array, items: { type: string, enum: [front, hall] }, minItems: 1 }
    name: { title: Name, type: string, pattern: "^[A-Z]", x-pattern-hint: a name that begins with a capital letter }
    until: { title: Until, type: string, format: date }
  required: [doors, name]
`

/** What is refused of a request, beside the item as it stands. */
function judged(form: string, offered = doors): readonly string[] {
  return refusals({ now: { [file]: request(form) }, beside: { [item]: offer(offered) } })
}

describe('the answers of a request', () => {
  test('that fit the form pass', () => {
    expect(judged('form:\n  doors: [hall]\n  name: Ada\n  until: 2027-01-31\n')).toEqual([])
  })

  test('are refused where they are missing, wrong or not asked for, each on its line', () => {
    expect(judged('form:\n  doors: [cellar]\n  name: ada\n  until: 2027-02-31\n  colour: red\n')).toEqual([
      '9: `form.doors[0]` cannot be `cellar`',
      '10: `form.name` cannot be `ada`',
      '11: `form.until` names a date that does not exist: `2027-02-31`',
      '12: `form.colour` is not a known field',
    ])
  })

  test('are asked for even where the form is left out', () => {
    expect(judged('')).toEqual(['1: `form.doors` is missing', '1: `form.name` is missing'])
  })

  test('are left alone once the request has ended', () => {
    const ended = request('cancel_reason: Too late\n', 'cancelled')
    expect(refusals({ before: { [file]: ended }, now: { [file]: ended }, beside: { [item]: offer(doors) } })).toEqual(
      [],
    )
  })
})

/** What is refused of an item with this form, while a request with these answers is open. */
function judgedItem(form: string, answers = ''): readonly string[] {
  const beside = { [file]: request(answers) }
  return refusals({ before: { [item]: offer(form) }, now: { [item]: offer(form) }, beside })
}

describe('a form', () => {
  test('asks for what it requires', () => {
    expect(judgedItem('  properties:\n    name: { title: Name, type: string }\n  required: [nmae]\n')).toEqual([
      '12: The form requires nmae, which it does not ask for',
    ])
  })

  test('proposes what it accepts', () => {
    expect(
      judgedItem(
        '  properties:\n    size:\n      title: Size\n      type: string\n      enum: [S, M]\n      default: L\n',
      ),
    ).toEqual(['15: The default of size does not fit the field itself'])
  })

  test('with a pattern that is none is told, not run', () => {
    expect(judgedItem('  properties:\n    name: { title: Name, type: string, pattern: "(" }\n')).toEqual([
      expect.stringMatching(/^9: The form of badge cannot be used: .*Unterminated group/),
    ])
  })

  test('with a pattern that takes for ever is stopped', () => {
    const slow = '  properties:\n    name: { title: Name, type: string, pattern: "^(?:(a+)\\\\1?)+$" }\n'
    expect(judgedItem(slow, `form: { name: ${'a'.repeat(60)}! }\n`)).toEqual([
      expect.stringMatching(/^9: The form of badge cannot be used: .*takes too long/),
    ])
  })

  test('refers to nothing outside itself', () => {
    expect(
      judgedItem('  properties:\n    name: { title: Name, type: string, $ref: "http://example.com/x" }\n'),
    ).toEqual(['11: `form.properties.name.$ref` is not a known field'])
  })
})
