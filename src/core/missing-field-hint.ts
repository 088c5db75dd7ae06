import type { Rulebook } from './facts.ts'
import { type Route, routeText } from './place.ts'
import { type RecordDoc, valueAt } from './record.ts'
import { riskPolicyOf } from './risk-policy.ts'

/** What to write into a field that a record lacks, or that stands in it empty. */
export function missingFieldHint({ type, data }: RecordDoc, route: Route, { config }: Rulebook): string {
  const name = routeText(route)
  const empty = valueAt(data, route) !== undefined
  if (type === 'change' && name === 'risk_answers') {
    const { questions } = config.risk ?? riskPolicyOf(undefined)
    const offered = questions.map((question) => `${question.name} (${[...question.answers.keys()].join(', ')})`)
    if (offered.length > 0) return `${empty ? 'Answer in' : 'Add'} ${name}: ${offered.join('; ')}`
  }
  return empty ? `Fill in ${name}: it is empty` : `Add ${name}`
}
