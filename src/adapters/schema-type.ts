import { fragment } from '../core/fragment.ts'
import { type Data, textsAt } from '../core/record.ts'
import type { Breach, Speaker } from './schema-breach.ts'
import { formats } from './schema-format.ts'
import { pattern } from './schema-pattern.ts'
import { hinted, kindOf, kinds, listed, shown } from './schema-words.ts'

/** Says that a value has the wrong type, and how YAML came to read it so. */
export function wrongType({ error, route, described }: Breach, name: string): ReturnType<Speaker> {
  const wanted = [error.schema].flat().map(String)
  const found = wanted.includes('integer') && typeof error.data === 'number' ? shown(error.data) : kindOf(error.data)
  const message = `${name} must be ${wanted.map((type) => kinds[type] ?? type).join(' or ')}, but is ${found}`
  if (route.length === 0) return { message, ...hinted(beginning(error.parentSchema)) }
  return { message, ...hinted(typeHint(wanted, error.data, error.parentSchema) ?? described(route)) }
}

/** The fields that a document begins with, where it is no mapping at all. */
function beginning(schema: Data | undefined): string | undefined {
  const fields = schema ? textsAt(schema, 'required') : []
  return fields.length === 0 ? undefined : `Write one field a line, first of all ${listed(fields)}`
}

/** What YAML made of the value, where that explains why it has the wrong type. */
function typeHint(wanted: readonly string[], value: unknown, schema: Data | undefined): string | undefined {
  const text = fragment(String(value))
  if (value === null) return undefined
  if (wanted.includes('string') && typeof value !== 'object') {
    return fitsAsText(String(value), schema) ? `Put it in quotes: "${text}"` : undefined
  }
  if (wanted.includes('string') && Array.isArray(value)) return 'Write a single value, without a list around it'
  if (wanted.includes('array') && typeof value !== 'object') return `Write it as a list: [${text}]`
  if (wanted.includes('array')) return 'Begin each entry with a dash'
  if (typeof value !== 'string') return undefined
  if (/^-?\d+(\.\d+)?$/.test(value)) return 'Write it without quotes'
  return undefined
}

/** Whether a value that YAML did not read as text would be right if it stood in quotes. */
function fitsAsText(text: string, schema: Data | undefined): boolean {
  const [format, source] = [schema?.['format'], schema?.['pattern']]
  if (typeof format === 'string' && formats[format]?.(text) === false) return false
  return typeof source !== 'string' || pattern(source, 'u').test(text)
}
