import type { ErrorObject } from 'ajv/dist/2020.js'
import { fragment } from '../core/fragment.ts'
import { nearest } from '../core/nearest.ts'
import { type Data, isData, isFilled, textAt } from '../core/record.ts'
import type { Breach, SchemaFinding, Speaker } from './schema-breach.ts'
import { missingField, unknownField } from './schema-field.ts'
import { formatAdvice } from './schema-format-hint.ts'
import { wrongType } from './schema-type.ts'
import { count, hinted, kindOf, kinds, listed, named, shown } from './schema-words.ts'

const speakers: { readonly [keyword: string]: Speaker } = {
  additionalProperties: (breach) => unknownField(breach, String(breach.error.params['additionalProperty'])),
  unevaluatedProperties: (breach) => unknownField(breach, String(breach.error.params['unevaluatedProperty'])),
  required: (breach) => missingField(breach, String(breach.error.params['missingProperty'])),
  dependentRequired: ({ error, route, described }) => {
    const [missing, given] = [String(error.params['missingProperty']), String(error.params['property'])]
    return {
      message: `${named([...route, missing])} is missing: it belongs to ${named([...route, given])}`,
      ...hinted(described([...route, missing])),
    }
  },
  type: wrongType,
  enum: ({ error }, name) => notListed(name, error.data, error.schema),
  const: ({ error }, name) => notListed(name, error.data, [error.schema]),
  format: ({ error }, name) => formatAdvice(String(error.schema), name, String(error.data)),
  pattern: (breach, name) => ({
    message: breach.error.data === '' ? `${name} is empty` : `${name} cannot be ${shown(breach.error.data)}`,
    ...hinted(patternHint(breach)),
  }),
  minLength: ({ error }, name) => ({
    message: `${name} is too short: it needs at least ${count(error.params['limit'], 'character')}`,
  }),
  maxLength: ({ error }, name) => ({
    message: `${name} is too long: ${String(error.data).length} characters, at most ${error.params['limit']} fit`,
  }),
  minItems: ({ error }, name) => ({ message: `${name} needs at least ${count(error.params['limit'], 'entry')}` }),
  maxItems: ({ error }, name) => ({ message: `${name} may have at most ${count(error.params['limit'], 'entry')}` }),
  minProperties: ({ error }, name) => ({ message: `${name} needs at least ${count(error.params['limit'], 'field')}` }),
  maxProperties: ({ error }, name) => ({
    message: `${name} may have at most ${count(error.params['limit'], 'field')}`,
  }),
  uniqueItems: ({ error, route }, name) => {
    const second = Math.max(Number(error.params['i']), Number(error.params['j']))
    return {
      route: [...route, second],
      message: `${name} lists ${shown(Array.isArray(error.data) ? error.data[second] : undefined)} twice`,
      hint: 'Leave one of them out',
    }
  },
  minimum: ({ error }, name) => ({ message: outOfRange(name, 'at least', error) }),
  maximum: ({ error }, name) => ({ message: outOfRange(name, 'at most', error) }),
  exclusiveMinimum: ({ error }, name) => ({ message: outOfRange(name, 'more than', error) }),
  exclusiveMaximum: ({ error }, name) => ({ message: outOfRange(name, 'less than', error) }),
  multipleOf: ({ error }, name) => ({ message: outOfRange(name, 'a multiple of', error) }),
  not: ({ error }, name) => ({ message: `${name} cannot be ${shown(error.data)}` }),
  'false schema': (_, name) => ({ message: `${name} is not allowed here`, at: 'key', hint: 'Leave it out' }),
  anyOf: noBranch,
  oneOf: noBranch,
}

/** Puts a breach into a sentence: what is wrong, where, and what would be right. */
export function findingOf(breach: Breach): SchemaFinding {
  const { error, route, described } = breach
  const name = named(route)
  if (error.propertyName !== undefined) return badName(breach, error.propertyName)
  const spoken = speakers[error.keyword]?.(breach, name) ?? { message: `${name} ${error.message ?? 'is not valid'}` }
  return { route, ...hinted(described(route)), ...spoken }
}

function badName({ error, route }: Breach, name: string): SchemaFinding {
  return {
    route: [...route, name],
    at: 'key',
    message: `${named(route)} cannot have a field \`${fragment(name)}\``,
    ...hinted(patternText(error.parentSchema)),
  }
}

function notListed(name: string, value: unknown, schema: unknown): ReturnType<Speaker> {
  const values: readonly unknown[] = Array.isArray(schema) ? schema : []
  const texts = values.map(String)
  const allowed = texts.length === 1 ? `${texts[0]}` : undefined
  if (typeof value === 'object' || value === undefined) {
    return {
      message: `${name} must be ${allowed ?? 'one of the values below'}, but is ${kindOf(value)}`,
      hint: `Allowed: ${listed(texts)}`,
    }
  }
  const guess = nearest(String(value), texts)
  const ordered = guess ? [guess, ...texts.filter((text) => text !== guess)] : texts
  return {
    message: `${name} cannot be ${shown(value)}`,
    hint:
      guess && texts.length > 1
        ? `Did you mean \`${guess}\`? Allowed: ${listed(ordered)}`
        : `Allowed: ${listed(ordered)}`,
  }
}

function outOfRange(name: string, bound: string, { data, params, schema }: ErrorObject): string {
  return `${name} must be ${bound} ${params['limit'] ?? schema}, but is ${shown(data)}`
}

function patternHint({ error, route, described }: Breach): string | undefined {
  return patternText(error.parentSchema) ?? described(route)
}

function patternText(schema: Data | undefined): string | undefined {
  const words = schema && textAt(schema, 'x-pattern-hint')
  return words && `It must be ${words}`
}

function noBranch({ error, route }: Breach, name: string): ReturnType<Speaker> {
  const branches: readonly unknown[] = Array.isArray(error.schema) ? error.schema : []
  const fields = branches.map((branch) =>
    isData(branch) && Array.isArray(branch['required']) ? branch['required'] : [],
  )
  if (fields.every((required) => required.length > 0)) {
    const sets = fields.map((required) => required.map((field) => `\`${field}\``).join(' and '))
    const both = isFilled(error.params['passingSchemas'])
    return { message: `${name} must have ${sets.join(', or ')}${both ? ', but not both' : ''}` }
  }
  const kindsOfBranches = branches.map(branchName).filter((kind) => kind !== undefined)
  const choice = [...new Set(kindsOfBranches)].join(' or ')
  if (choice === '') return { message: `${name} fits none of the forms that it may have` }
  return { route, message: `${name} must be ${choice}` }
}

function branchName(branch: unknown): string | undefined {
  if (!isData(branch)) return undefined
  if (typeof branch['type'] === 'string') return kinds[branch['type']]
  if ('const' in branch) return shown(branch['const'])
  if (Array.isArray(branch['enum'])) return `one of ${listed(branch['enum'].map(String))}`
  return textAt(branch, 'title')
}
