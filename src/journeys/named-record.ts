import { Fault } from '../core/fault.ts'
import { findByName, type RecordName } from '../core/find-record.ts'
import type { World } from './world.ts'

/**
 * The record of the history that a name means. A record that stands in the working tree only is told apart from one
 * that does not exist: history knows what was committed.
 */
export async function namedInHistory<T extends RecordName>(world: World, name: string, known: Iterable<T>): Promise<T> {
  try {
    return findByName(name, known)
  } catch (fault) {
    // Loaded when it is needed, because that is seldom and it brings much with it.
    const { openRepository } = await import('./working-tree.ts')
    const { snapshot } = await openRepository(world)
    const fresh = snapshot.records.all.find(({ type, id }) => id === name || `${type}/${id}` === name)
    if (!fresh) throw fault
    throw new Fault(`${fresh.id} is not committed yet`, {
      cure: `Its history begins with its first commit: git add ${fresh.file} && git commit`,
    })
  }
}
