import type { Share } from '../kpi-figure.ts'
import { firstAssignment, waiting } from '../kpi-incident.ts'
import { type MainWait, mainWait, type TeamChanges, teamChanges } from '../report-finding.ts'
import { words } from '../report-page.ts'
import { leftoversOf, type UpsideDown, upsideDown } from '../report-remark.ts'
import type { Basis } from './basis.ts'

/** Where the time of incidents goes. */
export interface TimeSpent {
  /** The reason that most waiting went to, in words; `what` is waited for, where that is known. */
  readonly wait: (Omit<MainWait, 'reason'> & { readonly reason: string; readonly what: string | null }) | null
  /** Whether enough incidents waited to speak of what they wait for: one or two tell of themselves only. */
  readonly isWaitTold: boolean
  readonly reassignment: TeamChanges
  readonly firstAssignment: Share
  readonly upsideDown: readonly UpsideDown[]
  /** Opened before the period, of those resolved, where they are most of them. */
  readonly leftovers: Share | null
}

const fewestWaiting = 3

/** Looks for what incidents wait for, and whether changing teams and priorities go with longer times. */
export function timeSpent({ now }: Pick<Basis, 'now'>): TimeSpent {
  const waits = waiting(now)
  const wait = mainWait(waits)
  return {
    wait: wait && {
      ...wait,
      reason: wait.reason === null ? 'no reason given' : words(wait.reason),
      what: wait.reason === null ? null : words(wait.reason.replace(/^awaiting_(?=.)/, 'the ')),
    },
    isWaitTold: waits.reduce((sum, { incidents }) => sum + incidents, 0) >= fewestWaiting,
    reassignment: teamChanges(now),
    firstAssignment: firstAssignment(now),
    upsideDown: upsideDown(now),
    leftovers: leftoversOf(now),
  }
}
