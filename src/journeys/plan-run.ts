import { type PlannedRun, plannedRun } from '../core/deployment/run-record.ts'
import { environmentsFor } from '../core/deployment/target.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { findByName } from '../core/find-record.ts'
import { findType } from '../core/find-type.ts'
import { processId } from '../core/record-id.ts'
import { assignmentOf, withAssigned } from './assignment.ts'
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

/** Plans the standard change of a run on the mainline as it stands. */
export async function planRun(world: World, { git, snapshot, registry }: Tip, asked: RunAsked): Promise<PlannedRun> {
  const { records, unreadable, rulebook } = snapshot
  const type = findType('change', rulebook.types)
  const model = findByName(asked.model, records.ofType('change-model'))
  const me = await personActing(git, records)
  const run = plannedRun(type, model, records, {
    ...{ id: newId(), now: world.now, me },
    fields: (draft) => withAssigned(registry, 'change', draft, asked.set.map(assignmentOf), records),
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
