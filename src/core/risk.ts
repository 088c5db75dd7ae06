import { someOf } from './conflict.ts'
import { type RecordDoc, textAt } from './record.ts'
import { circumstances, type RiskCircumstances } from './risk-circumstances.ts'
import type { RiskFacts } from './risk-facts.ts'
import { highestOf, isHigher, type RiskLevel, riskLevelOf } from './risk-level.ts'
import type { RiskCondition, RiskPolicy } from './risk-policy.ts'
import { questionnaire } from './risk-questionnaire.ts'
import { leaf, type Verdict } from './verdict.ts'

/** The computed risk of a change, explained. Derived whenever it is asked for, and never stored. */
export interface Risk {
  readonly level: RiskLevel
  /** What the change declares, if it does. */
  readonly declared?: RiskLevel
  /** Percent of the questionnaire's highest score; absent where it was not asked. */
  readonly score?: number
  /** Every condition and question: `met` where it raises the risk. */
  readonly verdict: Verdict
  /** The part of it that weighs the answers; absent where the questionnaire was not asked. */
  readonly answers?: Verdict
}

/** Computes the risk of a change: the highest level that a condition or the questionnaire gives. */
export function riskOf(change: RecordDoc, facts: RiskFacts, policy: RiskPolicy): Risk {
  const known = circumstances(change, facts, policy)
  const judged = policy.conditions.map((condition) => ({ condition, verdict: judgeCondition(condition, known) }))
  const answers = questionnaire(change.data, policy)
  const level = highestOf([
    ...judged.filter(({ verdict }) => verdict.met).map(({ condition }) => condition.level),
    ...(answers ? [answers.level] : []),
  ])
  const declared = riskLevelOf(textAt(change.data, 'risk'))
  const deciding = [
    ...judged
      .filter(({ condition, verdict }) => verdict.met && condition.level === level)
      .map(({ verdict }) => verdict.because),
    ...(answers && answers.level === level && level !== 'low' ? [answers.verdict.because] : []),
  ]
  const [reason = 'nothing raises it'] = deciding
  return {
    level,
    ...(declared && { declared }),
    ...(answers && { score: answers.score, answers: answers.verdict }),
    verdict: {
      met: level !== 'low',
      because: `${level}: ${reason}`,
      parts: [...judged.map(({ verdict }) => verdict), ...(answers ? [answers.verdict] : [])],
    },
  }
}

/** Whether a change declares less risk than was computed. */
export function isUnderstated({ level, declared }: Risk): boolean {
  return declared !== undefined && isHigher(level, declared)
}

function judgeCondition({ name, level, when }: RiskCondition, known: RiskCircumstances): Verdict {
  const parts = Object.entries(when).map(([fact, wanted]) => judgeFact(fact, wanted, known))
  const met = parts.every((part) => part.met)
  const why = parts.filter((part) => part.met === met).map((part) => part.because)
  const because = met ? `${name} (${why.join('; ')})` : `not: ${name}`
  return { met, because: met ? because : `${because}, which would be ${level}`, parts }
}

function judgeFact(fact: string, wanted: unknown, known: RiskCircumstances): Verdict {
  const { values, because } = known.get(fact) ?? { values: [], because: () => [] }
  const words = fact.replaceAll('_', ' ')
  if (typeof values === 'number') {
    const least = typeof wanted === 'number' ? wanted : 1
    const ids = someOf(because(values))
    return leaf(values >= least, `${words} ${values}${ids === '' ? '' : ` (${ids})`}`)
  }
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted]
  const hit = values.find((value) => list.includes(value))
  if (hit === undefined) return leaf(false, `${words} ${values.map(String).join(', ') || 'unknown'}`)
  const ids = someOf(because(hit))
  return leaf(true, `${words} ${String(hit)}${ids === '' ? '' : ` (${ids})`}`)
}
