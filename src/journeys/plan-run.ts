import { type PlannedRun, plannedRun } from '../core/deployment/run-record.ts'
import { environmentsFor } from '../core/deployment/target.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { findByName } from '../core/find-record.ts'
import { findType } from '../core/find-type.ts'
import { isData, type RecordDoc, textAt, valueAt } from '../core/record.ts'
import { processId } from '../core/record-id.ts'
import { withValue } from '../core/with-value.ts'
import { type Assignment, assignedValue, assignmentOf } from './assignment.ts'
import { personActing } from './person.ts'
import type { Tip } from './tip.ts'
import { refuseWordsOfOthers } from './words-of-others.ts'
import type { World } from './world.ts'

/** Which change is to be planned. */
interface RunAsked {
  readonly model: string
  readonly set: readonly string[]
  readonly service?: string
}

/** Whether an assignment gives a parameter that its model wants as text: then `6.4` is no number. */
function isWords({ data }: RecordDoc, { route }: Assignment): boolean {
  const [field, name] = route
  const parameter = field === 'parameters' ? valueAt(data, ['parameters', name ?? '']) : undefined
  return isData(parameter) && ['text', 'ci', 'service'].includes(textAt(parameter, 'kind') ?? 'text')
}

/** Plans the standard change of a run on the mainline as it stands. */
export async function planRun(world: World, { git, snapshot, registry }: Tip, asked: RunAsked): Promise<PlannedRun> {
  const { records, unreadable, rulebook } = snapshot
  const type = findType('change', rulebook.types)
  const model = findByName(asked.model, records.ofType('change-model'))
  const me = await personActing(git, records)
  const assignments = asked.set.map(assignmentOf)
  const run = plannedRun(type, model, records, {
    ...{ id: newId(), now: world.now, me },
    fields: (draft) =>
      assignments.reduce(
        (data, each) =>
          withValue(data, each.route, isWords(model, each) ? each.text : assignedValue(registry, 'change', data, each)),
        draft,
      ),
  })
  refuseWordsOfOthers(asked.set, run.data)
  const { service } = asked
  if (service !== undefined && environmentsFor(run.data, service, records).length === 0) {
    throw new Fault(`A change of ${model.id} with these parameters is not about ${service}`, {
      cure: 'Name another service or other parameters, or leave --service out',
      code: exit.findings,
    })
  }
  return run

  function newId(): string {
    for (;;) {
      const id = processId(type.prefix ?? 'CHG', world.now, world.random(4))
      if (!records.find('change', id) && !unreadable.has(`change/${id}`)) return id
    }
  }
}
