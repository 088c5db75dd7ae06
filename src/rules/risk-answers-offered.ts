import { nearest } from '../core/nearest.ts'
import { isData, textAt } from '../core/record.ts'
import { riskPolicyOf } from '../core/risk-policy.ts'
import type { Rule } from '../core/rule.ts'

/**
 * Answers to the risk questionnaire are ones that it offers; what it does not know would silently count for nothing.
 */
export const riskAnswersOffered: Rule = {
  id: 'risk-answers-offered',
  severity: 'error',
  summary: 'Risk answers name questions and answers of the questionnaire',
  *check({ changes, rulebook }) {
    const { questions } = rulebook.config.risk ?? riskPolicyOf(undefined)
    for (const change of changes) {
      if (change.kind === 'removed' || change.after.type !== 'change') continue
      const { file, data } = change.after
      const given = isData(data['risk_answers']) ? data['risk_answers'] : {}
      for (const name of Object.keys(given)) {
        const question = questions.find((each) => each.name === name)
        const place = { file, route: ['risk_answers', name] }
        const names = questions.map((each) => each.name)
        if (!question) {
          const guess = nearest(name, names)
          const hint = guess ? `Did you mean ${guess}?` : `The questions are ${names.join(', ')}`
          yield { message: `The risk questionnaire does not ask ${name}`, place: { ...place, at: 'key' }, hint }
          continue
        }
        const answer = textAt(given, name) ?? ''
        if (question.answers.has(answer)) continue
        const hint = `${question.question} ${[...question.answers.keys()].join(', ')}`
        yield { message: `${name} cannot be answered with ${answer}`, place, hint }
      }
    }
  },
}
