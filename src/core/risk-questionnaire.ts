import { type Data, isData, textAt } from './record.ts'
import { highestOf, type RiskLevel } from './risk-level.ts'
import type { RiskPolicy, RiskQuestion } from './risk-policy.ts'
import { leaf, type Verdict } from './verdict.ts'

/** What the questionnaire gives for a change. */
export interface QuestionnaireResult {
  readonly level: RiskLevel
  /** Percent of the highest possible score, rounded down for show; the exact figure decides. */
  readonly score: number
  readonly verdict: Verdict
}

/**
 * Weighs the answers of a change. A question without an answer counts as its riskiest one: what nobody knows is no
 * safety. `undefined` where there are no questions, or where a change that is not assessed one by one answers none.
 */
export function questionnaire(data: Data, { questions, thresholds }: RiskPolicy): QuestionnaireResult | undefined {
  const given = isData(data['risk_answers']) ? data['risk_answers'] : undefined
  const most = questions.reduce((sum, question) => sum + question.weight * worst(question), 0)
  if (most === 0 || (!given && textAt(data, 'change_type') !== 'normal')) return undefined
  const parts = questions.map((question) => answered(question, given ?? {}))
  const points = parts.reduce((sum, part) => sum + part.points, 0)
  const level = highestOf(thresholds.filter(({ from }) => points * 100 >= from * most).map((each) => each.level))
  const score = Math.floor((points * 100) / most)
  const because = sentenceOf(
    parts.filter((part) => part.isOpen).length,
    parts.length,
    `${points} of ${most} points (${score} %), which is ${level}`,
  )
  return { level, score, verdict: { met: level !== 'low', because, parts: parts.map(({ verdict }) => verdict) } }
}

/** Who reads a score should know how much of it nobody answered. */
function sentenceOf(open: number, asked: number, score: string): string {
  if (open === 0) return `the answers score ${score}`
  if (open === asked) return `no question is answered, which counts as the riskiest: ${score}`
  return `the answers score ${score}, ${open} of ${asked} of them missing and counted as the riskiest`
}

interface Answered {
  readonly points: number
  /** Whether nobody gave an answer that is offered. */
  readonly isOpen: boolean
  readonly verdict: Verdict
}

function answered(question: RiskQuestion, given: Data): Answered {
  const answer = textAt(given, question.name)
  const points = answer === undefined ? undefined : question.answers.get(answer)
  const counted = question.weight * (points ?? worst(question))
  const said =
    points === undefined
      ? `no answer, which counts as the riskiest (${[...question.answers.keys()].join(', ')})`
      : `${answer}`
  return {
    points: counted,
    isOpen: points === undefined,
    verdict: leaf(counted > 0, `${question.question} ${said}: ${counted} points`),
  }
}

function worst({ answers }: RiskQuestion): number {
  return Math.max(0, ...answers.values())
}
