import type { Instant } from '../instant.ts'
import { chance } from './chance.ts'
import { IncidentTelling, type Shop } from './incident-telling.ts'
import type { Occurrence } from './occurrence.ts'
import { overloadId, overloadOpened } from './overload-problem.ts'
import type { Version } from './record-telling.ts'
import type { HoldReason } from './symptom.ts'
import { minute } from './told.ts'

/** The incident that a caller's report belongs to, and when it was resolved. */
export interface Behind {
  readonly id: string
  readonly resolvedAt: Instant
}

/**
 * Every version of the incident that an occurrence leads to, from its report to its end. `number` tells it from others.
 */
export function incidentLife(
  occurrence: Occurrence,
  number: number,
  shop: Shop,
  behind: Behind | undefined,
): readonly Version[] {
  const luck = chance(number * 7919 + 2026)
  const roll = luck.between(1, 100)
  const telling = new IncidentTelling(occurrence, shop, luck)
  if (occurrence.stands !== undefined) asUnsolved(telling, occurrence.stands === 'waiting')
  else if (behind) asCaller(telling, behind, roll <= 45)
  else if (occurrence.event !== undefined) asLoad(telling)
  else if (roll <= 6) asMistake(telling)
  else if (roll <= 10) asFiledLater(telling)
  else asUsual(telling, roll <= 24)
  return telling.versions
}

/** Load is seen at once, and it takes what it takes. */
function asLoad(telling: IncidentTelling): void {
  const { luck, occurrence } = telling
  telling.isBorn('new', luck.between(0, 4), {
    ...(occurrence.overload && occurrence.at > minute(overloadOpened) && { problem: overloadId }),
  })
  telling.isTaken()
  if (occurrence.major) telling.isDeclaredMajor()
  isWorkedOn(telling, luck.percent(12), luck.percent(28))
  telling.isResolved()
  if (luck.percent(9)) isReopened(telling)
  if (occurrence.major) telling.isReviewed(occurrence.major)
  telling.isClosed()
}

/** A call about a disturbance that is known: a duplicate, or a part of it that ends with it. */
function asCaller(telling: IncidentTelling, { id, resolvedAt }: Behind, isDuplicate: boolean): void {
  const { luck } = telling
  telling.isBorn('new', luck.between(0, 4), isDuplicate ? {} : { parent: id })
  if (isDuplicate) {
    const set = { cancel_reason: 'duplicate', duplicate_of: id }
    telling.isCancelled(set, 'The disturbance is known; told the caller')
    return
  }
  telling.isTaken()
  telling.isResolved(Math.max(resolvedAt, telling.last.at) + luck.between(5, 60) * 60)
  telling.isClosed()
}

/** Work that has not come to its end. */
function asUnsolved(telling: IncidentTelling, isWaiting: boolean): void {
  telling.isBorn('new', telling.luck.between(0, 4))
  telling.isTaken()
  if (isWaiting) telling.waits('awaiting_caller')
}

/** A report that turns out to be none. */
function asMistake(telling: IncidentTelling): void {
  telling.isBorn('new', telling.luck.between(0, 4))
  if (telling.luck.percent(40)) telling.isTaken()
  if (telling.luck.percent(60)) {
    telling.isCancelled({ cancel_reason: 'not_an_incident' }, 'Works as it should; explained')
  } else {
    telling.isCancelled({ cancel_reason: 'raised_in_error' }, 'Meant for another department')
  }
}

/** Solved at night or on the way, and written down the next day. */
function asFiledLater(telling: IncidentTelling): void {
  telling.isFiled()
  telling.isClosed()
}

/** What most incidents go through, with the turns that some take. */
function asUsual(telling: IncidentTelling, maybeAtFirstContact: boolean): void {
  const { luck, first, occurrence } = telling
  const isUrgent = telling.priority === 'P1' || telling.priority === 'P2'
  const isStaff = first.data.origin === 'direct' || first.data.origin === 'monitoring'
  const delay = luck.percent(6) ? luck.between(25, 90) : luck.between(0, 4)
  if (maybeAtFirstContact && occurrence.symptom.team === 'service-desk') {
    telling.isBorn('new', delay)
    telling.isResolved(telling.last.at + luck.between(3, 25) * 60)
  } else {
    const atOnce = isStaff && luck.percent(18)
    telling.isBorn(atOnce ? 'in_progress' : 'new', delay)
    if (!atOnce && !isStaff && luck.percent(5)) {
      telling.waits('awaiting_caller')
      telling.goesOn('awaiting_caller')
    } else if (!atOnce) telling.isTaken()
    if (!isUrgent && luck.percent(10)) telling.isRaised()
    isWorkedOn(telling, luck.percent(isUrgent ? 14 : 34), luck.percent(30))
    telling.isResolved()
  }
  if (luck.percent(8)) isReopened(telling)
  telling.isClosed()
}

const usualWaits: readonly [HoldReason, ...HoldReason[]] = ['awaiting_caller', 'awaiting_evidence']

/** Before it can be resolved: perhaps another team takes it, perhaps it has to wait. */
function isWorkedOn(telling: IncidentTelling, mustWait: boolean, isDeeper: boolean): void {
  const { luck, occurrence } = telling
  const { deeper, waits } = occurrence.symptom
  if (isDeeper && deeper !== undefined) telling.isGivenTo(deeper)
  if (!mustWait) return
  const reason = luck.pick(waits ?? usualWaits)
  telling.waits(reason)
  // Some are solved by whoever was waited for, and go on no more.
  if (luck.percent(80)) telling.goesOn(reason)
}

function isReopened(telling: IncidentTelling): void {
  telling.isReopened()
  isWorkedOn(telling, telling.luck.percent(20), false)
  telling.isResolved()
}
