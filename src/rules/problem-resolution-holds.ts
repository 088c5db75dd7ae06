import type { Facts } from '../core/facts.ts'
import { isFilled, listAt, type RecordDoc, textAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/** Outcomes of a change that did what it was made for. */
const succeeded: readonly unknown[] = ['successful', 'successful_with_issues']

/**
 * A problem counts as fixed when every change that fixes it has succeeded, and a risk as accepted when someone answers
 * for it until a day.
 *
 * Otherwise the backlog of problems would shrink by declaration.
 */
export const problemResolutionHolds: Rule = {
  id: 'problem-resolution-holds',
  severity: 'error',
  summary:
    'A resolved problem has changes that succeeded, or a risk owner and the day until which the risk is accepted',
  local: true,
  consults: { problem: ['change'] },
  *check(facts) {
    for (const record of facts.records.ofType('problem')) {
      const state = textAt(record.data, 'state')
      if (state !== 'resolved' && state !== 'closed') continue
      if (record.data['resolution_code'] === 'risk_accepted') yield* acceptance(record)
      if (record.data['resolution_code'] === 'fix_applied') yield* fixes(record, facts)
    }
  },
}

function* acceptance({ id, file, data }: RecordDoc): Generator<Finding> {
  for (const field of ['risk_owner', 'review_by']) {
    if (isFilled(data[field])) continue
    yield {
      message: `${id} accepts a risk without ${field}`,
      place: { file, route: ['resolution_code'] },
      hint: field === 'review_by' ? 'Add the last day of the acceptance as review_by' : 'Name who accepts it',
    }
  }
}

function* fixes({ id, file, data }: RecordDoc, { records, unreadable }: Facts): Generator<Finding> {
  if (!isFilled(data['changes'])) {
    yield {
      message: `${id} was fixed, but names no change that did it`,
      place: { file, route: ['resolution_code'] },
      hint: 'Name the changes in changes, or write resolution_code: risk_accepted',
    }
  }
  for (const [index, name] of listAt(data, 'changes').entries()) {
    if (typeof name !== 'string' || unreadable.has(`change/${name}`)) continue
    const change = records.find('change', name)
    // A name that leads nowhere is told by reference-exists.
    if (!change) continue
    const { state, outcome } = change.data
    if (state === 'closed' && succeeded.includes(outcome)) continue
    yield {
      message: `${id} counts as fixed, but ${name} is ${String(state)}${outcome === undefined ? '' : `, ${String(outcome)}`}`,
      place: { file, route: ['changes', index] },
      hint: 'Resolve the problem once each of its changes is closed and was successful',
      related: [{ place: { file: change.file, route: ['state'] }, message: `${name} is here` }],
    }
  }
}
