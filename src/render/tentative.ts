import { isOpen } from '../core/conflict-waiver.ts'
import { formatInstant } from '../core/instant.ts'
import { codeText, inlineText } from '../core/markdown.ts'
import type { RecordDoc } from '../core/record.ts'
import type { TentativeFindings } from '../core/tentative.ts'
import { stretchText } from './assessment-markdown.ts'

/** What other open pull requests propose against some records, as the JSON of `check`. */
export function tentativeJson({ conflicts, edits }: TentativeFindings): object {
  return {
    conflicts: conflicts.map(({ pull, change, conflict }) => ({
      pull,
      id: change.id,
      kind: conflict.kind,
      with: conflict.with,
      over: conflict.over,
      from: formatInstant(conflict.from),
      until: formatInstant(conflict.until),
      open: isOpen(conflict),
      because: conflict.because,
    })),
    edits: edits.map(({ pull, record }) => ({ pull, id: record.id, type: record.type })),
  }
}

/** What others propose that collides with a change, as items of a list; the number leads to the pull request. */
export function tentativeItems(change: RecordDoc, tentative: TentativeFindings | undefined): readonly string[] {
  const met = tentative?.conflicts.filter((each) => each.change.id === change.id) ?? []
  return met.map(({ pull, conflict }) => {
    const { because, waiver, with: other } = conflict
    const mark = waiver ? '✅ waived' : isOpen(conflict) ? '⚠️ **proposed**' : 'ℹ️ proposed'
    return `- ${mark} in #${pull}: conflict with ${codeText(other.id)}: ${inlineText(because)} (${stretchText(conflict)})`
  })
}

/** Records that other open pull requests write, too, as items of a list. */
export function tentativeEditItems(tentative: TentativeFindings | undefined): readonly string[] {
  return tentative?.edits.map(({ pull, record }) => `- ${codeText(record.id)} in #${pull}`) ?? []
}
