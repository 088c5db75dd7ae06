import { textAt } from '../core/record.ts'
import { isUnderstated, riskOf } from '../core/risk.ts'
import { riskFacts } from '../core/risk-facts.ts'
import { riskPolicyOf } from '../core/risk-policy.ts'
import type { Rule } from '../core/rule.ts'
import { takenSteps } from '../core/taken-step.ts'

const weighed: readonly string[] = ['assess', 'authorize', 'scheduled']

/**
 * The declared risk of a change may be higher than the computed one, never lower: people may know more than the engine,
 * but who wants a change through must not make it look smaller.
 */
export const riskNotUnderstated: Rule = {
  id: 'risk-not-understated',
  severity: 'error',
  summary: 'The declared risk of a change is not lower than the computed one',
  *check({ records, rulebook, changes }) {
    const stepping = new Set([...takenSteps(changes)].map(({ record }) => record))
    const asked = changes
      .flatMap((change) => (change.kind === 'removed' ? [] : [change.after]))
      .filter(({ type, data }) => type === 'change' && textAt(data, 'risk') !== undefined)
      .filter((record) => {
        const state = textAt(record.data, 'state') ?? ''
        return weighed.includes(state) || (state === 'implement' && stepping.has(record))
      })
    if (asked.length === 0) return
    const facts = riskFacts(records, rulebook)
    const policy = rulebook.config.risk ?? riskPolicyOf(undefined)
    for (const record of asked) {
      const risk = riskOf(record, facts, policy)
      if (!isUnderstated(risk)) continue
      yield {
        message: `${record.id} declares ${risk.declared} risk, but the computed one is ${risk.verdict.because}`,
        place: { file: record.file, route: ['risk'] },
        hint: `Declare ${risk.level}, or plan it so that it is less; gitsm show ${record.id} explains the computation`,
      }
    }
  },
}
