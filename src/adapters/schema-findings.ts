import type { ErrorObject } from 'ajv/dist/2020.js'
import { textAt } from '../core/record.ts'
import type { SchemaFinding } from './schema-breach.ts'
import { collapseChoices } from './schema-choice.ts'
import { meantField } from './schema-field.ts'
import { findingOf } from './schema-message.ts'
import { partAt, pointerRoute, type SchemaFiles } from './schema-route.ts'

/** Keywords that say more about one value than any other when both fail, most telling first. */
const telling = ['type', 'const', 'enum', 'not', 'format', 'pattern', 'minLength', 'maxLength']

const most = 100

/**
 * What the errors of a validator mean, each mistake told once: of several errors about one value the most telling, of a
 * choice between forms the form that was meant, of a misspelt field that it is unknown, not that the right one is
 * missing. After a hundred the rest is only counted.
 */
export function findingsOf(
  files: SchemaFiles,
  path: string,
  data: unknown,
  errors: readonly ErrorObject[],
): readonly SchemaFinding[] {
  const start = { file: path, schema: files.get(path) ?? {} }
  const misspelt = new Set(errors.map((error) => `${error.instancePath} ${meantField(error)}`))
  const meant = collapseChoices(errors).filter(
    ({ keyword, instancePath, params }) =>
      keyword !== 'if' &&
      keyword !== 'propertyNames' &&
      !(keyword === 'required' && misspelt.has(`${instancePath} ${params['missingProperty']}`)),
  )
  const found = new Map<string, { readonly rank: number; readonly finding: SchemaFinding }>()
  for (const error of meant) {
    const route = pointerRoute(error.instancePath, data)
    const finding = findingOf({
      error,
      route,
      described: (at) => {
        const part = partAt(files, start, at)
        return part && textAt(part.schema, 'description')
      },
    })
    const rank = error.propertyName === undefined ? telling.indexOf(error.keyword) : -1
    const key = JSON.stringify([finding.route, rank < 0 ? finding.message : ''])
    const rival = found.get(key)
    if (!rival || rank < rival.rank) found.set(key, { rank, finding })
  }
  const all = [...found.values()].map(({ finding }) => finding)
  if (all.length <= most) return all
  const rest = { route: [], message: `${all.length - most} further mistakes are left out` }
  return [...all.slice(0, most), rest]
}
