import { exit } from '../core/exit.ts'
import { findByName } from '../core/find-record.ts'
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
    .filter(({ from }) => from === state)
    .map(({ to, requires }) => ({ to, requires: [...(lifecycle?.states.get(to)?.requires ?? []), ...requires] }))
  const text = textOf(snapshot.files.get(record.file))
  const out = world.format === 'json' ? recordJson(record, steps) : recordText(record, text, steps, world.colour)
  return { code: exit.pass, out }
}
