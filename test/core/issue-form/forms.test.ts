import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { issueFormText } from '../../../src/adapters/yaml/issue-form-text.ts'
import { indexRecords } from '../../../src/core/facts.ts'
import { issueForms } from '../../../src/core/issue-form/forms.ts'
import { templateOf } from '../../../src/core/issue-form/template.ts'
import { type Data, isData, listAt, textAt } from '../../../src/core/record.ts'
import { shippedForm, shippedForms } from '../../support/issue-form.ts'
import { shipped, shippedRecords } from '../../support/shipped.ts'

/** A catalogue item with one question. */
function formAsking(question: Data, required: readonly string[] = []): ReturnType<typeof shippedForms> {
  const data = { id: 'thing', title: 'A thing', state: 'published', service: 'webshop', team: 'operations' }
  const item = { ...data, form: { properties: { it: question }, required } }
  const others = shippedRecords().all.filter(({ type }) => type !== 'catalogue-item')
  const records = indexRecords([...others, { type: 'catalogue-item', id: 'thing', file: 'records/x.yaml', data: item }])
  const { rulebook, fieldSchema } = shipped
  return issueForms({ rulebook, records, fieldSchema }).filter(({ type }) => type === 'request')
}

function asked(question: Data) {
  const field = formAsking(question)[0]?.fields.find(({ id }) => id === 'form_it')
  if (!field) throw new Error('it is not asked')
  return field
}

describe('the forms of the example organisation', () => {
  test('are one for each practice that people report to, and one for each item that can be ordered', () => {
    expect(shippedForms().map(({ name }) => name)).toEqual([
      'gitsm-change',
      'gitsm-improvement',
      'gitsm-incident',
      'gitsm-problem',
      'gitsm-request-laptop',
      'gitsm-request-new-shop-section',
      'gitsm-request-order-export',
      'gitsm-request-shop-administration-access',
    ])
  })

  test('ask for everything that the schema requires and nothing else can know', () => {
    const ids = shippedForm('gitsm-incident').fields.filter(({ required }) => required)
    expect(ids.map(({ id }) => id)).toEqual(['service', 'impact', 'urgency'])
  })

  test('offer the services in use, and none that is retired', () => {
    const [service] = shippedForm('gitsm-incident').fields
    const values = service?.options.map(({ value }) => value)
    expect(values).toContain('webshop')
    expect(values).not.toContain('fax-orders')
    expect(service?.options).toContainEqual({ text: 'Web shop (webshop)', value: 'webshop' })
  })

  test('ask of a request what its catalogue item asks, and nothing that the item settles', () => {
    const { fields } = shippedForm('gitsm-request-laptop')
    expect(fields.map(({ id, kind }) => `${id}: ${kind}`)).toEqual([
      'item: choice',
      'form_model: choice',
      'form_keyboard: choice',
      'form_needed_by: line',
      'form_second: choice',
      'form_reason: text',
      'requested_for: line',
    ])
  })

  test('have titles of their own, also where two items are called alike', () => {
    const { rulebook, fieldSchema } = shipped
    const alike = shippedRecords().all.map((record) =>
      record.type === 'catalogue-item' ? { ...record, data: { ...record.data, title: 'It' } } : record,
    )
    const titles = issueForms({ rulebook, records: indexRecords(alike), fieldSchema }).map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
    expect(titles).toContain('It (laptop)')
  })

  test('are only those of the practices in use', () => {
    const { rulebook, fieldSchema } = shipped
    const config = { ...rulebook.config, practices: ['incident'] }
    const found = issueForms({ rulebook: { ...rulebook, config }, records: shippedRecords(), fieldSchema })
    expect(found.map(({ name }) => name)).toEqual(['gitsm-incident'])
  })
})

describe('a question', () => {
  test('with few values for a list is boxes, with many a menu, and with commas in them a line for each', () => {
    const list = (values: readonly string[]) => ({ type: 'array', items: { type: 'string', enum: values } })
    const many = Array.from({ length: 20 }, (_, at) => `value ${at}`)
    expect(asked(list(['a', 'b'])).kind).toBe('boxes')
    expect(asked(list(many)).kind).toBe('choices')
    expect(asked(list([...many, 'one, two'])).kind).toBe('lines')
  })

  test('offers no None, which is a word of GitHub for no answer', () => {
    expect(asked({ type: 'string', enum: ['None', 'some'] }).options).toEqual([
      { text: '(None)', value: 'None' },
      { text: 'some', value: 'some' },
    ])
  })

  test('whose values differ only in case or blanks is a line, because GitHub wants options that differ', () => {
    expect(asked({ type: 'string', enum: ['A  b', 'a b'] }).kind).toBe('line')
  })

  test('that must look like something is one line, without a limit several', () => {
    expect(asked({ type: 'string', pattern: '^[a-z]+$' }).kind).toBe('line')
    expect(asked({ type: 'string' }).kind).toBe('text')
    expect(asked({ type: 'string', maxLength: 40 }).kind).toBe('line')
  })

  test('called like another one is told apart by its field', () => {
    const [form] = formAsking({ title: 'Requested For', type: 'string' })
    expect(form?.fields.map(({ label }) => label)).toEqual([
      'Catalogue item',
      'Requested For (form.it)',
      'Requested for (requested_for)',
    ])
  })
})

const keys: Readonly<Record<string, readonly string[]>> = {
  markdown: ['value'],
  input: ['label', 'description', 'placeholder', 'value'],
  textarea: ['label', 'description', 'placeholder', 'value'],
  dropdown: ['label', 'description', 'multiple', 'options', 'default'],
  checkboxes: ['label', 'description', 'options'],
}

/** What GitHub would refuse in a form (docs.github.com, "Common validation errors when creating issue forms"). */
function refusals(text: string): readonly string[] {
  const found: string[] = []
  // GitHub reads YAML 1.1, in which a bare Yes is no text.
  const form: unknown = parse(text, { version: '1.1' })
  if (!isData(form)) return ['no mapping']
  const unknown = Object.keys(form).filter((key) => !['name', 'description', 'title', 'labels', 'body'].includes(key))
  if (unknown.length > 0) found.push(`not permitted: ${unknown}`)
  const texts = [form['name'], form['description'], form['title'] ?? '-', ...listAt(form, 'labels')]
  if (texts.some((each) => typeof each !== 'string' || each.trim() === '')) found.push('an empty text, or none')
  if (String(form['description']).length > 200) found.push('description too long')
  const body = listAt(form, 'body').filter(isData)
  const inputs = body.filter(({ type }) => type !== 'markdown')
  if (inputs.length === 0) found.push('no input')
  const unique = (what: string, values: readonly unknown[]) => {
    if (new Set(values.map((each) => String(each).toLowerCase())).size !== values.length) found.push(`${what} twice`)
  }
  unique(
    'id',
    inputs.map(({ id }) => id),
  )
  unique(
    'label',
    inputs.map(({ attributes }) => isData(attributes) && attributes['label']),
  )
  for (const { type, id, attributes, validations, ...rest } of body) {
    const allowed = keys[String(type)]
    if (!allowed || !isData(attributes) || Object.keys(rest).length > 0) found.push(`strange element ${type}`)
    if (!allowed || !isData(attributes)) continue
    const strange = Object.keys(attributes).filter((key) => !allowed.includes(key))
    if (strange.length > 0) found.push(`not permitted: ${strange}`)
    if (type === 'markdown' ? id !== undefined : !/^[A-Za-z0-9_-]+$/.test(String(id))) found.push(`id ${id}`)
    if (type === 'checkboxes' && validations !== undefined) found.push('validations of checkboxes')
    for (const key of ['label', 'description', 'placeholder', 'value']) {
      const value = attributes[key]
      if (key in attributes && (typeof value !== 'string' || value.trim() === '')) found.push(`${key} is no text`)
    }
    if (/password/i.test(textAt(attributes, 'label') ?? '')) found.push('a forbidden word')
    if (!('options' in attributes)) continue
    const options = listAt(attributes, 'options').map((each) => (isData(each) ? each['label'] : each))
    if (options.length === 0 || options.some((each) => typeof each !== 'string')) found.push('options are no texts')
    if (options.some((each) => String(each).trim().toLowerCase() === 'none')) found.push('none is reserved')
    unique('option', options)
    const first = attributes['default']
    if (first !== undefined && !(typeof first === 'number' && first < options.length)) found.push('default')
  }
  return found
}

describe('the file of a form', () => {
  test.each(shippedForms())('$name is one that GitHub takes', (form) => {
    expect(refusals(issueFormText(templateOf(form)))).toEqual([])
  })

  test('says the same to readers of YAML 1.1 and 1.2, also where 1.1 would see no text', () => {
    const values = ['Yes', 'no', 'on', '12:30', '2026-11-21', '0x1F', '~', '1_000', 'y', '=', '<<', '1e3']
    const [form] = formAsking({ title: 'off', type: 'string', enum: values, default: 'no' })
    if (!form) throw new Error('no form')
    const text = issueFormText(templateOf(form))
    expect(parse(text, { version: '1.1' })).toEqual(templateOf(form))
    expect(parse(text)).toEqual(templateOf(form))
    expect(refusals(text)).toEqual([])
  })

  test('of text that would break out of YAML, or out of one line, is still such a form', () => {
    const hostile = 'x\n- type: markdown\n: \'y\' "z" # {{ }} $' + '{{ github.token }}'
    const [form] = formAsking({ title: hostile, type: 'string', description: hostile, default: hostile, maxLength: 90 })
    if (!form) throw new Error('no form')
    const text = issueFormText(templateOf(form))
    expect(parse(text, { version: '1.1' })).toEqual(templateOf(form))
    expect(refusals(text)).toEqual([])
    expect(form.fields.every(({ label, description }) => !/\n/.test(label + description))).toBe(true)
  })

  test('these refusals are found where there is something to refuse', () => {
    const input = (label: string, id: string) => ({ type: 'input', id, attributes: { label } })
    const menu = (options: readonly unknown[]) => ({ type: 'dropdown', id: 'm', attributes: { label: 'M', options } })
    const wrong = { name: 'n', description: 'd', labels: ['l'], hello: 'x' }
    const body = [input('A', 'a'), input('a', 'a'), input('Password', 'b c'), menu(['None', true, true])]
    expect(refusals(JSON.stringify({ ...wrong, body }))).toEqual([
      'not permitted: hello',
      'id twice',
      'label twice',
      'id b c',
      'a forbidden word',
      'options are no texts',
      'none is reserved',
      'option twice',
    ])
  })
})
