// Cuts out of GitHub's OpenAPI description what the stand-in of the tests checks requests and answers by.
//   npm pack @octokit/openapi@23.0.2 && tar xf octokit-openapi-23.0.2.tgz
//   node scripts/cut-openapi.mjs package/generated/api.github.com.json
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Every route that gitsm asks for, or that its tests do. */
const repository = `
GET
GET PATCH /issues/{issue_number}
GET POST /issues
GET /issues/{issue_number}/timeline
GET POST /issues/{issue_number}/comments
GET /issues/comments
GET PATCH DELETE /issues/comments/{comment_id}
GET POST /issues/comments/{comment_id}/reactions
GET POST PUT /issues/{issue_number}/labels
DELETE /issues/{issue_number}/labels/{name}
GET POST /labels
GET POST /pulls
GET PATCH /pulls/{pull_number}
GET /pulls/{pull_number}/commits
GET /pulls/{pull_number}/files
PUT /pulls/{pull_number}/merge
GET POST DELETE /pulls/{pull_number}/requested_reviewers
GET POST /pulls/{pull_number}/reviews
PUT /pulls/{pull_number}/reviews/{review_id}/dismissals
GET /activity
POST /check-runs
GET PATCH /check-runs/{check_run_id}
GET /check-runs/{check_run_id}/annotations
GET /commits
GET /commits/{ref}
GET /commits/{ref}/check-runs
GET /commits/{commit_sha}/pulls
GET /compare/{basehead}
GET /branches
GET /branches/{branch}
GET /branches/{branch}/protection
GET /rules/branches/{branch}
GET /rulesets
GET /rulesets/{ruleset_id}
GET /git/ref/{ref}
GET /git/matching-refs/{ref}
GET /contents/{path}
GET /collaborators/{username}/permission
GET /actions/permissions
GET /actions/permissions/workflow
GET /actions/permissions/selected-actions
GET /actions/workflows
GET /actions/workflows/{workflow_id}/runs
GET /environments
GET /environments/{environment_name}
GET /environments/{environment_name}/deployment-branch-policies
GET /actions/secrets
GET /actions/organization-secrets
GET /actions/variables
GET /actions/organization-variables
GET /environments/{environment_name}/variables
GET /installation
POST /dispatches
`
const others = [
  'GET /user',
  'GET /users/{username}',
  'GET /rate_limit',
  'GET /app',
  'POST /app/installations/{installation_id}/access_tokens',
]

const routes = [
  ...repository
    .trim()
    .split('\n')
    .flatMap((line) => {
      const words = line.split(' ')
      const path = words.at(-1).startsWith('/') ? words.pop() : ''
      return words.map((method) => `${method} /repos/{owner}/{repo}${path}`)
    }),
  ...others,
]

const silent = [
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'title',
  'deprecated',
  'tags',
  'default',
]

function lean(value, inside) {
  if (Array.isArray(value)) return value.map((each) => lean(each))
  if (typeof value !== 'object' || value === null) return value
  const named = inside === 'properties'
  const kept = Object.entries(value).filter(([name]) => named || !(silent.includes(name) || name.startsWith('x-')))
  const parts = Object.fromEntries(kept.map(([name, each]) => [name, lean(each, named ? '' : name)]))
  return named ? parts : asJsonSchema(parts)
}

/** OpenAPI 3.0 says `nullable` where JSON Schema lists `null`. More than one case of a `oneOf` often fits, too. */
function asJsonSchema({ nullable, oneOf, ...schema }) {
  const plain = oneOf ? { ...schema, anyOf: oneOf } : schema
  if (nullable !== true) return plain
  if (!plain.type) return { anyOf: [plain, { type: 'null' }] }
  return { ...plain, type: [plain.type, 'null'], ...(plain.enum && { enum: [...plain.enum, null] }) }
}

const source = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const resolved = (part) =>
  part?.$ref
    ? part.$ref
        .slice(2)
        .split('/')
        .reduce((at, name) => at[name], source)
    : part
const schemas = {}

function keep(value) {
  if (Array.isArray(value)) for (const each of value) keep(each)
  else if (typeof value === 'object' && value !== null) {
    const name = value.$ref?.split('/').at(-1)
    if (name && !(name in schemas)) {
      schemas[name] = lean(resolved(value))
      keep(schemas[name])
    }
    for (const each of Object.values(value)) keep(each)
  }
  return value
}

const paths = {}
for (const route of routes.toSorted()) {
  const [method, path] = route.split(' ')
  const operation = source.paths[path]?.[method.toLowerCase()]
  if (!operation) throw new Error(`GitHub describes no ${route}`)
  const parameters = (operation.parameters ?? []).map(resolved).filter((parameter) => parameter.in === 'query')
  const body = resolved(operation.requestBody)?.content?.['application/json']?.schema
  const answers = Object.entries(operation.responses).map(([status, answer]) => {
    return [status, resolved(answer).content?.['application/json']?.schema ?? null]
  })
  paths[path] ??= {}
  paths[path][method] = keep(
    lean({
      query: parameters.map(({ name, required = false, schema }) => ({ name, required, schema })),
      ...(body && { body }),
      answers: Object.fromEntries(answers.filter(([status]) => /^[23]/.test(status))),
    }),
  )
}

const sorted = Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1)))
const cut = {
  source: `${source.info.title}, OpenAPI ${source.openapi}, npm package @octokit/openapi 23.0.2, cut by scripts/cut-openapi.mjs`,
  license: 'MIT, copyright GitHub and the Octokit contributors',
}
const lines = (part) =>
  `{\n${Object.entries(part)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n')}\n}`
const file = fileURLToPath(new URL('../test/data/github-openapi.json', import.meta.url))
const text = `{
"source": ${JSON.stringify(cut.source)},
"license": ${JSON.stringify(cut.license)},
"paths": ${lines(paths)},
"components": {"schemas": ${lines(sorted)}}
}
`
writeFileSync(file, text)
process.stdout.write(`${routes.length} routes, ${Object.keys(sorted).length} schemas, ${text.length} characters\n`)
