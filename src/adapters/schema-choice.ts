import type { ErrorObject } from 'ajv/dist/2020.js'
import { isData } from '../core/record.ts'

/**
 * Reduces what `anyOf` and `oneOf` report to what helps: where the value clearly means one branch, that branch's
 * errors; else only the error of the choice itself. The errors of all branches together would be noise.
 */
export function collapseChoices(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let kept: ErrorObject[] = []
  for (const error of errors) {
    if (error.keyword === 'anyOf' || error.keyword === 'oneOf') kept = withChoice(kept, error)
    else kept.push(error)
  }
  return kept
}

/** The errors so far, with those of the branches of a choice reduced. */
function withChoice(kept: readonly ErrorObject[], error: ErrorObject): ErrorObject[] {
  const branches = branchesOf(error).map((prefixes) =>
    kept.filter(({ schemaPath }) => prefixes.some((prefix) => schemaPath.startsWith(prefix))),
  )
  const others = kept.filter((candidate) => !branches.some((branch) => branch.includes(candidate)))
  const meant = branches.filter((branch) => branch.length > 0 && !branch.some((each) => rulesOut(each, error)))
  const [only] = meant
  return only && meant.length === 1 && !lackFieldsOnly(branches, error) ? [...others, ...only] : [...others, error]
}

/** For each branch of a choice, the beginnings of the schema paths that its errors have. */
function branchesOf(error: ErrorObject): readonly (readonly string[])[] {
  const branches: readonly unknown[] = Array.isArray(error.schema) ? error.schema : []
  return branches.map((branch, index) => {
    const ref = isData(branch) && typeof branch['$ref'] === 'string' ? [`${branch['$ref']}/`] : []
    return [`${error.schemaPath}/${index}/`, ...ref]
  })
}

/** Whether an error says that the value, or a field of it that tells the branches apart, is of another kind. */
function rulesOut(error: ErrorObject, choice: ErrorObject): boolean {
  if (error.instancePath === choice.instancePath) return ['type', 'const', 'enum'].includes(error.keyword)
  return error.keyword === 'const'
}

function lackFieldsOnly(branches: readonly (readonly ErrorObject[])[], choice: ErrorObject): boolean {
  return branches
    .flat()
    .every(({ keyword, instancePath }) => keyword === 'required' && instancePath === choice.instancePath)
}
