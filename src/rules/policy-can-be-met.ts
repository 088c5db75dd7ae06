import { distinctPeople, isProgram, membersOf } from '../core/approval/person.ts'
import { type Policy, type PolicyRule, policyOf } from '../core/approval/policy.ts'
import { approvalsNeeded, countText } from '../core/approval/quorum.ts'
import { approverWords, type Requirement } from '../core/approval/requirement.ts'
import type { RecordIndex } from '../core/facts.ts'
import type { Route } from '../core/place.ts'
import type { Finding, Rule } from '../core/rule.ts'
import { isSame } from '../core/same.ts'

/**
 * Every rule of a policy can be reached, and there are enough people to meet it.
 *
 * A rule below one that always matches first protects nothing, though it reads as if it did; and what needs more people
 * than a team has stops everybody at the worst moment. Teams without members are still to be filled.
 */
export const policyCanBeMet: Rule = {
  id: 'policy-can-be-met',
  severity: 'warning',
  summary: 'Rules of policies can be reached, and teams have enough members to meet them',
  *check({ records }) {
    for (const policy of records.ofType('policy').map(policyOf)) {
      yield* unreachable(policy)
      for (const [index, { require }] of policy.rules.entries()) {
        yield* tooFew(policy.file, ['rules', index, 'require'], require, records)
      }
    }
  },
}

function* unreachable({ file, rules }: Policy): Generator<Finding> {
  for (const [index, rule] of rules.entries()) {
    const before = rules.findIndex((earlier, at) => at < index && covers(earlier, rule))
    if (before < 0) continue
    yield {
      message: `${rule.name} is never reached: ${rules[before]?.name} matches first whenever it would`,
      place: { file, route: ['rules', index, 'name'] },
      hint: 'Put the rule with more conditions first, or remove it',
      related: [{ place: { file, route: ['rules', before, 'name'] }, message: 'this rule matches first' }],
    }
  }
}

/** Whether the first rule matches whatever the second one does: each of its conditions is implied. */
function covers(first: PolicyRule, second: PolicyRule): boolean {
  return [...first.when].every(([fact, values]) => {
    const asked = second.when.get(fact)
    return asked?.every((value) => values.some((other) => isSame(value, other))) === true
  })
}

function* tooFew(file: string, route: Route, require: Requirement, records: RecordIndex): Generator<Finding> {
  if (require.kind === 'all' || require.kind === 'any') {
    for (const [index, part] of require.parts.entries()) {
      yield* tooFew(file, [...route, require.kind, index], part, records)
    }
  }
  if (require.kind !== 'approvals' || require.from.some((name) => approverWords.includes(name))) return
  const members = require.from.flatMap((name) => membersOf(records, name) ?? [])
  const people = distinctPeople(members.filter((member) => !isProgram(member))).length
  const needed = approvalsNeeded(require.approvals, people)
  if (people === 0 || people >= needed) return
  yield {
    message: `This asks for ${countText(needed)}, but ${people === 1 ? 'there is 1 member' : `there are ${people} members`}`,
    place: { file, route: [...route, 'approvals'] },
    hint: 'Add members to the team, or ask for fewer approvals',
  }
}
