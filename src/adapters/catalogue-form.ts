import { enumeration } from '../core/enumeration.ts'
import { Fault } from '../core/fault.ts'
import type { Route } from '../core/place.ts'
import { type Data, isData, type RecordDoc, textAt, textsAt } from '../core/record.ts'
import type { Finding } from '../core/rule.ts'
import { openSchemas, type Schemas } from './schema.ts'

/** The form of a catalogue item, ready to judge what requests say. */
export interface CatalogueForm {
  /** What is wrong with the form itself, told about the item. */
  readonly findings: readonly Finding[]
  /** What the form finds wrong with the answers of a request. */
  judge(request: RecordDoc): readonly Finding[]
}

const path = 'schemas/form/schema.json'
/** The same form as if nothing in it were required, to judge one field at a time. */
const optional = 'schemas/form/optional.json'
const draft = 'https://json-schema.org/draft/2020-12/schema'

/**
 * Opens the form of a catalogue item. It is JSON Schema, cut down by the schema of catalogue items to fields without
 * references and nesting; its patterns run under the same limits as those of every schema.
 */
export function openForm({ id, file, data }: RecordDoc): CatalogueForm {
  const form = isData(data['form']) ? data['form'] : {}
  const fields = isData(form['properties']) ? form['properties'] : {}
  const schemas = openSchemas(
    new Map([
      [path, schemaOf(id, fields, textsAt(form, 'required'))],
      [optional, schemaOf(id, fields, [])],
    ]),
  )
  const broken = attempt(() => schemas.prove())
  if (broken) return { findings: [unusable(id, file, broken)], judge: () => [] }
  return {
    findings: [...unknownRequired(file, form, fields), ...wrongDefaults(file, fields, schemas)],
    judge: (request) => {
      let found: readonly Finding[] = []
      const slow = attempt(() => {
        found = answers(schemas, path, request.file, request.data['form'] ?? {})
      })
      return slow ? [unusable(id, file, slow)] : found
    },
  }
}

function schemaOf(id: string, properties: Data, required: readonly string[]): Data {
  return {
    $schema: draft,
    type: 'object',
    properties: {
      form: {
        description: `What the form of ${id} asks`,
        type: 'object',
        properties: explained(properties),
        required,
        additionalProperties: false,
      },
    },
  }
}

/** Fields that explain nothing are explained by their title and what there is to choose from. */
function explained(properties: Data): Data {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => {
      if (!isData(field) || textAt(field, 'description') !== undefined) return [name, field]
      const [title, choices] = [textAt(field, 'title') ?? name, textsAt(field, 'enum')]
      return [name, { ...field, description: choices.length === 0 ? title : `${title}: ${enumeration(choices, 'or')}` }]
    }),
  )
}

/** Runs a step that a form written by somebody else can make fail; what it failed with. */
function attempt(step: () => void): Fault | undefined {
  try {
    step()
    return undefined
  } catch (fault) {
    if (fault instanceof Fault) return fault
    throw fault
  }
}

function unusable(id: string, file: string, { message, cure }: Fault): Finding {
  return {
    message: `The form of ${id} cannot be used: ${message.replace(`${path} is not a usable JSON Schema: `, '')}`,
    place: { file, route: ['form'], at: 'key' },
    hint: cure ?? 'Correct the form',
  }
}

function answers(schemas: Schemas, path: string, file: string, form: unknown): readonly Finding[] {
  return schemas.diagnose(path, file, { form }).map(({ message, place, hint }) => ({
    message,
    place,
    ...(hint !== undefined && { hint }),
  }))
}

function* unknownRequired(file: string, form: Data, fields: Data): Generator<Finding> {
  for (const [index, name] of textsAt(form, 'required').entries()) {
    if (Object.hasOwn(fields, name)) continue
    yield {
      message: `The form requires ${name}, which it does not ask for`,
      place: { file, route: ['form', 'required', index] },
      hint: `Its fields are ${Object.keys(fields).join(', ')}`,
    }
  }
}

function* wrongDefaults(file: string, fields: Data, schemas: Schemas): Generator<Finding> {
  for (const [name, field] of Object.entries(fields)) {
    if (!isData(field) || field['default'] === undefined) continue
    const about = (route: Route) => route[0] === 'form' && route[1] === name
    const [wrong] = answers(schemas, optional, file, { [name]: field['default'] }).filter(({ place }) =>
      about(place.route),
    )
    if (!wrong) continue
    yield {
      message: `The default of ${name} does not fit the field itself`,
      place: { file, route: ['form', 'properties', name, 'default'] },
      hint: wrong.hint ?? wrong.message,
    }
  }
}
