import { hasFailed } from './change-outcome.ts'
import type { RecordIndex } from './facts.ts'
import { formatInstant, type Instant, parseInstant } from './instant.ts'
import { type Data, isData, type RecordDoc, textAt } from './record.ts'
import type { RecordType } from './record-type.ts'
import { leaf, type Verdict } from './verdict.ts'

/** How the changes of a model went within its window. */
export interface ModelRecord {
  /** Changes of the model that were closed within the window, oldest first. */
  readonly closed: readonly RecordDoc[]
  readonly failed: readonly RecordDoc[]
}

const [defaultWindow, fewest] = [180, 3]

/**
 * Whether standard changes may follow a model at an instant: it is published and has not expired, and its changes do
 * not fail more often than it allows. Above its limit a model counts as suspended, whatever its state says, until it is
 * published anew: changes closed before `published_at` do not count.
 */
export function modelStanding(model: RecordDoc, records: RecordIndex, at: Instant): Verdict {
  const { id, data } = model
  const parts = [stateOf(data), publishedBy(data, at), expiredAt(data, at), failureRate(model, records, at)]
  const against = parts.find(({ met }) => !met)
  return { met: against === undefined, because: against?.because ?? `${id} may be followed`, parts }
}

/** The changes of a model that count for its failure rate at an instant. */
export function modelRecord({ id, data }: RecordDoc, records: RecordIndex, at: Instant): ModelRecord {
  const days = typeof data['window_days'] === 'number' ? data['window_days'] : defaultWindow
  const published = parseInstant(`${textAt(data, 'published_at') ?? ''}T00:00:00Z`) ?? 0
  const from = Math.max(at - days * 86_400, published)
  const closed = records
    .ofType('change')
    .flatMap((change) => {
      const end = parseInstant(textAt(change.data, 'actual_end') ?? '')
      const counts = textAt(change.data, 'model') === id && textAt(change.data, 'outcome') !== undefined
      return counts && end !== undefined && end >= from && end < at ? [{ change, end }] : []
    })
    .toSorted((a, b) => a.end - b.end)
    .map(({ change }) => change)
  return { closed, failed: closed.filter((change) => hasFailed(change.data)) }
}

function stateOf(data: Data): Verdict {
  const state = textAt(data, 'state') ?? 'draft'
  return leaf(state === 'published', `it is ${state}`)
}

function publishedBy(data: Data, at: Instant): Verdict {
  const day = textAt(data, 'published_at')
  if (day === undefined) return leaf(false, 'it was never published')
  return leaf(day <= formatInstant(at).slice(0, 10), `it is published since ${day}`)
}

function expiredAt(data: Data, at: Instant): Verdict {
  const day = textAt(data, 'expires')
  if (day === undefined) return leaf(false, 'it does not say when it expires')
  const met = formatInstant(at).slice(0, 10) <= day
  return leaf(met, met ? `it expires on ${day}` : `it expired on ${day}`)
}

function failureRate(model: RecordDoc, records: RecordIndex, at: Instant): Verdict {
  const { closed, failed } = modelRecord(model, records, at)
  const most = model.data['max_failure_rate']
  const least = typeof model.data['min_changes'] === 'number' ? model.data['min_changes'] : fewest
  const count = `${failed.length} of ${closed.length} changes failed`
  if (typeof most !== 'number') return leaf(true, 'it has no highest failure rate')
  if (closed.length < least) return leaf(true, `${count}; fewer than ${least} say nothing`)
  const met = failed.length * 100 <= most * closed.length
  const names = failed.map(({ id }) => id).join(', ')
  return leaf(
    met,
    met ? `${count}, at most ${most} % may` : `it has suspended itself: ${count} (${names}), at most ${most} % may`,
  )
}

/** Texts that say nothing new where a change leaves them out: it follows its model. */
export const impliedByModel: readonly string[] = [
  'title',
  'description',
  'impact_assessment',
  'implementation_plan',
  'test_plan',
  'backout_plan',
]

/** A new change with what its model gives it, where the change does not say otherwise; others stay as they are. */
export function settledByModel({ name }: Pick<RecordType, 'name'>, data: Data, records: RecordIndex): Data {
  const model = name === 'change' ? records.find('change-model', textAt(data, 'model') ?? '') : undefined
  if (!model) return data
  const parameters = isData(data['parameters']) ? data['parameters'] : {}
  const given = [...modelDefaults(model, parameters)].filter(
    ([field]) => field === 'title' || !impliedByModel.includes(field),
  )
  return { change_type: 'standard', ...Object.fromEntries(given), ...data }
}

/** The fields that a change of a model has by its defaults, with the parameters of the change put in. */
export function modelDefaults(model: RecordDoc, parameters: Data): ReadonlyMap<string, unknown> {
  const defaults = isData(model.data['defaults']) ? model.data['defaults'] : {}
  return new Map(Object.entries(defaults).map(([field, value]) => [field, filled(value, parameters)]))
}

function filled(value: unknown, parameters: Data): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, parameters))
  if (typeof value !== 'string') return value
  return value.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (text, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : text,
  )
}
