import { type Conflict, someOf } from './conflict.ts'
import { type Covered, coverageOf } from './conflict-coverage.ts'
import type { ConflictFacts } from './conflict-facts.ts'
import type { Reach } from './conflict-reach.ts'
import type { PlannedChange } from './planned-change.ts'
import { overlap, type TimeSpan, uncovered } from './time-span.ts'
import { binds, isLockdown, type Window } from './window.ts'

/** How a window, or several for one item, forbid times to a change. */
export interface Restriction extends Pick<Conflict, 'kind' | 'over' | 'blocks' | 'with'> {
  /** The parts of a stretch that are forbidden. */
  readonly forbidden: (span: TimeSpan) => readonly TimeSpan[]
  readonly because: string
}

/**
 * The times that freezes and maintenance windows forbid to a change in a stretch, by default in its planned time. What
 * hangs on the change is bound as the change itself is; what the change hangs on is not disturbed by it, so that is
 * told and does not block.
 */
export function restrictionsOf(
  change: PlannedChange,
  reach: Reach,
  facts: ConflictFacts,
  span: TimeSpan = change,
): readonly Restriction[] {
  const binding = facts.windows.filter(
    (window) => binds(window, change.changeType) && (window.kind === 'maintenance' || window.times(span).length > 0),
  )
  const coverage = [...coverageOf(change, reach, binding, facts)]
  return [
    ...coverage.flatMap(([window, covered]) => (window.kind === 'freeze' ? freezeOn(change, window, covered) : [])),
    ...maintenance(
      change,
      coverage.filter(([{ kind }]) => kind === 'maintenance'),
      reach,
    ),
  ]
}

function freezeOn(change: PlannedChange, window: Window, { own, above, below }: Covered): readonly Restriction[] {
  const name = `the ${isLockdown(window) ? 'lockdown' : 'freeze'} ${window.id}`
  const base = {
    with: { type: 'window', id: window.id } as const,
    forbidden: (span: TimeSpan) => window.times(span).flatMap((time) => overlap(time, span) ?? []),
  }
  if (own.length > 0 || coversAll(window)) {
    const because = own.length > 0 ? `${ids(own)} ${are(own)} in ${name}` : `Nothing may change in ${name}`
    const kind = isLockdown(window) ? 'lockdown' : 'ci_in_blackout'
    return [{ ...base, kind, over: own.map(idOf), blocks: true, because }]
  }
  if (above.length > 0) {
    const kind = isLockdown(window) ? 'lockdown' : 'related_ci_in_blackout'
    const because = `${ids(above)}, which ${hang(above)} on what ${change.id} changes, ${are(above)} in ${name}`
    return [{ ...base, kind, over: above.map(idOf), blocks: true, because }]
  }
  if (below.length === 0) return []
  const because = `${ids(below)}, on which hangs what ${change.id} changes, ${are(below)} in ${name}`
  return [{ ...base, kind: 'related_ci_in_blackout', over: below.map(idOf), blocks: false, because }]
}

/** A window that names no service, item or environment covers also changes that name none. */
function coversAll({ scope }: Window): boolean {
  return scope.services === undefined && scope.cis === undefined && scope.environments === undefined
}

type Side = 'own' | 'failing' | 'shaken' | 'below'

/** An item with several maintenance windows may use any of them; items with the same windows are told together. */
function maintenance(
  change: PlannedChange,
  coverage: readonly (readonly [Window, Covered])[],
  reach: Reach,
): readonly Restriction[] {
  const windowsOfItem = new Map<string, { readonly side: Side; readonly windows: Window[] }>()
  const note = (key: string, side: Side, window: Window): void => {
    const known = windowsOfItem.get(key)
    if (known) known.windows.push(window)
    else windowsOfItem.set(key, { side, windows: [window] })
  }
  for (const [window, { own, above, below }] of coverage) {
    for (const key of own) note(key, 'own', window)
    for (const key of above) note(key, reach.above.get(key) === 'down' ? 'failing' : 'shaken', window)
    for (const key of below) note(key, 'below', window)
  }
  const groups = new Map<
    string,
    { readonly side: Side; readonly windows: readonly Window[]; readonly keys: string[] }
  >()
  for (const [key, { side, windows: each }] of windowsOfItem) {
    const name = `${side} ${each.map(({ id }) => id).join(' ')}`
    const group = groups.get(name)
    if (group) group.keys.push(key)
    else groups.set(name, { side, windows: each, keys: [key] })
  }
  return [...groups.values()].flatMap(({ side, windows: each, keys }) => {
    const [first] = each
    if (!first) return []
    const names = `${each.length === 1 ? 'maintenance window' : 'maintenance windows'} ${someOf(each.map(({ id }) => id))}`
    return [
      {
        kind: side === 'own' ? 'ci_not_in_maintenance_window' : 'related_ci_not_in_maintenance_window',
        with: { type: 'window', id: first.id } as const,
        over: keys.map(idOf),
        blocks: side === 'own' || side === 'failing',
        because: outsideText(change, side, keys, names),
        forbidden: (span: TimeSpan) =>
          uncovered(
            span,
            each.flatMap((window) => window.times(span)),
          ),
      } as const,
    ]
  })
}

function outsideText({ id }: PlannedChange, side: Side, keys: readonly string[], names: string): string {
  if (side === 'own') return `${id} is planned outside of the ${names} of ${ids(keys)}`
  const why = {
    failing: `which ${keys.length === 1 ? 'fails' : 'fail'} with what it changes`,
    shaken: `which ${keys.length === 1 ? 'works' : 'work'} with less in reserve meanwhile`,
    below: 'on which hangs what it changes',
  }[side]
  return `${id} is planned outside of the ${names} of ${ids(keys)}, ${why}`
}

function ids(keys: readonly string[]): string {
  return someOf(keys.map(idOf))
}

function are(keys: readonly string[]): string {
  return keys.length === 1 ? 'is' : 'are'
}

function hang(keys: readonly string[]): string {
  return keys.length === 1 ? 'hangs' : 'hang'
}

function idOf(key: string): string {
  return key.slice(key.indexOf('/') + 1)
}
