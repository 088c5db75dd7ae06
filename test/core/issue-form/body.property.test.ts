import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerIn } from '../../../src/core/issue-form/answer.ts'
import { bodyReading } from '../../../src/core/issue-form/body.ts'
import type { FormField } from '../../../src/core/issue-form/form.ts'
import { formOfIssue } from '../../../src/core/issue-form/form-of-issue.ts'
import { bodyOf, filledBody, type Given, shippedForm, shippedForms } from '../../support/issue-form.ts'

const forms = shippedForms()
const headings = forms.flatMap(({ fields }) => fields.map(({ label }) => `### ${label}`))

/** What people and attackers write: plain words, lines that look like questions, boxes, marks of GitHub's own. */
const freeText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(...headings, '### Impact ', '#### Impact', ' ### Impact', '_No response_', '- [x] articles'),
      fc.constantFrom('', '```', '---', 'None', '<!-- gitsm:gate -->', '::set-output name=x::y', 'EOF', '\r', '\u2028'),
    ),
    { maxLength: 6 },
  )
  .map((lines) => lines.join('\n'))

function givenTo(field: FormField): fc.Arbitrary<Given> {
  const options = field.options.map(({ text }) => text)
  switch (field.kind) {
    case 'choice':
      return fc.option(fc.constantFrom(...options), { nil: undefined })
    case 'choices':
    case 'boxes':
      return fc.subarray(options)
    case 'line':
      return fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/[\r\n]+/g, ' ').trim())
    default:
      return freeText
  }
}

const filled = fc.constantFrom(...forms).chain((form) =>
  fc.tuple(...form.fields.map(givenTo)).map((given) => ({
    form,
    given,
    body: bodyOf(form, (field) => given[form.fields.indexOf(field)]),
  })),
)

/** What must be read of an answer: what was given, without what no reader can see at its ends. */
function expected({ kind, options }: FormField, given: Given): unknown {
  if (Array.isArray(given)) {
    const values = options.filter(({ text }) => given.includes(text)).map(({ value }) => value)
    return values.length === 0 ? undefined : values
  }
  if (given === undefined) return undefined
  const text = String(given)
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
  if (text.trim() === '' || text.trim() === '_No response_') return undefined
  if (kind === 'choice') return options.find((option) => option.text === text)?.value
  return kind === 'line' ? text.trim() : text
}

describe('whatever is answered', () => {
  test('each answer is read as it was given, or nothing is read at all', () => {
    let read = 0
    fc.assert(
      fc.property(filled, ({ form, given, body }) => {
        const reading = bodyReading(form, body)
        if ('problem' in reading) return
        read += 1
        for (const [at, field] of form.fields.entries()) {
          if (field.kind === 'lines' || (field.kind === 'line' && field.value !== 'text')) continue
          const text = reading.answers.get(field)
          const answer = text === undefined ? undefined : answerIn(field, text, 'UTC')
          const value = answer && 'value' in answer ? answer.value : undefined
          expect(value).toEqual(expected(field, given[at]))
        }
      }),
      { numRuns: 1000 },
    )
    // Most bodies must be readable, else this would show little.
    expect(read).toBeGreaterThan(300)
  })

  test('a body is refused exactly where an answer holds a heading of its form', () => {
    fc.assert(
      fc.property(filled, ({ form, given, body }) => {
        const own = new Set(form.fields.map(({ label }) => `### ${label}`))
        const lines = given.flatMap((each) => (typeof each === 'string' ? each.split(/\r\n|[\r\n]/) : []))
        const isForged = lines.some((line) => own.has(line.trimEnd()))
        expect('problem' in bodyReading(form, body)).toBe(isForged)
      }),
      { numRuns: 1000 },
    )
  })

  test('line ends of Windows change nothing', () => {
    fc.assert(
      fc.property(filled, ({ form, body }) => {
        const plain = body.replace(/\r/g, '')
        expect(bodyReading(form, plain.replaceAll('\n', '\r\n'))).toEqual(bodyReading(form, plain))
      }),
    )
  })

  test('any text at all is read without an error', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), freeText, (form, body) => {
        bodyReading(form, body)
        formOfIssue(forms, { labels: form.labels, body })
      }),
    )
  })
})

describe('a body', () => {
  const incident = shippedForm('gitsm-incident')
  const answers = { service: 'Web shop (webshop)', impact: 'high', urgency: 'medium', description: 'It is slow' }
  const good = filledBody(incident, answers)

  test.each([
    ['a heading taken out', good.replace('### Urgency\n', ''), 'The heading "### Urgency" is missing'],
    [
      'a heading forged in an answer',
      filledBody(incident, { ...answers, description: 'a\n### Impact\n\nlow' }),
      /2 times/,
    ],
    [
      'its headings in another order',
      good.replace('### Impact', '### X').replace('### Urgency', '### Impact').replace('### X', '### Urgency'),
      /stands above/,
    ],
    ['text above the first heading', `please hurry\n\n${good}`, 'There is text above the first question'],
  ])('with %s is refused', (_, body, problem) => {
    expect(bodyReading(incident, body)).toMatchObject({ problem: expect.stringMatching(problem) })
  })

  test('whose headings look alike but are others is one without them', () => {
    const cyrillic = good.replace('### Impact', '### Imp\u0430ct')
    expect(bodyReading(incident, cyrillic)).toMatchObject({ why: 'missing' })
  })
})

describe('the form of an issue', () => {
  const laptop = shippedForm('gitsm-request-laptop')
  const answers = {
    item: 'A laptop (laptop)',
    form_model: '13 inch',
    form_keyboard: 'US',
    form_needed_by: '2026-12-24',
  }

  test('is found by its questions where nobody labelled the issue', () => {
    const found = formOfIssue(forms, { labels: [], body: filledBody(laptop, answers) })
    expect(found).toMatchObject({ form: { name: 'gitsm-request-laptop' } })
  })

  test('of an item is that of the item in the answer, not that of another', () => {
    const body = filledBody(laptop, { ...answers, item: 'A table of orders (order-export)' })
    expect(formOfIssue(forms, { labels: laptop.labels, body })).toMatchObject({ problem: expect.any(String) })
  })

  test('is none for an issue that somebody wrote freely', () => {
    expect(formOfIssue(forms, { labels: ['bug'], body: 'The shop is slow' })).toBeUndefined()
  })

  test('is asked for where the label says that there should be one', () => {
    expect(formOfIssue(forms, { labels: ['gitsm:intake'], body: 'The shop is slow' })).toMatchObject({
      problem: 'The questions of no form stand in this issue',
    })
  })

  test('that two forms could be is left to a label', () => {
    const twin = { ...laptop, name: 'twin', title: 'Twin', labels: ['gitsm:intake', 'gitsm:twin'] }
    const body = filledBody(laptop, answers)
    expect(formOfIssue([laptop, twin], { labels: [], body })).toMatchObject({
      hint: 'Give it the label of one: gitsm:request, gitsm:twin',
    })
    expect(formOfIssue([laptop, twin], { labels: twin.labels, body })).toMatchObject({ form: { name: 'twin' } })
  })
})

describe('an answer', () => {
  const field = (kind: FormField['kind'], value: FormField['value'], options: FormField['options'] = []): FormField => {
    return { route: ['it'], id: 'it', label: 'It', description: '', required: false, kind, value, options }
  }
  const ci = { text: 'Web server 1 (web-1)', value: 'web-1' }

  test.each([
    ['a time on the wall', field('line', 'instant'), '2026-11-21 09:15', '2026-11-21T08:15:00Z'],
    ['a time with its zone', field('line', 'instant'), '2026-11-21T09:15:00+01:00', '2026-11-21T09:15:00+01:00'],
    ['a time that there is not', field('line', 'instant'), '2026-02-30 09:15', '2026-02-30 09:15'],
    ['a number', field('line', 'number'), '42', 42],
    ['what is no number', field('line', 'number'), '1e9', '1e9'],
    ['an option', field('choice', 'text', [ci]), 'Web server 1 (web-1)', 'web-1'],
    ['an option whose title has changed since', field('choice', 'text', [ci]), 'Old web server (web-1)', 'web-1'],
    ['what is no option', field('choice', 'text', [ci]), 'web-9', 'web-9'],
    ['several options', field('choices', 'text', [ci]), 'Web server 1 (web-1), web-2', ['web-1', 'web-2']],
    ['lines', field('lines', 'text'), '- INC-1\n\n INC-2 ', ['INC-1', 'INC-2']],
    ['boxes', field('boxes', 'text', [ci]), '- [X] Web server 1 (web-1)\n- [ ] other', ['web-1']],
  ])('that is %s', (_, asked, text, value) => {
    expect(answerIn(asked, text, 'Europe/Berlin')).toEqual({ value })
  })

  test('among boxes that is no box is named', () => {
    expect(answerIn(field('boxes', 'text', [ci]), '- [x] a\nand this', 'UTC')).toEqual({ strange: 'and this' })
  })
})
