import { textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * Records with a lifecycle are never deleted; they end in one of its final states.
 *
 * A figure about the past must still find what it counted. Moving a file keeps its id and is no deletion.
 */
export const neverDeleted: Rule = {
  id: 'never-deleted',
  severity: 'error',
  summary: 'Records with a lifecycle are never deleted',
  *check({ changes, rulebook }) {
    for (const change of changes) {
      if (change.kind !== 'removed') continue
      const { type, id, file, data } = change.before
      const lifecycle = rulebook.types.get(type)?.lifecycle
      if (!lifecycle) continue
      const ends = [...lifecycle.states.values()].filter(({ final }) => final).map(({ name }) => name)
      const already = ends.includes(textAt(data, 'state') ?? '')
      yield {
        message: `${id} cannot be deleted`,
        place: { file, route: [] },
        hint: already
          ? 'Restore the file: a record that has ended stays'
          : `Restore the file and end the record as ${ends.join(' or ')}`,
      }
    }
  },
}
