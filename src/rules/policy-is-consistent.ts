import { governance } from '../core/approval/policy.ts'
import { approverWords, type Requirement, requirementOf } from '../core/approval/requirement.ts'
import { factNames, factValues } from '../core/approval/rule-fact.ts'
import type { Facts } from '../core/facts.ts'
import { nearest } from '../core/nearest.ts'
import type { Route } from '../core/place.ts'
import { type Data, isData, listAt, type RecordDoc, textAt, textsAt } from '../core/record.ts'
import type { RecordType } from '../core/record-type.ts'
import type { Finding, Rule } from '../core/rule.ts'

/**
 * A policy's rules ask for facts that exist, of teams that exist, in one of the forms of a requirement.
 *
 * A condition that can never hold, or approvers that nobody is, would let a weaker rule decide, or no one at all.
 */
export const policyIsConsistent: Rule = {
  id: 'policy-is-consistent',
  severity: 'error',
  summary: 'Rules of policies ask for facts and teams that exist, and require something that makes sense',
  *check(facts) {
    for (const policy of facts.records.ofType('policy')) {
      const types = guardedTypes(policy, facts)
      const names = new Set<string>()
      for (const [index, rule] of listAt(policy.data, 'rules').entries()) {
        if (!isData(rule)) continue
        const route = ['rules', index]
        const name = textAt(rule, 'name') ?? ''
        if (names.has(name)) {
          const place = { file: policy.file, route: [...route, 'name'] }
          yield { message: `Two rules are called ${name}`, place, hint: 'Give each rule a name of its own' }
        }
        names.add(name)
        yield* conditionFindings(policy.file, [...route, 'when'], rule['when'], types)
        yield* requirementFindings(policy.file, [...route, 'require'], rule['require'], facts)
        yield* timeFindings(policy.file, route, name, rule)
      }
    }
    yield* nameFindings(facts)
  },
}

/** What is said about the time of approvals where none is asked for. */
function* timeFindings(file: string, route: Route, name: string, rule: Data): Generator<Finding> {
  const required = requirementOf(rule['require'])
  if (required.kind === 'none' && rule['retroactive'] !== undefined) {
    yield {
      message: `${name} requires no approval, so none can follow`,
      place: { file, route: [...route, 'retroactive'] },
      hint: 'Leave retroactive out, or require an approval',
    }
  }
  if (rule['expires'] !== undefined && required.kind !== 'unreadable' && !asksForReviews(required)) {
    yield {
      message: `${name} requires no approval, so none expires`,
      place: { file, route: [...route, 'expires'] },
      hint: 'Leave expires out, or require an approval',
    }
  }
}

function asksForReviews(requirement: Requirement): boolean {
  if (requirement.kind === 'all' || requirement.kind === 'any') return requirement.parts.some(asksForReviews)
  return requirement.kind === 'approvals'
}

/** The types whose records the rules are about; every type for governance, which is about files, too. */
function guardedTypes({ data }: RecordDoc, { rulebook }: Facts): readonly RecordType[] {
  const guards = textsAt(data, 'guards')
  const types = [...rulebook.types.values()]
  return guards.includes(governance) ? types : types.filter(({ name }) => guards.includes(name))
}

function* conditionFindings(
  file: string,
  route: Route,
  when: unknown,
  types: readonly RecordType[],
): Generator<Finding> {
  if (types.length === 0) return
  const facts = factNames(types)
  for (const [fact, given] of Object.entries(isData(when) ? when : {})) {
    if (!facts.includes(fact)) {
      const guess = nearest(fact, facts)
      yield {
        message: `${types.map(({ name }) => name).join(' and ')} records have no field ${fact}`,
        place: { file, route: [...route, fact], at: 'key' },
        hint: guess ? `Did you mean ${guess}?` : 'Such a rule never matches; name a field that they have',
      }
      continue
    }
    const possible = factValues(fact, types)
    for (const [index, value] of (Array.isArray(given) ? given : [given]).entries()) {
      if (!possible || possible.includes(value)) continue
      const guess = nearest(String(value), possible.map(String))
      yield {
        message: `${fact} is never ${String(value)}`,
        place: { file, route: Array.isArray(given) ? [...route, fact, index] : [...route, fact] },
        hint: guess === undefined ? `Name one of ${possible.join(', ')}` : `Did you mean ${guess}?`,
      }
    }
  }
}

function* requirementFindings(file: string, route: Route, data: unknown, facts: Facts): Generator<Finding> {
  const requirement = requirementOf(data)
  if (requirement.kind === 'unreadable') {
    yield {
      message: `Nothing can meet this requirement: ${requirement.because}`,
      place: { file, route },
      hint: 'Write none, { approvals: 1, from: [team] }, { approvals: majority, from: [team] }, { author: [team] }, { all: [...] } or { any: [...] }',
    }
    return
  }
  if (!isData(data)) return
  for (const form of ['all', 'any'] as const) {
    for (const [index, part] of listAt(data, form).entries()) {
      yield* requirementFindings(file, [...route, form, index], part, facts)
    }
  }
  for (const field of ['from', 'author']) yield* approverFindings(file, [...route, field], textsAt(data, field), facts)
}

function* approverFindings(
  file: string,
  route: Route,
  names: readonly string[],
  { records, unreadable }: Facts,
): Generator<Finding> {
  for (const [index, name] of names.entries()) {
    if (approverWords.includes(name) || records.find('team', name) || unreadable.has(`team/${name}`)) continue
    const guess = nearest(name, [...approverWords, ...records.ofType('team').map(({ id }) => id)])
    yield {
      message: `There is no team ${name}`,
      place: { file, route: [...route, index] },
      hint: guess ? `Did you mean ${guess}?` : `Add records/team/${name}.yaml, or name ${approverWords.join(', ')}`,
    }
  }
}

/** A team named like a word of policies could never be named in one. */
function* nameFindings({ records }: Facts): Generator<Finding> {
  for (const word of approverWords) {
    const team = records.find('team', word)
    if (!team) continue
    yield {
      message: `${word} means something else in policies, so no team can be called that`,
      place: { file: team.file, route: ['id'] },
      hint: 'Give the team another id',
    }
  }
}
