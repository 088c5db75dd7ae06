import { Temporal } from 'temporal-polyfill'
import { isPast } from './article.ts'
import { enteredAt } from './entered-at.ts'
import type { Rulebook } from './facts.ts'
import { humanDuration, type Instant, parseInstant } from './instant.ts'
import type { Transition } from './lifecycle.ts'
import { meets } from './lifecycle-when.ts'
import { type Data, type RecordDoc, textAt } from './record.ts'

/** A step that time alone has made due. */
export interface DueStep {
  readonly record: RecordDoc
  readonly from: string
  readonly to: string
  /** Why it is due now, in words. */
  readonly because: string
  /** What the lifecycle says about such a step, for the log. */
  readonly note: string
  /** Fields that the step sets. */
  readonly sets: Readonly<Record<string, string>>
}

/**
 * The steps that records take by themselves, as their lifecycles say under `automatic`, and that are due at an instant;
 * the first that is due of each record. Days begin in the zone of the organisation and are past when they have ended
 * everywhere.
 */
export function dueSteps(records: readonly RecordDoc[], { types, config }: Rulebook, now: Instant): readonly DueStep[] {
  return records.flatMap((record) => {
    const from = textAt(record.data, 'state')
    for (const step of types.get(record.type)?.lifecycle?.transitions ?? []) {
      if (step.from !== from || !step.automatic || !meets(step.when, record.data)) continue
      if (!meets(step.automatic.when, record.data)) continue
      const because = dueBecause(record.data, step, now, config.timezone)
      if (because === undefined) continue
      const { note, sets } = step.automatic
      return [{ record, from, to: step.to, because, note, sets }]
    }
    return []
  })
}

/** Why a step is due; `undefined` where it is not. */
function dueBecause(data: Data, { from, automatic }: Transition, now: Instant, zone: string): string | undefined {
  const { after, past = [], on } = automatic ?? {}
  const entered = enteredAt(data, from)
  if (after !== undefined && entered !== undefined && now - entered >= after) {
    return `${from} for ${humanDuration(after)} and more`
  }
  for (const field of past) {
    const day = textAt(data, field)
    if (day !== undefined && isOver(day, now)) return `${field} was ${day}`
  }
  const day = on === undefined ? undefined : textAt(data, on)
  return day !== undefined && hasBegun(day, now, zone) ? `${on} is ${day}` : undefined
}

function isOver(text: string, now: Instant): boolean {
  const at = parseInstant(text)
  return at === undefined ? isDate(text) && isPast(text, now) : at < now
}

function hasBegun(text: string, now: Instant, zone: string): boolean {
  const at = parseInstant(text)
  if (at !== undefined) return at <= now
  const today = Temporal.Instant.fromEpochMilliseconds(now * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
  return isDate(text) && text <= today.toString()
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}
