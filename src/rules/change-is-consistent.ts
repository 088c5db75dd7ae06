import { type Instant, parseInstant } from '../core/instant.ts'
import type { Route } from '../core/place.ts'
import { type Data, isData, isFilled, listAt, textAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/** What a change says of its times, its outage, its type and its end must fit together. */
export const changeIsConsistent: Rule = {
  id: 'change-is-consistent',
  severity: 'error',
  summary: 'Times, outage, type and end of a change fit together',
  local: true,
  *check({ records }) {
    for (const { id, file, data } of records.ofType('change')) {
      const told = [...aboutTimes(data), ...aboutOutage(data), ...aboutType(id, data), ...aboutEnd(id, data)]
      yield* told.map(({ route, message, hint }): Finding => ({ message, place: { file, route }, hint }))
    }
  },
}

interface Told {
  readonly route: Route
  readonly message: string
  readonly hint: string
}

function* aboutTimes(data: Data): Generator<Told> {
  const [start, end] = [instantAt(data, 'planned_start'), instantAt(data, 'planned_end')]
  if (start === undefined || end === undefined) {
    const [only] = ['planned_start', 'planned_end'].filter((field) => field in data)
    if (only) yield { route: [only], message: `${only} stands alone`, hint: 'Give planned_start and planned_end' }
    return
  }
  if (end <= start) {
    const message = 'The change is planned to end before it begins'
    yield { route: ['planned_end'], message, hint: `Give an end after ${textAt(data, 'planned_start')}` }
    return
  }
  if (isFilled(data['window_deviation_reason'])) return
  for (const field of ['actual_start', 'actual_end']) {
    const at = instantAt(data, field)
    if (at === undefined || (at >= start && at <= end)) continue
    const message = `${field} lies outside of the planned time`
    yield { route: [field], message, hint: 'Correct it, or say why in window_deviation_reason' }
  }
}

function* aboutOutage(data: Data): Generator<Told> {
  const { outage, outage_minutes: minutes } = data
  if (outage === true && !(typeof minutes === 'number' && minutes > 0)) {
    yield { route: ['outage'], message: 'An outage lasts some time', hint: 'Say how long in outage_minutes' }
  }
  if (typeof minutes !== 'number' || minutes === 0) return
  if (outage !== true) {
    const hint = 'Set outage: true, or remove outage_minutes'
    yield { route: ['outage_minutes'], message: 'There are minutes of an outage, but no outage', hint }
  }
  const [start, end] = [instantAt(data, 'planned_start'), instantAt(data, 'planned_end')]
  if (start === undefined || end === undefined || end <= start || minutes * 60 <= end - start) return
  const message = `An outage of ${minutes} minutes is longer than the planned time of ${Math.floor((end - start) / 60)}`
  yield { route: ['outage_minutes'], message, hint: 'Plan more time, or less outage' }
}

function* aboutType(id: string, data: Data): Generator<Told> {
  const type = textAt(data, 'change_type')
  if (!isFilled(data['services']) && !isFilled(data['cis'])) {
    const hint = 'List what it changes in cis, or the services that it touches in services'
    yield { route: ['id'], message: `${id} changes neither a service nor a configuration item`, hint }
  }
  if (data['unauthorised'] === true && type !== 'emergency') {
    const hint = 'Set change_type: emergency; nothing that is planned is unauthorised'
    yield { route: ['change_type'], message: `An unauthorised change cannot be ${type}`, hint }
  }
  if (type === 'standard' && data['model'] === undefined) {
    const hint = 'Name its model, or make it a normal change'
    yield { route: ['change_type'], message: `${id} is a standard change without a model`, hint }
  }
  if (type === 'standard') return
  for (const field of ['model', 'parameters']) {
    if (!(field in data)) continue
    const message = `${field} belongs to standard changes, and ${id} is ${type}`
    yield { route: [field], message, hint: `Set change_type: standard, or remove ${field}` }
  }
}

function* aboutEnd(id: string, data: Data): Generator<Told> {
  const state = textAt(data, 'state')
  if (isFilled(data['on_hold']) && ['review', 'closed', 'rejected', 'cancelled'].includes(state ?? '')) {
    yield { route: ['on_hold'], message: `${id} is ${state} and waits for nothing`, hint: 'Remove on_hold' }
  }
  if (state !== 'closed') return
  for (const [index, task] of listAt(data, 'tasks').entries()) {
    if (!isData(task) || task['done'] === true) continue
    const message = `${id} is closed with an open task: ${textAt(task, 'title')}`
    yield { route: ['tasks', index, 'done'], message, hint: 'Do it, or take it out with a note in the log' }
  }
  const outcome = textAt(data, 'outcome') ?? ''
  if (outcome === '' || outcome === 'successful' || 'incidents_caused' in data) return
  const hint = 'List them in incidents_caused, or write `incidents_caused: []`'
  yield { route: ['outcome'], message: `${id} was ${outcome}: which incidents did it cause?`, hint }
}

function instantAt(data: Data, field: string): Instant | undefined {
  return parseInstant(textAt(data, field) ?? '')
}
