import { compare } from './diagnostic.ts'
import { type RecordDoc, textsAt } from './record.ts'
import type { TimeSpan } from './time-span.ts'
import { coversItem, coversService, type Window } from './window.ts'

/** One time of a window. */
export interface WindowTime extends TimeSpan {
  readonly window: Window
}

/** Every time of some windows that overlaps a stretch, in order of begin, then end, then id. */
export function windowTimes(windows: readonly Window[], span: TimeSpan): readonly WindowTime[] {
  return windows
    .flatMap((window) => window.times(span).map((time) => ({ ...time, window })))
    .toSorted((a, b) => a.from - b.from || a.until - b.until || compare(a.window.id, b.window.id))
}

/** Whether a window concerns a service: it covers the service itself, or an item that lists it. */
export function concernsService(window: Window, id: string, items: readonly RecordDoc[]): boolean {
  return (
    coversService(window, id) ||
    items.some((item) => textsAt(item.data, 'services').includes(id) && coversItem(window, item))
  )
}
