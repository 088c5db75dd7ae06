import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filledForm, filledFormIn, filledFormText } from '../../../src/core/issue-form/filled-form.ts'
import { issueRecordId } from '../../../src/core/record-id.ts'
import { filledBody, shippedForm, shippedForms } from '../../support/issue-form.ts'

const forms = shippedForms()
const incident = shippedForm('gitsm-incident')
const answers = {
  service: 'Web shop (webshop)',
  impact: 'high',
  urgency: 'medium',
  description: 'Slow.\n\nSince 9.',
  cis: ['Web server 1 (web-1)', 'Web server 2 (web-2)'],
  detected_at: '2026-11-21 09:05',
}

function read(body: string, labels: readonly string[] = incident.labels) {
  return filledForm(forms, { number: 42, labels, body }, 'Europe/Berlin')
}

describe('an issue', () => {
  test('says by its form what a record says', () => {
    expect(read(filledBody(incident, answers))).toEqual({
      issue: 42,
      form: 'gitsm-incident',
      answers: {
        service: 'webshop',
        impact: 'high',
        urgency: 'medium',
        description: 'Slow.\n\nSince 9.',
        cis: ['web-1', 'web-2'],
        detected_at: '2026-11-21T08:05:00Z',
      },
    })
  })

  test('of a private repository, where GitHub requires nothing, is told what lacks by the names of the questions', () => {
    expect(read(filledBody(incident, { description: 'x' }))).toMatchObject({
      problems: [
        { label: 'Service', message: 'An answer is needed' },
        { label: 'Impact', hint: 'One of: high, medium, low' },
        { label: 'Urgency' },
      ],
    })
  })

  test('whose answers no record could hold is refused', () => {
    const body = filledBody(incident, { ...answers, description: '\u4e00'.repeat(60_000) })
    expect(read(body)).toMatchObject({ problems: [{ message: 'The answers are too long for one record' }] })
  })

  test('that no form made is nothing', () => {
    expect(read('Hello', [])).toBeUndefined()
  })

  test('becomes a record whose id tells its number, each number another id', () => {
    const at = Date.parse('2026-11-21T23:59:59Z') / 1000
    expect(issueRecordId('INC', at, 42)).toBe('INC-20261121-001A')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 1, max: 2 ** 40 }), (one, other) => {
        expect(issueRecordId('INC', at, one) === issueRecordId('INC', at, other)).toBe(one === other)
        expect(issueRecordId('INC', at, one)).toMatch(/^INC-20261121-[0-9A-Z]{4,}$/)
      }),
    )
  })
})

describe('what another job hands on', () => {
  const good = { version: 1, issue: 42, form: 'gitsm-incident', answers: { service: 'webshop', cis: ['web-1'] } }

  test('is read as it was written', () => {
    const filled = read(filledBody(incident, answers))
    const refused = read(filledBody(incident, {}))
    if (!filled || !refused) throw new Error('nothing was read')
    expect(filledFormIn(filledFormText(filled), forms)).toEqual(filled)
    expect(filledFormIn(filledFormText(refused), forms)).toEqual(refused)
  })

  test.each([
    ['no JSON', '{'],
    ['another version', { ...good, version: 2 }],
    ['no number of an issue', { ...good, issue: '42' }],
    ['an issue below one', { ...good, issue: 0 }],
    ['a form that there is not', { ...good, form: 'gitsm-release' }],
    ['an answer to what was not asked', { ...good, answers: { state: 'closed' } }],
    ['an id', { ...good, answers: { id: 'INC-1' } }],
    ['a nested answer', { ...good, answers: { service: { it: 'webshop' } } }],
    ['a list of lists', { ...good, answers: { cis: [['web-1']] } }],
    ['the prototype', '{"version":1,"issue":1,"form":"gitsm-incident","answers":{"__proto__":{"a":1}}}'],
    ['a problem longer than any', { ...good, problems: [{ message: 'x'.repeat(5000) }] }],
    ['problems that are none', { ...good, problems: [{ label: 1 }] }],
    ['more than can be', `"${'x'.repeat(500_000)}"`],
  ])('is refused where it is %s', (_, text) => {
    expect(filledFormIn(typeof text === 'string' ? text : JSON.stringify(text), forms)).toBeUndefined()
  })
})
