import { compare } from './diagnostic.ts'
import { type Instant, parseInstant } from './instant.ts'
import { addTo } from './lists-by-key.ts'
import { type RecordDoc, textAt } from './record.ts'
import type { RepeatRate } from './repeat-incidents.ts'

/** How many emergencies of one requester within how long are worth a word. */
export interface EmergencyRate extends RepeatRate {
  /** From so many on, another one is refused; none is when absent. */
  readonly refuseFrom?: number
}

/** What counts as too many where `gitsm.yaml` names nothing else. */
export const usualEmergencies: EmergencyRate = { over: 30 * 86_400, atLeast: 2 }

/** Emergency changes that one person asked for, more often than is usual. */
export interface RepeatedEmergencies {
  /** As the last of them writes the name. */
  readonly requester: string
  /** Oldest first. */
  readonly changes: readonly OpenedEmergency[]
}

/** An emergency change with the time at which it says that it was opened. */
export interface OpenedEmergency {
  readonly change: RecordDoc
  readonly at: Instant
}

/** States in which a change asked for nothing in the end. */
const withdrawn: readonly string[] = ['cancelled', 'rejected']

/** Whether a change goes, or went, the way of emergencies. */
export function isEmergency({ type, data }: Pick<RecordDoc, 'type' | 'data'>): boolean {
  return type === 'change' && data['change_type'] === 'emergency' && !withdrawn.includes(textAt(data, 'state') ?? '')
}

/** The emergencies among some changes by who asked for them, each list oldest first. */
export function emergenciesByRequester(
  changes: readonly RecordDoc[],
  keyOf: (name: string) => string,
): ReadonlyMap<string, readonly OpenedEmergency[]> {
  const found = new Map<string, OpenedEmergency[]>()
  for (const change of changes.filter(isEmergency)) {
    const [requester, at] = [textAt(change.data, 'requester'), parseInstant(textAt(change.data, 'opened_at') ?? '')]
    if (requester !== undefined && at !== undefined) addTo(found, keyOf(requester), { change, at })
  }
  const inOrder = (list: readonly OpenedEmergency[]): readonly OpenedEmergency[] =>
    list.toSorted((a, b) => a.at - b.at || compare(a.change.id, b.change.id))
  return new Map([...found].map(([key, list]) => [key, inOrder(list)]))
}

/** Those of a list that were opened in the stretch that ends with one of them, which is the last. */
export function emergenciesUpTo(
  list: readonly OpenedEmergency[],
  { at, change }: OpenedEmergency,
  { over }: RepeatRate,
): readonly OpenedEmergency[] {
  const index = list.findIndex((each) => each.change.id === change.id)
  return list.slice(0, index + 1).filter((each) => each.at > at - over)
}

/**
 * Who asked for emergencies more often than a rate allows, with those of a stretch that ends in `[from, until)`; most
 * first. Stretches of one person that overlap are told as one.
 */
export function repeatedEmergencies(
  changes: readonly RecordDoc[],
  keyOf: (name: string) => string,
  rate: RepeatRate,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): readonly RepeatedEmergencies[] {
  return [...emergenciesByRequester(changes, keyOf).values()]
    .flatMap((list): readonly RepeatedEmergencies[] => {
      const stretches = list
        .filter(({ at }) => at >= from && at < until)
        .map((each) => emergenciesUpTo(list, each, rate))
        .filter(({ length }) => length >= rate.atLeast)
      const told = new Set(stretches.flat())
      const last = stretches.at(-1)?.at(-1)
      const requester = last && textAt(last.change.data, 'requester')
      return requester === undefined ? [] : [{ requester, changes: list.filter((each) => told.has(each)) }]
    })
    .toSorted((a, b) => b.changes.length - a.changes.length || compare(a.requester, b.requester))
}
