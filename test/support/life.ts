import type { MainlineCommit } from '../../src/core/history.ts'
import type { Instant } from '../../src/core/instant.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { type ServiceLevels, serviceLevelsOver, standingServiceLevels } from '../../src/core/service-levels.ts'
import type { Moment } from '../../src/core/timeline.ts'

/** The instant that a text tells; a text that tells none is a mistake of the test. */
export function instant(text: string): Instant {
  const at = Date.parse(text) / 1000
  if (Number.isNaN(at)) throw new Error(`no instant: ${text}`)
  return at
}

/** A step of a record's life, or an edit where the state stays. Steps of one `at` belong to one commit. */
export interface LifeStep {
  readonly at: string
  readonly state: string
  readonly hold?: string
  readonly declared?: string
  /** Fields of the record from here on. */
  readonly set?: Data
}

/** A commit of the mainline at an instant; its position is that instant too, so that order and time agree. */
export function commitAt(at: Instant, provenance: MainlineCommit['provenance'] = 'claimed'): MainlineCommit {
  return { commit: `c${at}`, position: at, at, provenance, by: 'ada' }
}

/** The moments of an incident's life. */
export function lifeOf(
  steps: readonly LifeStep[],
  provenance: MainlineCommit['provenance'] = 'claimed',
): readonly Moment[] {
  let data: Data = {}
  return steps.map(({ at, state, hold, declared, set }) => {
    const commit = commitAt(instant(at), provenance)
    data = { ...data, ...set, state }
    return {
      commit,
      recorded: commit.at,
      state,
      ...(hold === undefined ? {} : { holdReason: hold }),
      ...(declared === undefined ? {} : { declared: instant(declared) }),
      data,
    }
  })
}

/** An active SLA record. */
export function slaRecord(id: string, data: Data): RecordDoc {
  const defaults = { id, kind: 'sla', state: 'active', applies_to: { type: 'incident' }, order: 10 }
  return { type: 'sla', id, file: `records/sla/${id}.yaml`, data: { ...defaults, ...data } }
}

/** A calendar record. */
export function calendarRecord(id: string, data: Data): RecordDoc {
  return { type: 'calendar', id, file: `records/calendar/${id}.yaml`, data: { id, ...data } }
}

/** Agreements that stand from ever, under a default calendar. */
export function standing(records: readonly RecordDoc[], calendar = 'always'): ServiceLevels {
  return standingServiceLevels(records, { calendar })
}

/**
 * Agreements and calendars that are written and edited over time, told oldest first: each counts from its instant on.
 */
export function over(
  writings: readonly { readonly at: string; readonly record: RecordDoc }[],
  calendar = 'always',
): ServiceLevels {
  return serviceLevelsOver(
    writings.map(({ at, record: { type, id, file, data } }) => {
      return { type, id, revisions: [{ kind: 'written', commit: commitAt(instant(at)), file, data }] }
    }),
    [{ commit: commitAt(0), config: { calendar } }],
  )
}
