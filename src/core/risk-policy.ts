import { type Data, isData, listAt, textAt } from './record.ts'
import { type RiskLevel, riskLevelOf } from './risk-level.ts'

/** A condition that gives a change at least a level of risk. */
export interface RiskCondition {
  readonly name: string
  readonly level: RiskLevel
  /** By fact: the values one of which must be true, or the number that it must at least reach. */
  readonly when: Data
}

/** A question of the risk questionnaire: each answer has points, the more the riskier. */
export interface RiskQuestion {
  readonly name: string
  readonly question: string
  readonly weight: number
  readonly answers: ReadonlyMap<string, number>
}

/** How an organisation weighs the risk of changes: `risk` in `gitsm.yaml`, with what it leaves out filled in. */
export interface RiskPolicy {
  readonly conditions: readonly RiskCondition[]
  readonly questions: readonly RiskQuestion[]
  /** From which share of the highest possible score, in percent, the questionnaire gives a level. */
  readonly thresholds: readonly { readonly level: RiskLevel; readonly from: number }[]
  /** How far back failures of earlier changes count. */
  readonly historyDays: number
  /** How near another change is in time to count as close. */
  readonly nearbyHours: number
}

/** The policy that the data of `risk` describes; the built-in one where it is absent. */
export function riskPolicyOf(data: unknown): RiskPolicy {
  const given = isData(data) ? data : {}
  const conditions = listAt(given, 'conditions').filter(isData).flatMap(conditionOf)
  const questions = listAt(given, 'questions').filter(isData).map(questionOf)
  const levels = isData(given['levels']) ? given['levels'] : {}
  return {
    conditions: Array.isArray(given['conditions']) ? conditions : builtIn.conditions,
    questions: Array.isArray(given['questions']) ? questions : builtIn.questions,
    thresholds: builtIn.thresholds.map(({ level, from }) => ({ level, from: numberAt(levels, level) ?? from })),
    historyDays: numberAt(given, 'history_days') ?? builtIn.historyDays,
    nearbyHours: numberAt(given, 'nearby_hours') ?? builtIn.nearbyHours,
  }
}

function conditionOf(data: Data): readonly RiskCondition[] {
  const level = riskLevelOf(data['level'])
  const when = isData(data['when']) ? data['when'] : {}
  return level === undefined ? [] : [{ name: textAt(data, 'name') ?? '', level, when }]
}

function questionOf(data: Data): RiskQuestion {
  const answers = Object.entries(isData(data['answers']) ? data['answers'] : {})
  return {
    name: textAt(data, 'name') ?? '',
    question: textAt(data, 'question') ?? '',
    weight: numberAt(data, 'weight') ?? 1,
    answers: new Map(answers.flatMap(([answer, points]) => (typeof points === 'number' ? [[answer, points]] : []))),
  }
}

function numberAt(data: Data, field: string): number | undefined {
  const value = data[field]
  return typeof value === 'number' ? value : undefined
}

const builtIn: RiskPolicy = {
  conditions: [
    { name: 'a vital service is taken out', level: 'very_high', when: { outage: true, tier: [1] } },
    { name: 'a vital service fails with it', level: 'high', when: { tier_reached: [1], environment: ['production'] } },
    { name: 'an important service is touched', level: 'moderate', when: { tier: [1, 2], environment: ['production'] } },
    { name: 'an important service fails with it', level: 'moderate', when: { tier_reached: [2] } },
    {
      name: 'there is no time to test',
      level: 'high',
      when: { change_type: ['emergency'], environment: ['production'] },
    },
    { name: 'a change of the same items failed', level: 'high', when: { failures_of_cis: 1 } },
    { name: 'changes of the same service failed again and again', level: 'high', when: { failures_of_services: 3 } },
    { name: 'a change of the same service failed', level: 'moderate', when: { failures_of_services: 1 } },
    { name: 'changes of the same team failed', level: 'moderate', when: { failures_of_team: 2 } },
    { name: 'another change is close', level: 'moderate', when: { changes_nearby: 1 } },
    { name: 'several other changes are close', level: 'high', when: { changes_nearby: 3 } },
  ],
  questions: [
    {
      name: 'tested',
      question: 'Where was it tried before?',
      weight: 3,
      answers: new Map([
        ['same_environment', 0],
        ['similar_environment', 1],
        ['not_at_all', 3],
      ]),
    },
    {
      name: 'backout',
      question: 'How long does it take to put things back?',
      weight: 3,
      answers: new Map([
        ['minutes', 0],
        ['hours', 1],
        ['impossible', 3],
      ]),
    },
    {
      name: 'experience',
      question: 'How often has the implementer done this?',
      weight: 2,
      answers: new Map([
        ['often', 0],
        ['once', 1],
        ['never', 3],
      ]),
    },
    {
      name: 'helpers',
      question: 'Who must work together for it?',
      weight: 1,
      answers: new Map([
        ['one_team', 0],
        ['several_teams', 1],
        ['supplier', 2],
      ]),
    },
  ],
  thresholds: [
    { level: 'moderate', from: 25 },
    { level: 'high', from: 50 },
    { level: 'very_high', from: 75 },
  ],
  historyDays: 365,
  nearbyHours: 24,
}
