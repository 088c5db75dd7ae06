import type { ConflictFacts } from './conflict-facts.ts'
import type { Reach } from './conflict-reach.ts'
import type { PlannedChange } from './planned-change.ts'
import { textsAt } from './record.ts'
import { coversItem, coversService, type Window } from './window.ts'

/** What a window covers of what a change reaches, as keys `<type>/<id>`. */
export interface Covered {
  /** What the change changes itself, and the services that it lists. */
  readonly own: readonly string[]
  readonly above: readonly string[]
  readonly below: readonly string[]
}

/** What each of some windows covers of a change's reach. Windows are asked only for what their scope could mean. */
export function coverageOf(
  change: PlannedChange,
  reach: Reach,
  windows: readonly Window[],
  { records }: ConflictFacts,
): ReadonlyMap<Window, Covered> {
  const found = new Map(windows.map((window) => [window, { own: [], above: [], below: [] } as Draft]))
  const candidates = byScope(windows)
  const own = new Set([...reach.own, ...change.services.map((id) => `service/${id}`)])
  const note = (key: string, side: keyof Covered): void => {
    const slash = key.indexOf('/')
    const id = key.slice(slash + 1)
    if (key.startsWith('service/')) {
      for (const window of candidates([], [id])) if (coversService(window, id)) found.get(window)?.[side].push(key)
      return
    }
    const item = records.find('ci', id)
    if (!item) return
    for (const window of candidates([id], textsAt(item.data, 'services'))) {
      if (coversItem(window, item)) found.get(window)?.[side].push(key)
    }
  }
  for (const key of own) note(key, 'own')
  for (const key of reach.above.keys()) if (!own.has(key)) note(key, 'above')
  for (const key of reach.below) if (!own.has(key)) note(key, 'below')
  return found
}

type Draft = { readonly [side in keyof Covered]: string[] }

/**
 * Finds the windows whose scope names one of some items or services, or neither kind: the only ones that could cover.
 */
function byScope(
  windows: readonly Window[],
): (cis: readonly string[], services: readonly string[]) => Iterable<Window> {
  const [ofItem, ofService, wide] = [new Map<string, Window[]>(), new Map<string, Window[]>(), [] as Window[]]
  const file = (under: Map<string, Window[]>, ids: ReadonlySet<string>, window: Window): void => {
    for (const id of ids) under.set(id, [...(under.get(id) ?? []), window])
  }
  for (const window of windows) {
    const { cis, services } = window.scope
    if (cis) file(ofItem, cis, window)
    else if (services) file(ofService, services, window)
    else wide.push(window)
  }
  return (cis, services) => {
    const named = [...cis.flatMap((id) => ofItem.get(id) ?? []), ...services.flatMap((id) => ofService.get(id) ?? [])]
    return named.length === 0 ? wide : new Set([...wide, ...named])
  }
}
