import type { RecordIndex, Rulebook } from './facts.ts'
import { type Instant, parseInstant } from './instant.ts'
import type { Lifecycle } from './lifecycle.ts'
import { personKeys } from './person-key.ts'
import { type Data, type RecordDoc, textAt, textsAt } from './record.ts'
import type { TimeSpan } from './time-span.ts'

/** A change with the time it is planned for. */
export interface PlannedChange extends TimeSpan {
  readonly record: RecordDoc
  readonly id: string
  readonly changeType: string
  readonly cis: readonly string[]
  /** The services that the change lists. */
  readonly services: readonly string[]
  /** Those, and the services of its configuration items. */
  readonly affected: ReadonlySet<string>
  readonly implementer?: string
  /** The implementer as teams tell people apart. */
  readonly person?: string
  /** Whether it takes its services out. */
  readonly outage: boolean
}

/** Reads a change; `undefined` where it has no planned times yet, or ends before it begins. */
export function plannedChange(
  record: RecordDoc,
  records: RecordIndex,
  personKey: (name: string) => string = personKeys(records),
): PlannedChange | undefined {
  const { data, id } = record
  const [from, until] = [instantAt(data, 'planned_start'), instantAt(data, 'planned_end')]
  if (from === undefined || until === undefined || from >= until) return undefined
  const [cis, services] = [textsAt(data, 'cis'), textsAt(data, 'services')]
  const ofItems = cis.flatMap((ci) => textsAt(records.find('ci', ci)?.data ?? {}, 'services'))
  const implementer = textAt(data, 'implementer')
  return {
    record,
    id,
    from,
    until,
    changeType: textAt(data, 'change_type') ?? 'normal',
    cis,
    services,
    affected: new Set([...services, ...ofItems]),
    ...(implementer === undefined ? {} : { implementer, person: personKey(implementer) }),
    outage: data['outage'] === true,
  }
}

/** States in which a change does not, or does no longer, lay claim to its planned time. */
const outside: ReadonlySet<string> = new Set(['new', 'review', 'rejected'])

/** The open changes: those that are being assessed, authorised, waited for or implemented, with planned times. */
export function openChanges(records: RecordIndex, rulebook: Rulebook): readonly PlannedChange[] {
  const lifecycle = rulebook.types.get('change')?.lifecycle
  const personKey = personKeys(records)
  return records.ofType('change').flatMap((record) => {
    if (!claimsTime(textAt(record.data, 'state') ?? '', lifecycle)) return []
    return plannedChange(record, records, personKey) ?? []
  })
}

/** Whether a change lays claim to its planned time in a state. */
export function claimsTime(state: string, lifecycle: Lifecycle | undefined): boolean {
  return !outside.has(state) && lifecycle?.states.get(state)?.final !== true
}

function instantAt(data: Data, field: string): Instant | undefined {
  return parseInstant(textAt(data, field) ?? '')
}
