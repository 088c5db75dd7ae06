import type { RecordIndex } from './facts.ts'
import type { Lifecycle } from './lifecycle.ts'
import { type RecordDoc, textAt } from './record.ts'

/**
 * The records of the same type that name a record as their parent, theirs in turn, and so on, as far as they are in
 * neither a final state nor already in the given one. In the order of their files, parents before their parts.
 */
export function openParts(
  whole: RecordDoc,
  records: RecordIndex,
  { states }: Lifecycle,
  state: string,
): readonly RecordDoc[] {
  const seen = new Set([whole.id])
  const parts: RecordDoc[] = []
  const wholes = [whole.id]
  for (let id = wholes.shift(); id !== undefined; id = wholes.shift()) {
    for (const part of records.ofType(whole.type)) {
      if (part.data['parent'] !== id || seen.has(part.id)) continue
      seen.add(part.id)
      wholes.push(part.id)
      const standing = textAt(part.data, 'state') ?? ''
      if (standing !== state && states.get(standing)?.final !== true) parts.push(part)
    }
  }
  return parts
}
