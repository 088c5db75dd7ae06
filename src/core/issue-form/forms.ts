import { compare } from '../diagnostic.ts'
import type { RecordIndex, Rulebook } from '../facts.ts'
import { Fault } from '../fault.ts'
import { type Data, isData, type RecordDoc, textAt, textsAt } from '../record.ts'
import type { RecordType } from '../record-type.ts'
import { type AnswerForm, answerForm, lineOf, recordOption } from './field.ts'
import { type FormField, type FormOption, type IssueForm, intakeLabel, typeLabel } from './form.ts'

/** What forms are made of: the rules, the records that answers can name, and what schemas say of fields. */
export interface FormFacts {
  readonly rulebook: Rulebook
  readonly records: RecordIndex
  /** What the schema of a record type says of one of its fields, references followed. */
  readonly fieldSchema: (type: string, field: string) => Data
}

/**
 * The issue forms of a repository, in the order of their names: one for each record type in use whose schema has
 * `x-form`, or one for each published record that its `each` field can name.
 */
export function issueForms(facts: FormFacts): readonly IssueForm[] {
  const { practices } = facts.rulebook.config
  return [...facts.rulebook.types.values()]
    .filter(({ name, prefix }) => prefix === undefined || practices === undefined || practices.includes(name))
    .flatMap((type) => formsOf(type, facts))
    .toSorted((a, b) => compare(a.name, b.name))
}

function formsOf(type: RecordType, facts: FormFacts): readonly IssueForm[] {
  const told = type.schema['x-form']
  if (!isData(told)) return []
  const each = textAt(told, 'each')
  const common = {
    title: lineOf(textAt(told, 'name') ?? textAt(type.schema, 'title') ?? type.name),
    description: lineOf(textAt(told, 'description') ?? textAt(type.schema, 'description') ?? type.name),
    type: type.name,
    labels: [intakeLabel, typeLabel(type.name)],
  }
  const asked = isData(told['fields']) ? told['fields'] : {}
  if (each === undefined) {
    return [{ ...common, name: `gitsm-${type.name}`, fields: distinct(fieldsOf(type, asked, [], facts)) }]
  }
  return itemsOf(type, each, textsAt(told, 'states'), facts).map((item) => {
    const own = fieldsOf(type, asked, [each, ...settledBy(item)], facts)
    const first = itemField(type, each, item, facts)
    return {
      ...common,
      name: `gitsm-${type.name}-${item.id}`,
      title: lineOf(textAt(item.data, 'title') ?? item.id),
      description: lineOf(textAt(item.data, 'description') ?? common.description),
      item: item.id,
      issueTitle: lineOf(textAt(item.data, 'title') ?? item.id),
      fields: distinct([first, ...formFields(item, facts.rulebook.config.timezone), ...own]),
    }
  })
}

/** The records that a field can name, in the states that the form wants them in. */
function itemsOf(type: RecordType, field: string, states: readonly string[], facts: FormFacts): readonly RecordDoc[] {
  const named = namedTypes(type, field)
  if (named.length === 0) throw unusable(type, `each: ${field} names no other record`)
  return named
    .flatMap((name) => facts.records.ofType(name))
    .filter(({ data }) => states.length === 0 || states.includes(textAt(data, 'state') ?? ''))
}

/** What is gone, or not there yet, is no answer. */
const absent: ReadonlySet<string> = new Set(['draft', 'pipeline', 'planned', 'retired', 'suspended'])

function isOffered({ type, data }: RecordDoc, { types }: Rulebook): boolean {
  const state = textAt(data, 'state') ?? ''
  return !absent.has(state) && types.get(type)?.lifecycle?.states.get(state)?.final !== true
}

/** The fields that an item settles, so that nobody is asked. */
function settledBy({ data }: RecordDoc): readonly string[] {
  return ['service', 'team', 'tasks'].filter((field) => data[field] !== undefined)
}

function namedTypes({ references }: RecordType, field: string): readonly string[] {
  return references
    .filter(({ path: [first, second, third] }) => first === field && third === undefined && (second ?? '*') === '*')
    .flatMap(({ to }) => to)
}

/** The fields that `x-form` names, then those that the type requires and that nothing else can know. */
function fieldsOf(type: RecordType, asked: Data, settled: readonly string[], facts: FormFacts): readonly FormField[] {
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
function itemField(type: RecordType, field: string, item: RecordDoc, { fieldSchema }: FormFacts): FormField {
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
function formFields({ data }: RecordDoc, zone: string): readonly FormField[] {
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

/** Labels that two questions share are told apart by their fields, because answers are found by them. */
function distinct(fields: readonly FormField[]): readonly FormField[] {
  const key = ({ label }: FormField): string => label.toLowerCase()
  return fields.map((field) =>
    fields.some((other) => other !== field && key(other) === key(field))
      ? { ...field, label: `${field.label} (${field.route.join('.')})` }
      : field,
  )
}

function unusable({ name }: RecordType, why: string): Fault {
  return new Fault(`The x-form of schemas/${name}/schema.json is of no use: ${why}`, {
    cure: 'Name fields whose values are texts, numbers, choices or lists of them',
  })
}
