import { enumeration } from './enumeration.ts'
import type { TimeSpan } from './time-span.ts'

/** The ways in which a change can collide, nearest first. */
export const conflictKinds = [
  'lockdown',
  'ci_in_blackout',
  'related_ci_in_blackout',
  'ci_not_in_maintenance_window',
  'related_ci_not_in_maintenance_window',
  'ci_already_scheduled',
  'parent_ci_already_scheduled',
  'child_ci_already_scheduled',
  'implementer_already_scheduled',
  'related_services',
] as const

/** One of `conflictKinds`. */
export type ConflictKind = (typeof conflictKinds)[number]

/** Something that a change collides with, in the time that both share. */
export interface Conflict extends TimeSpan {
  readonly kind: ConflictKind
  /** The other change or the window, by type and id. */
  readonly with: { readonly type: 'change' | 'window'; readonly id: string }
  /** Ids of what is concerned on this side or the other: configuration items, services, or the person. */
  readonly over: readonly string[]
  /** Whether the change cannot be scheduled unless it is waived; otherwise it is worth knowing and no more. */
  readonly blocks: boolean
  /** In one sentence: what collides. */
  readonly because: string
}

/** A few ids of a list for a sentence: `web-1, web-2 and 7 more`. */
export function someOf(ids: readonly string[]): string {
  const shown = ids.slice(0, 3)
  const more = ids.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return enumeration(shown)
}
