import { type RecordDoc, textAt } from '../core/record.ts'
import { oneLine } from '../render/terminal.ts'
import type { Step } from './take-step.ts'

/** How long the first line of a commit message may be. */
const longest = 100

/** The first line of the commit that brings a record: its id and title. */
export function commitSubject({ id, data }: RecordDoc): string {
  return subject(`${id}: ${textAt(data, 'title') ?? `new ${textAt(data, 'state') ?? ''}`}`)
}

/** The first line of the commit that takes steps: of one record, and of how many others. */
export function stepSubject([first, ...others]: readonly Step[]): string {
  if (!first) return ''
  if (first.from === first.to) return subject(`${first.before.id}: note`)
  const along = others.length === 0 ? '' : `, with ${others.length} of its parts`
  return subject(`${first.before.id}: ${first.from} → ${first.to}${along}`)
}

/** Text from records as one line, cut where it is long. */
function subject(text: string): string {
  const characters = Array.from(oneLine(text).trim())
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('')
}
