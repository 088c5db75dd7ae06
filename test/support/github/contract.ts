import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

interface Operation {
  readonly query: readonly {
    readonly name: string
    readonly required: boolean
    readonly schema: { readonly type?: unknown }
  }[]
  readonly body?: { readonly properties?: object; readonly required?: readonly string[] }
  readonly answers: Readonly<Record<string, unknown>>
}

/** What GitHub's own description says of the routes that are used, cut out by `scripts/cut-openapi.mjs`. */
const description: { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../data/github-openapi.json', import.meta.url)), 'utf8'),
)

const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, logger: false })
addFormats.default(ajv)
ajv.addSchema({ $id: 'github', ...description })

const compiled = new Map<string, ValidateFunction>()

/** A request as GitHub names it: `GET /repos/{owner}/{repo}`, and what stands in the braces. */
export interface Matched {
  readonly route: string
  readonly values: Readonly<Record<string, string>>
}

const patterns = Object.keys(description.paths)
  // Whatever says more goes before what may be anything.
  .toSorted((a, b) => literal(b).length - literal(a).length)
  .map((path) => {
    // A branch, a reference or a path of a file may hold slashes.
    const wide = /\{(branch|ref|path|basehead)\}/
    const pattern = path.replace(/\{(\w+)\}/g, (part, name) =>
      wide.test(part) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
    )
    return { path, pattern: new RegExp(`^${pattern}$`) }
  })

function literal(path: string): string {
  return path.replace(/\{\w+\}/g, '')
}

/** The route that a request means; `undefined` where GitHub's description, as far as we cut it out, has none. */
export function matchRoute(method: string, path: string): Matched | undefined {
  for (const each of patterns) {
    const found = each.pattern.exec(path)
    if (!found || !description.paths[each.path]?.[method]) continue
    const values = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])
    return { route: `${method} ${each.path}`, values: Object.fromEntries(values) }
  }
  return undefined
}

/** What is wrong with a request, in GitHub's terms: unknown or missing parameters, a body of another shape. */
export function faultsOfRequest(route: string, query: URLSearchParams, body: unknown): readonly string[] {
  const [method = '', path = ''] = route.split(' ')
  const operation = description.paths[path]?.[method]
  if (!operation) return [`${route} is not in the description`]
  const wrong: string[] = []
  for (const name of query.keys()) {
    if (!operation.query.some((each) => each.name === name)) wrong.push(`${route} takes no parameter ${name}`)
  }
  for (const { name, required, schema } of operation.query) {
    const value = query.get(name)
    if (value === null) {
      if (required) wrong.push(`${route} needs the parameter ${name}`)
    } else wrong.push(...breaches(`${route} ${name}`, schema, schema.type === 'integer' ? Number(value) : value))
  }
  if (operation.body === undefined) {
    if (body !== undefined) wrong.push(`${route} takes no body`)
    return wrong
  }
  const known = Object.keys(operation.body.properties ?? {})
  const given = typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : []
  for (const name of given)
    if (known.length > 0 && !known.includes(name)) wrong.push(`${route} takes no ${name} in its body`)
  if (body === undefined && !operation.body.required) return wrong
  return [...wrong, ...breachesAt(`${route}/body`, pointer(path, method, 'body'), body)]
}

/** What is wrong with an answer: a status or a shape that GitHub does not give. */
export function faultsOfAnswer(route: string, status: number, body: unknown): readonly string[] {
  if (status >= 400) return []
  const [method = '', path = ''] = route.split(' ')
  const answers = description.paths[path]?.[method]?.answers ?? {}
  if (!(status in answers)) return [`${route} never answers ${status}`]
  if (answers[status] === null) return body === undefined ? [] : [`${route} answers ${status} without a body`]
  return breachesAt(`${route} ${status}`, pointer(path, method, 'answers', String(status)), body)
}

function pointer(...parts: readonly string[]): string {
  const coded = parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
  return `github#/paths/${coded.join('/')}`
}

function breachesAt(name: string, $ref: string, value: unknown): readonly string[] {
  return breaches(name, { $ref }, value)
}

function breaches(name: string, schema: object, value: unknown): readonly string[] {
  const validate = compiled.get(name) ?? ajv.compile(schema)
  compiled.set(name, validate)
  if (validate(value)) return []
  const wrong = (validate.errors ?? []).filter(({ instancePath, message }) => !isGone(name, instancePath, message))
  return wrong.slice(0, 5).map((error) => `${name}${error.instancePath}: ${error.message}`)
}

/** The description promises an author and a head's repository; the server tells `null` once these are deleted. */
function isGone(route: string, path: string, message: string | undefined): boolean {
  return route.includes('/pulls') && /^(\/\d+)?\/(user|head\/repo)$/.test(path) && message === 'must be object'
}
