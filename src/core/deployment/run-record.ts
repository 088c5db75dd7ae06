import { settledByModel } from '../change-model.ts'
import { type DraftFacts, draftOf, inSchemaOrder } from '../draft.ts'
import type { RecordIndex } from '../facts.ts'
import { exactDuration, formatInstant, type Instant, parseDuration, parseInstant } from '../instant.ts'
import { type Data, isFilled, type RecordDoc, textAt } from '../record.ts'
import type { RecordType } from '../record-type.ts'

/** How a change ends whose command failed: things are as before, or they are not. */
export type FailedOutcome = 'unsuccessful_backed_out' | 'unsuccessful_not_backed_out'

/** A standard change that is carried out by a command, before that runs. */
export interface PlannedRun {
  readonly type: RecordType
  readonly id: string
  readonly me: string
  /** Its fields, scheduled for as long as its model allows. */
  readonly data: Data
}

/** How the command of a run ended. */
export interface EndedCommand {
  readonly from: Instant
  readonly until: Instant
  /** As a shell gives it. */
  readonly code: number
  /** The signal that ended it, where one did. */
  readonly signal?: string
}

/** How long a change may last whose model does not say: an hour. */
const usual = 3600

/** Plans a standard change of a model for now, with the fields given. */
export function plannedRun(
  type: RecordType,
  model: RecordDoc,
  records: RecordIndex,
  given: { readonly id: string; readonly now: Instant; readonly me: string; readonly fields: (draft: Data) => Data },
): PlannedRun {
  const { id, now, me, fields } = given
  const facts: DraftFacts = { now: formatInstant(now), me }
  const draft = { ...draftOf(type, facts), state: 'scheduled', implementer: me, model: model.id }
  const length = parseDuration(textAt(model.data, 'max_duration') ?? '') ?? usual
  const data = {
    planned_start: facts.now,
    planned_end: formatInstant(now + length),
    reason: 'Carried out as its model describes, by gitsm change run',
    ...settledByModel(type, fields(draft), records),
  }
  return { type, id, me, data }
}

/**
 * The change as its command left it, each step in its log: closed where it succeeded, else in review, which looks at
 * what went wrong.
 */
export function endedRun(run: PlannedRun, ended: EndedCommand, failed: FailedOutcome): Data {
  const { type, id, me, data } = run
  const { from, until } = ended
  const [begin, end] = [formatInstant(from), formatInstant(until)]
  const succeeded = ended.code === 0
  const told = endText(ended)
  const planned = parseInstant(textAt(data, 'planned_end') ?? '')
  const overran = planned !== undefined && until > planned && !isFilled(data['window_deviation_reason'])
  const state = succeeded ? 'closed' : 'review'
  const steps = [
    { at: textAt(data, 'opened_at') ?? begin, by: me, state: 'scheduled' },
    { at: begin, by: me, state: 'implement' },
    { at: end, by: me, state: 'review', note: told },
    ...(succeeded ? [{ at: end, by: me, state: 'closed' }] : []),
  ]
  return inSchemaOrder(type, {
    ...data,
    id,
    state,
    actual_start: begin,
    actual_end: end,
    outcome: succeeded ? 'successful' : failed,
    ...(succeeded && { review_notes: told }),
    ...(overran && {
      window_deviation_reason: `The command ran ${exactDuration(until - planned)} longer than planned`,
    }),
    log: steps,
  })
}

/** How a command ended, in a sentence. */
export function endText({ from, until, code, signal }: EndedCommand): string {
  const how = signal === undefined ? `ended with exit code ${code}` : `was ended by ${signal}`
  return `The command ${how} after ${exactDuration(until - from)}`
}
