import type { RecordIndex } from '../core/facts.ts'
import { isData, isFilled, listAt, type RecordDoc, textAt, textsAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'
import { stepRoute } from '../core/step-fields.ts'
import { type TakenStep, takenSteps } from '../core/taken-step.ts'

/**
 * A request takes the way that its catalogue item lays out: for something that is offered, by the approval that the
 * item asks, through the tasks that it lists.
 *
 * What a step asks is asked when it is taken, so an item can change without making old requests wrong.
 */
export const requestFollowsItem: Rule = {
  id: 'request-follows-item',
  severity: 'error',
  summary: 'A request is for an item on offer, approved as the item asks, and does the tasks that the item lists',
  *check({ changes, records }) {
    for (const taken of takenSteps(changes)) {
      if (taken.record.type !== 'request') continue
      const item = records.find('catalogue-item', textAt(taken.record.data, 'item') ?? '')
      if (!item) continue
      yield* offered(taken, item)
      yield* approved(taken, item, records)
      yield* listed(taken, item)
    }
  },
}

function* offered({ record, from }: TakenStep, item: RecordDoc): Generator<Finding> {
  const state = textAt(item.data, 'state')
  if (from !== undefined || state === 'published') return
  yield {
    message: `${item.id} cannot be requested: it is ${state}`,
    place: { file: record.file, route: ['item'] },
    hint: state === 'retired' ? 'Choose another item of the catalogue' : 'Publish the item first',
    related: [{ place: { file: item.file, route: ['state'] }, message: `${item.id} is here` }],
  }
}

function* approved({ record, from, step }: TakenStep, item: RecordDoc, records: RecordIndex): Generator<Finding> {
  const { id, file, data } = record
  const approval = item.data['approval']
  if (!isData(approval)) return
  const teams = textsAt(approval, 'from')
  if (from === 'submitted' && step.state === 'in_fulfilment') {
    yield {
      message: `${id} cannot be fulfilled without approval: ${item.id} asks ${teams.join(' or ')}`,
      place: { file, route: stepRoute(step) },
      hint: 'Take it to awaiting_approval, and on from there once it is approved',
    }
  }
  if (step.state !== 'approved') return
  const people = textsAt(data, 'approved_by').map((name) => name.toLowerCase())
  const members = new Set(teams.flatMap((team) => membersOf(team, records)))
  const own = [data['requester'], data['requested_for']].map((name) => String(name).toLowerCase())
  for (const [index, person] of people.entries()) {
    const place = { file, route: ['approved_by', index] }
    const cure = `Name members of ${teams.join(' or ')}`
    if (own.includes(person)) {
      yield { message: `${person} cannot approve a request of their own`, place, hint: cure }
    } else if (!members.has(person)) {
      yield { message: `${person} is no member of ${teams.join(' or ')}, whom ${item.id} asks`, place, hint: cure }
    }
  }
  const asked = typeof approval['approvals'] === 'number' ? approval['approvals'] : 1
  const given = new Set(people).size
  if (given === 0 || given >= asked) return
  yield {
    message: `${id} has ${given} of ${asked} approvals`,
    place: { file, route: ['approved_by'] },
    hint: `Let ${asked - given} more of ${teams.join(' or ')} agree`,
  }
}

function membersOf(team: string, records: RecordIndex): readonly string[] {
  return listAt(records.find('team', team)?.data ?? {}, 'members').flatMap((member) =>
    isData(member) ? (textAt(member, 'login')?.toLowerCase() ?? []) : [],
  )
}

function* listed({ record, step }: TakenStep, item: RecordDoc): Generator<Finding> {
  if (step.state !== 'fulfilled') return
  const titles = (data: RecordDoc['data']) =>
    listAt(data, 'tasks').flatMap((task) => (isData(task) ? (textAt(task, 'title') ?? []) : []))
  const known = new Set(titles(record.data))
  for (const title of titles(item.data)) {
    if (known.has(title)) continue
    yield {
      message: `${record.id} lacks the task "${title}" of ${item.id}`,
      place: isFilled(record.data['tasks'])
        ? { file: record.file, route: ['tasks'], at: 'key' }
        : { file: record.file, route: stepRoute(step) },
      hint: 'Add it with done: true, or with done: false and skipped_because',
    }
  }
}
