import type { Rulebook } from './facts.ts'
import { type Data, textAt } from './record.ts'
import { isSame } from './same.ts'

/** Whether a record of a type stands in a state that ends its life, by a rulebook: a final or an immutable one. */
export function isClosed(type: string, data: Data, rulebook: Rulebook): boolean {
  const state = rulebook.types.get(type)?.lifecycle?.states.get(textAt(data, 'state') ?? '')
  return state !== undefined && (state.final || state.immutable)
}

/**
 * Which version made a record what it is, but for notes appended to its log since: for a closed record the one that
 * closed it. Versions are told oldest first, `null` where there was nothing that could be read. `undefined` when the
 * newest is another than the record.
 */
export function settlingVersion(versions: readonly (Data | null)[], record: Data): number | undefined {
  const settled = versions.findLastIndex((version) => version === null || !isSameButLog(version, record)) + 1
  return settled < versions.length ? settled : undefined
}

/** Whether two versions of a record say the same, but for their logs. */
export function isSameButLog({ log: _, ...a }: Data, { log: __, ...b }: Data): boolean {
  return isSame(a, b)
}
