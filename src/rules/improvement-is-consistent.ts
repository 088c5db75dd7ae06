import type { RecordIndex } from '../core/facts.ts'
import { periodOf, resultOf } from '../core/improvement-proof.ts'
import { parseInstant } from '../core/instant.ts'
import { isGap, isWorse } from '../core/kpi-record.ts'
import type { Route } from '../core/place.ts'
import { type Data, isData, isFilled, listAt, type RecordDoc, textAt, textsAt, valueAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/** The states in which an improvement has been accepted and not given up. */
const alive: readonly string[] = ['accepted', 'assess', 'approved', 'in_progress', 'review', 'closed']
const begun: readonly string[] = ['in_progress', 'review', 'closed']
const inPlace: readonly string[] = ['review', 'closed']
/** The states in which nothing more is to be expected of a change. */
const over: readonly string[] = ['closed', 'rejected', 'cancelled']

/**
 * An improvement makes sense in itself: a target that is better than the baseline, periods in order, work that is done.
 *
 * What is agreed before anybody knows the outcome is what makes the outcome worth something.
 */
export const improvementIsConsistent: Rule = {
  id: 'improvement-is-consistent',
  severity: 'error',
  summary: 'An improvement aims beyond its baseline, measures after it is in place, and says what its figures say',
  local: true,
  consults: { improvement: ['kpi', 'change'] },
  *check({ records, rulebook }) {
    for (const improvement of records.ofType('improvement')) {
      const kpi = records.find('kpi', textAt(improvement.data, 'kpi') ?? '')
      yield* workFindings(improvement)
      yield* changeFindings(improvement, records)
      yield* periodFindings(improvement, rulebook.config.timezone)
      if (kpi) yield* aimFindings(improvement, kpi)
    }
  },
}

function* workFindings(improvement: RecordDoc): Generator<Finding> {
  const { id, data } = improvement
  const state = textAt(data, 'state') ?? ''
  if (alive.includes(state) && !isFilled(data['service']) && !isFilled(data['practice'])) {
    yield at(
      improvement,
      ['state'],
      `${id} is ${state} and does not say what shall become better`,
      'Add service or practice',
    )
  }
  if (begun.includes(state) && !isFilled(data['changes']) && !isFilled(data['tasks'])) {
    yield at(improvement, ['state'], `${id} is ${state} without anything to be done`, 'Add changes or tasks')
  }
  for (const [index, task] of listAt(data, 'tasks').entries()) {
    if (!inPlace.includes(state) || (isData(task) && task['done'] === true)) continue
    const hint = `Do it and set done: true, or keep ${id} in_progress`
    yield at(improvement, ['tasks', index], `${id} is ${state}, but this task is not done`, hint)
  }
}

function* changeFindings({ id, file, data }: RecordDoc, records: RecordIndex): Generator<Finding> {
  const state = textAt(data, 'state') ?? ''
  if (!inPlace.includes(state)) return
  for (const [index, change] of textsAt(data, 'changes').entries()) {
    const standing = textAt(records.find('change', change)?.data ?? {}, 'state')
    if (standing === undefined || over.includes(standing)) continue
    yield {
      message: `${id} is ${state}, but ${change} is still ${standing}`,
      place: { file, route: ['changes', index] },
      hint: `Close ${change} first, or keep ${id} in_progress`,
    }
  }
}

function* periodFindings(improvement: RecordDoc, zone: string): Generator<Finding> {
  const { data } = improvement
  for (const field of ['baseline', 'measured_period'] as const) {
    if (!isData(data[field]) || periodOf(data, field, zone)) continue
    const hint = 'Give the first day, and the day after the last'
    yield at(improvement, [field, 'to'], `The period of ${field} ends before it begins`, hint)
  }
  const inPlaceAt = parseInstant(textAt(data, 'implemented_at') ?? '')
  const [baseline, measured] = [periodOf(data, 'baseline', zone), periodOf(data, 'measured_period', zone)]
  if (baseline && inPlaceAt !== undefined && baseline.from >= inPlaceAt) {
    const hint = 'A baseline tells of the time before the improvement'
    yield at(improvement, ['baseline', 'from'], 'The baseline begins when the improvement was in place', hint)
  }
  if (measured && inPlaceAt !== undefined && measured.from < inPlaceAt) {
    const hint = `Begin on a day after implemented_at (${textAt(data, 'implemented_at')})`
    yield at(improvement, ['measured_period', 'from'], 'It was measured before it was in place', hint)
  }
  const days = data['observe_days']
  if (measured && typeof days === 'number' && daysIn(measured) < days) {
    const message = `The measured period has ${daysIn(measured)} days, and ${days} were agreed`
    yield at(improvement, ['measured_period', 'to'], message, 'Measure on, or let the agreement be changed by approval')
  }
}

function* aimFindings(improvement: RecordDoc, kpi: RecordDoc): Generator<Finding> {
  const { id, data } = improvement
  const { target, measured_value: measured } = data
  const baseline = valueAt(data, ['baseline', 'value'])
  if (isGap(kpi) && alive.includes(textAt(data, 'state') ?? '')) {
    const hint = `Make ${kpi.id} measurable first: that is an improvement of its own`
    yield at(improvement, ['kpi'], `${kpi.id} cannot be measured yet, so nothing could show what ${id} brings`, hint)
  }
  if (typeof baseline !== 'number' || typeof target !== 'number') return
  if (!isWorse(kpi.data, baseline, target)) {
    const side = kpi.data['direction'] === 'up' ? 'above' : 'below'
    const hint = `Of ${kpi.id}, ${kpi.data['direction'] === 'up' ? 'more' : 'less'} is better: aim ${side} ${baseline}`
    yield at(improvement, ['target'], `The target is no better than the baseline of ${baseline}`, hint)
    return
  }
  if (typeof measured !== 'number' || data['result'] === undefined) return
  const result = resultOf(kpi.data, measured, baseline, target)
  if (result === data['result']) return
  yield at(improvement, ['result'], `The result is ${result}, by the figures of this record`, hintOf(kpi.data, data))
}

function hintOf(kpi: Data, { measured_value, target, baseline }: Data): string {
  const from = valueAt(baseline, ['value'])
  const need = kpi['direction'] === 'up' ? 'at least' : 'at most'
  return `Measured ${measured_value}; the target is ${need} ${target}, the baseline was ${from}`
}

function daysIn({ from, until }: { readonly from: number; readonly until: number }): number {
  return Math.round((until - from) / 86_400)
}

function at({ file }: RecordDoc, route: Route, message: string, hint: string): Finding {
  return { message, place: { file, route }, hint }
}
