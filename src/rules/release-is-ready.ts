import type { RecordIndex } from '../core/facts.ts'
import { personKeys } from '../core/person-key.ts'
import type { Route } from '../core/place.ts'
import { type Data, isData, isFilled, listAt, type RecordDoc, textAt, textsAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { takenSteps } from '../core/taken-step.ts'

interface Told {
  readonly route: Route
  readonly message: string
  readonly hint: string
}

/** States of a change in which it has been put before those who may authorise it, and not been refused. */
const putForward: readonly string[] = ['authorize', 'scheduled', 'implement', 'review', 'closed']

/** States of a change in which it was authorised. */
const authorised: readonly string[] = ['scheduled', 'implement', 'review', 'closed']

/**
 * A release comes to its go/no-go decision with everything on the table, is deployed with authorised changes only, and
 * leaves with what shows how it ended.
 */
export const releaseIsReady: Rule = {
  id: 'release-is-ready',
  severity: 'error',
  summary: 'A release is decided on evidence, deployed with authorised changes, and ended with its criteria met',
  *check({ changes, records }) {
    for (const { record, step } of takenSteps(changes)) {
      if (record.type !== 'release') continue
      const told = [...demandsOf(record, step.state, records)]
      yield* told.map(({ route, message, hint }) => ({ message, place: { file: record.file, route }, hint }))
    }
  },
}

function* demandsOf(release: RecordDoc, state: string, records: RecordIndex): Generator<Told> {
  if (state === 'go_no_go') {
    yield* changesIn(release, records, putForward, 'is not put forward for authorisation')
    yield* tests(release.data)
    yield* approver(release, records)
  }
  if (state === 'deployment') yield* changesIn(release, records, authorised, 'is not authorised')
  if (state === 'closed') yield* criteria(release)
  if (state === 'rolled_back' && !isFilled(release.data['incidents']) && !isFilled(release.data['problems'])) {
    const hint = 'Name what led to it in incidents or problems'
    yield { route: ['state'], message: `${release.id} is rolled back without an incident or problem`, hint }
  }
}

function* changesIn(
  { id, data }: RecordDoc,
  records: RecordIndex,
  states: readonly string[],
  problem: string,
): Generator<Told> {
  for (const [index, name] of textsAt(data, 'changes').entries()) {
    const state = textAt(records.find('change', name)?.data ?? {}, 'state')
    if (state === undefined || states.includes(state)) continue
    const message = `${name} ${problem}: it is ${state}`
    yield { route: ['changes', index], message, hint: `Bring it to ${states[0]} first, or take it out of ${id}` }
  }
}

function* tests(data: Data): Generator<Told> {
  for (const [index, test] of listAt(data, 'test_evidence').entries()) {
    if (!isData(test) || test['result'] !== 'failed' || isFilled(test['accepted_because'])) continue
    const message = `The test failed: ${textAt(test, 'test')}`
    yield { route: ['test_evidence', index, 'result'], message, hint: 'Test again, or say why it is accepted' }
  }
}

function* approver({ data }: RecordDoc, records: RecordIndex): Generator<Told> {
  const key = personKeys(records)
  const who = textAt(data, 'approver')
  for (const role of ['requester', 'manager']) {
    const person = textAt(data, role)
    if (who === undefined || person === undefined || key(person) !== key(who)) continue
    const words = role === 'manager' ? 'leads' : 'wants'
    yield { route: ['approver'], message: `${who} ${words} the release and cannot decide on it`, hint: 'Name another' }
  }
}

function* criteria({ id, data }: RecordDoc): Generator<Told> {
  for (const [index, criterion] of listAt(data, 'exit_criteria').entries()) {
    if (!isData(criterion) || criterion['met'] === true) continue
    const message = `${id} closes, but a criterion is not met: ${textAt(criterion, 'criterion')}`
    yield { route: ['exit_criteria', index, 'met'], message, hint: 'Watch it longer, or roll it back' }
  }
}
