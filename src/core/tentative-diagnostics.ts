import { isOpen } from './conflict-waiver.ts'
import type { Diagnostic } from './diagnostic.ts'
import { humanInstant } from './instant.ts'
import type { Place, Route } from './place.ts'
import { type RecordDoc, textsAt } from './record.ts'
import type { TentativeConflict, TentativeFindings } from './tentative.ts'

/**
 * What is told of other open pull requests on the lines that are concerned. None of it is an error: whoever is merged
 * first has the time, and only then does the collision stand against the other.
 */
export function tentativeDiagnostics({ conflicts, edits }: TentativeFindings): readonly Diagnostic[] {
  return [
    ...conflicts.filter(({ conflict }) => isOpen(conflict)).map(ofConflict),
    ...edits.map(
      ({ pull, record }): Diagnostic => ({
        rule: 'tentative-edit',
        severity: 'notice',
        message: `${record.id} is written by pull request ${pull}, too`,
        place: { file: record.file, route: [] },
        hint: 'Whichever is merged second will have to settle what both changed',
      }),
    ),
  ]
}

function ofConflict({ pull, change, conflict, other }: TentativeConflict): Diagnostic {
  const { because, from, until } = conflict
  return {
    rule: 'tentative-conflict',
    severity: 'warning',
    message: `${because}, as pull request ${pull} proposes (${humanInstant(from)} to ${humanInstant(until)} UTC)`,
    place: placeOf(change, conflict.over),
    hint: `Agree with pull request ${pull} which of the two moves: once ${other.id} is merged, this stands against ${change.id}`,
  }
}

/** The item or service that is concerned, else the planned time. */
function placeOf({ file, data }: RecordDoc, over: readonly string[]): Place {
  for (const field of ['cis', 'services']) {
    const index = textsAt(data, field).findIndex((id) => over.includes(id))
    if (index >= 0 && Array.isArray(data[field])) return { file, route: [field, index] satisfies Route }
  }
  return { file, route: ['planned_start'] }
}
