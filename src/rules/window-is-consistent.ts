import { parseInstant } from '../core/instant.ts'
import { isData, listAt, type RecordDoc, textAt, textsAt, valueAt } from '../core/record.ts'
import { readRecurrence } from '../core/recurrence.ts'
import type { Finding, Rule } from '../core/rule.ts'
import { coversItem, windowOf } from '../core/window.ts'

/**
 * A window has times, and covers something: it ends after it begins, its rule can be read and names its start, and its
 * keys do not rule each other out.
 *
 * A window that means nothing would leave its services unprotected, and nobody would see it before the change went
 * wrong.
 */
export const windowIsConsistent: Rule = {
  id: 'window-is-consistent',
  severity: 'error',
  summary: 'Windows end after they begin, recur by a rule that can be read, and cover something',
  *check({ records }) {
    const items = records.ofType('ci')
    for (const record of records.ofType('window')) {
      yield* timeFindings(record)
      yield* scopeFindings(record, items)
    }
  },
}

function* timeFindings({ file, id, data }: RecordDoc): Generator<Finding> {
  const recurs = data['recurs']
  if (isData(recurs)) {
    const read = readRecurrence(recurs)
    if ('message' in read) {
      yield { message: read.message, place: { file, route: ['recurs', read.field] }, hint: read.hint }
    }
    return
  }
  const [from, to] = [parseInstant(textAt(data, 'from') ?? ''), parseInstant(textAt(data, 'to') ?? '')]
  if (from === undefined || to === undefined || from < to) return
  yield {
    message: `${id} ${from === to ? 'has no length' : 'ends before it begins'}`,
    place: { file, route: ['to'] },
    hint: `Let to lie after from, which is ${textAt(data, 'from')}`,
    related: [{ place: { file, route: ['from'] }, message: 'It begins here' }],
  }
}

function* scopeFindings(record: RecordDoc, items: readonly RecordDoc[]): Generator<Finding> {
  const { file, id, data } = record
  const types = valueAt(data, ['applies_to', 'change_types'])
  const bound = textsAt(data, 'allows')
  if (Array.isArray(types) && types.length > 0 && types.every((type) => allowed(data['allows'], bound, type))) {
    yield {
      message: `${id} binds no change: it allows every type that it applies to`,
      place: { file, route: ['applies_to', 'change_types'] },
      hint: 'Take a type out of allows, or name another one here; left out, allows is emergency',
    }
  }
  const window = windowOf(record)
  if (!window?.scope.cis || (!window.scope.services && !window.scope.environments)) return
  for (const [index, name] of listAt(isData(data['applies_to']) ? data['applies_to'] : {}, 'cis').entries()) {
    const item = items.find((each) => each.id === name)
    if (!item || coversItem(window, item)) continue
    yield {
      message: `${id} does not cover ${item.id}, which lies outside of the services or environments that it names`,
      place: { file, route: ['applies_to', 'cis', index] },
      hint: 'Every key must agree: take the item out, or write a window of its own for it',
      related: [{ place: { file: item.file, route: [] }, message: `${item.id} is here` }],
    }
  }
}

function allowed(given: unknown, listed: readonly string[], type: unknown): boolean {
  return Array.isArray(given) ? listed.some((each) => each === type) : type === 'emergency'
}
