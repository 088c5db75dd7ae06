import { compare } from '../diagnostic.ts'
import { isData, type RecordDoc, textAt, textsAt } from '../record.ts'
import type { RecordType } from '../record-type.ts'
import { lineOf } from './field.ts'
import { type FormField, type IssueForm, intakeLabel, typeLabel } from './form.ts'
import { type FormFacts, fieldsOf, formFields, itemField, namedTypes, unusable } from './questions.ts'

/**
 * The issue forms of a repository, in the order of their names: one for each record type in use whose schema has
 * `x-form`, or one for each published record that its `each` field can name.
 */
export function issueForms(facts: FormFacts): readonly IssueForm[] {
  const { practices } = facts.rulebook.config
  const forms = [...facts.rulebook.types.values()]
    .filter(({ name, prefix }) => prefix === undefined || practices === undefined || practices.includes(name))
    .flatMap((type) => formsOf(type, facts))
    .toSorted((a, b) => compare(a.name, b.name))
  const key = ({ title }: IssueForm): string => title.toLowerCase()
  // GitHub wants every form to have a title of its own.
  return forms.map((form) =>
    forms.some((other) => other !== form && key(other) === key(form))
      ? { ...form, title: `${form.title} (${form.item ?? form.type})` }
      : form,
  )
}

function formsOf(type: RecordType, facts: FormFacts): readonly IssueForm[] {
  const told = type.schema['x-form']
  if (!isData(told)) return []
  const each = textAt(told, 'each')
  const common = {
    title: lineOf(textAt(told, 'name') ?? '') || lineOf(textAt(type.schema, 'title') ?? type.name),
    description: lineOf(textAt(told, 'description') ?? '') || lineOf(textAt(type.schema, 'description') ?? type.name),
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
      description: lineOf(textAt(item.data, 'description') ?? '') || common.description,
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

/** The fields that an item settles, so that nobody is asked. */
function settledBy({ data }: RecordDoc): readonly string[] {
  return ['service', 'team', 'tasks'].filter((field) => data[field] !== undefined)
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
