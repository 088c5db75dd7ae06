import { derivedOf } from '../core/derived.ts'
import { exit } from '../core/exit.ts'
import { findByName } from '../core/find-record.ts'
import { requiredIn } from '../core/lifecycle.ts'
import { meets } from '../core/lifecycle-when.ts'
import { textAt } from '../core/record.ts'
import { recordJson, recordText } from '../render/records.ts'
import { textOf } from './locate.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** Shows one record of the working tree, and the steps that it can take next. */
export async function show(world: World, name: string): Promise<Outcome> {
  const { snapshot } = await openRepository(world)
  const record = findByName(name, snapshot.records.all)
  const state = textAt(record.data, 'state')
  const lifecycle = snapshot.rulebook.types.get(record.type)?.lifecycle
  const steps = (lifecycle?.transitions ?? [])
    .filter(({ from, when }) => from === state && meets(when, record.data))
    .map(({ to, requires }) => {
      const target = lifecycle?.states.get(to)
      return { to, requires: [...new Set([...(target ? requiredIn(target, record.data) : []), ...requires])] }
    })
  const text = textOf(snapshot.files.get(record.file))
  const known = derivedOf(snapshot, record, world.asOf ?? world.now)
  const out =
    world.format === 'json' ? recordJson(record, steps, known) : recordText(record, text, steps, known, world.colour)
  return { code: exit.pass, out }
}
