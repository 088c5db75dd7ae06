import { compare } from '../diagnostic.ts'
import type { RecordIndex, Rulebook } from '../facts.ts'
import { Fault } from '../fault.ts'
import { type Data, isData, type RecordDoc, textAt, textsAt } from '../record.ts'
import type { RecordType } from '../record-type.ts'
import { type AnswerForm, answerForm, lineOf, recordOption } from './field.ts'
import type { FormField, FormOption } from './form.ts'

/** What forms are made of: the rules, the records that answers can name, and what schemas say of fields. */
export interface FormFacts {
  readonly rulebook: Rulebook
  readonly records: RecordIndex
  /** What the schema of a record type says of one of its fields, references followed. */
  readonly fieldSchema: (type: string, field: string) => Data
}

/** The fields that `x-form` names, then those that the type requires and that nothing else can know. */
export function fieldsOf(
  type: RecordType,
  asked: Data,
  settled: readonly string[],
  facts: FormFacts,
): readonly FormField[] {
  const { schema } = type
  const defaults = isData(schema['x-defaults']) ? schema['x-defaults'] : {}
  const suggestions = isData(schema['x-suggestions']) ? schema['x-suggestions'] : {}
  const known = new Set(['id', 'state', 'title', ...Object.keys(defaults), ...settled])
  const required = textsAt(schema, 'required').filter((field) => !known.has(field))
  return [...new Set([...Object.keys(asked), ...required])].map((field): FormField => {
    const described = facts.fieldSchema(type.name, field)
    const form = answerForm(described, optionsFor(type, field, facts))
    if (!form || known.has(field)) throw unusable(type, `${field} cannot be asked in a form`)
    const suggestion = suggestions[field]
    return {
      route: [field],
      id: field,
      label: lineOf(textAt(described, 'title') ?? field),
      description: lineOf(textAt(asked, field) ?? textAt(described, 'description') ?? ''),
      ...form,
      required: required.includes(field),
      ...placeholder(described, form, facts.rulebook.config.timezone),
      ...(suggestion !== undefined && { suggestion }),
    }
  })
}

/** The configuration records or categories that a field can name; none where it names records that come and go. */
function optionsFor(type: RecordType, field: string, { rulebook, records }: FormFacts): readonly FormOption[] {
  if (field === 'category') return rulebook.config.categories.map((text) => ({ text, value: text }))
  return namedTypes(type, field)
    .filter((name) => rulebook.types.get(name)?.prefix === undefined)
    .flatMap((name) => records.ofType(name))
    .filter((record) => isOffered(record, rulebook))
    .toSorted((a, b) => compare(a.id, b.id))
    .map(({ id, data }) => recordOption(id, data))
}

/** The first question of a form for one item: which, with one answer. It tells the forms apart. */
export function itemField(type: RecordType, field: string, item: RecordDoc, { fieldSchema }: FormFacts): FormField {
  const described = fieldSchema(type.name, field)
  return {
    route: [field],
    id: field,
    label: lineOf(textAt(described, 'title') ?? field),
    description: '',
    kind: 'choice',
    value: 'text',
    options: [recordOption(item.id, item.data)],
    required: true,
    suggestion: item.id,
  }
}

/** What the form of a catalogue item asks. */
export function formFields({ data }: RecordDoc, zone: string): readonly FormField[] {
  const form = isData(data['form']) ? data['form'] : {}
  const required = textsAt(form, 'required')
  return Object.entries(isData(form['properties']) ? form['properties'] : {}).flatMap(([name, field]): FormField[] => {
    const answer = isData(field) ? answerForm(field, []) : undefined
    if (!answer || !isData(field)) return []
    const suggestion = field['default']
    const hint = textAt(field, 'description') ?? textAt(field, 'x-pattern-hint') ?? ''
    return [
      {
        route: ['form', name],
        id: `form_${name}`,
        label: lineOf(textAt(field, 'title') ?? name),
        description: lineOf(hint),
        ...answer,
        required: required.includes(name),
        ...placeholder(field, answer, zone),
        ...(suggestion !== undefined && { suggestion }),
      },
    ]
  })
}

function placeholder({ format }: Data, { kind, value }: AnswerForm, zone: string): Pick<FormField, 'placeholder'> {
  if (kind === 'lines') return { placeholder: 'One a line' }
  if (value === 'instant') return { placeholder: `2026-11-21 09:15 (${zone})` }
  return format === 'date' ? { placeholder: '2026-11-21' } : {}
}

/** The types of the records that a field can name. */
export function namedTypes({ references }: RecordType, field: string): readonly string[] {
  return references
    .filter(({ path: [first, second, third] }) => first === field && third === undefined && (second ?? '*') === '*')
    .flatMap(({ to }) => to)
}

/** What is gone, or not fit for use, is no answer. */
const absent: ReadonlySet<string> = new Set(['draft', 'retired', 'suspended'])

function isOffered({ type, data }: RecordDoc, { types }: Rulebook): boolean {
  const state = textAt(data, 'state') ?? ''
  return !absent.has(state) && types.get(type)?.lifecycle?.states.get(state)?.final !== true
}

/** The fault for an x-form that cannot be made a form of. */
export function unusable({ name }: RecordType, why: string): Fault {
  return new Fault(`The x-form of schemas/${name}/schema.json is of no use: ${why}`, {
    cure: 'Name fields whose values are texts, numbers, choices or lists of them',
  })
}
