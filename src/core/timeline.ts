import type { DoubtfulDate, MainlineCommit, Provenance, RecordHistory } from './history.ts'
import { type Instant, parseInstant } from './instant.ts'
import { type Data, textAt } from './record.ts'
import { type Step, stepsOf } from './steps.ts'

/**
 * What a record became at one step: the unit that SLA clocks are computed from.
 *
 * A mainline commit gives one moment for each step that it brings (several when `log` names several), and one moment
 * without a step when it changes other fields only. Moments are in mainline order and their `recorded` never decreases.
 */
export interface Moment {
  readonly commit: MainlineCommit
  /** When the mainline learnt of it: `commit.at`. */
  readonly recorded: Instant
  /**
   * When the step is said to have been taken: by its own `log` entry, else by the field `<state>_at`, such as
   * `resolved_at`, where the same commit set it.
   */
  readonly declared?: Instant
  readonly state: string
  /** `hold_reason` of the step's log entry, else of the record; only while the state is `on_hold`. */
  readonly holdReason?: string
  /** The whole record as of this commit. */
  readonly data: Data
}

/** One stretch of a record's life in one state (and one hold reason); half-open, the last has no end. */
export interface Stretch {
  /** `null` where the record cannot be known: its file was unreadable or gone, and `gap` says which. */
  readonly state: string | null
  readonly holdReason?: string
  readonly gap?: string
  readonly from: Instant
  readonly until: Instant | null
  /** When it is said to have begun, where the record says so; see `declaredAt`. */
  readonly declared?: Instant
  readonly commit: string
  readonly by: string
  readonly provenance: Provenance
  /** Why `from` is a guess; see `MainlineCommit`. */
  readonly doubt?: DoubtfulDate
}

/** What one revision did: the moments it brought, or the reason why the record cannot be known from here on. */
type Turn =
  | { readonly commit: MainlineCommit; readonly moments: readonly Moment[] }
  | { readonly commit: MainlineCommit; readonly gap: string }

/** The moments of a record, oldest first. Unreadable and removed revisions give none: what was known stands. */
export function moments(history: RecordHistory): readonly Moment[] {
  return turns(history).flatMap((turn) => ('moments' in turn ? turn.moments : []))
}

/**
 * The life of a record as stretches that tile it without gap or overlap. Several steps of one commit give stretches of
 * no length, so that every step is seen; a version that cannot be read, or a removal, is a stretch with a named gap.
 */
export function timeline(history: RecordHistory): readonly Stretch[] {
  const starts = turns(history).flatMap((turn, position): readonly Start[] => {
    const { at: from, commit, by, provenance, doubt } = turn.commit
    const edge = { from, commit, by, provenance, ...(doubt && { doubt }) }
    if ('gap' in turn) return [{ ...edge, state: null, gap: turn.gap }]
    return turn.moments.map((moment, index) => {
      const { state, holdReason } = moment
      const declared = declaredAt(moment, position === 0 && index === 0)
      return { ...edge, state, ...(holdReason && { holdReason }), ...(declared === undefined ? {} : { declared }) }
    })
  })
  const changes = starts.filter((start, index) => !isSame(starts[index - 1], start))
  return changes.map((start, index) => ({ ...start, until: changes[index + 1]?.from ?? null }))
}

type Start = Omit<Stretch, 'until'>

/** When a moment is said to have happened; a birth by the earlier of its own declared time and `opened_at`. */
export function declaredAt({ declared, data }: Moment, isBirth: boolean): Instant | undefined {
  const opened = isBirth ? parseInstant(textAt(data, 'opened_at') ?? '') : undefined
  return declared === undefined || opened === undefined ? (declared ?? opened) : Math.min(declared, opened)
}

function isSame(a: Start | undefined, b: Start): boolean {
  return a !== undefined && a.state === b.state && a.holdReason === b.holdReason && a.gap === b.gap
}

function turns({ revisions }: RecordHistory): readonly Turn[] {
  let before: Data | undefined
  return revisions.map((revision) => {
    const { commit } = revision
    if (revision.kind === 'unreadable') return { commit, gap: revision.reason }
    if (revision.kind === 'removed') return { commit, gap: 'the record was removed' }
    const steps = stepsOf(before, revision.data)
    const standing: Step = { state: textAt(revision.data, 'state') ?? '' }
    const set = fieldsSet(before, revision.data)
    before = revision.data
    const taken = steps.length === 0 ? [standing] : steps.map((step) => ({ ...step, ...declaredBy(step, set) }))
    return { commit, moments: taken.map((step) => moment(commit, revision.data, step)) }
  })
}

/** The fields that an edit gave a value, or another one. */
function fieldsSet(before: Data | undefined, after: Data): (field: string) => string | undefined {
  return (field) => (before && textAt(before, field) === textAt(after, field) ? undefined : textAt(after, field))
}

function declaredBy({ state, declared }: Step, set: (field: string) => string | undefined): Pick<Step, 'declared'> {
  const at = declared ?? parseInstant(set(`${state}_at`) ?? '')
  return at === undefined ? {} : { declared: at }
}

function moment(commit: MainlineCommit, data: Data, { state, declared, holdReason }: Step): Moment {
  const reason = state === 'on_hold' ? (holdReason ?? textAt(data, 'hold_reason')) : undefined
  return {
    commit,
    recorded: commit.at,
    ...(declared === undefined ? {} : { declared }),
    state,
    ...(reason === undefined ? {} : { holdReason: reason }),
    data,
  }
}
