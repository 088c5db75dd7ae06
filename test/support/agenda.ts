import { type Agenda, agendaOf } from '../../src/core/cab/agenda.ts'
import type { ProposedChange } from '../../src/core/cab/item.ts'
import { assessmentFacts } from '../../src/core/change-assessment.ts'
import type { Authority } from '../../src/core/deployment/authority.ts'
import { indexRecords, type RecordIndex } from '../../src/core/facts.ts'
import { type Period, parsePeriod, previousPeriods } from '../../src/core/period.ts'
import type { RecordDoc } from '../../src/core/record.ts'
import { instant } from './life.ts'
import { shipped, shippedRecords } from './shipped.ts'

const zone = 'Europe/Berlin'

/** An ISO week in the zone of the example organisation. */
export function weekOf(id: string): Period {
  const week = parsePeriod(id, zone)
  if (!week) throw new Error(`no week: ${id}`)
  return week
}

/** What an agenda of the example organisation may be given beside its records. */
export interface AgendaGiven {
  readonly week?: string
  readonly asOf?: string
  /** Records that stand in place of shipped ones, or beside them. */
  readonly also?: readonly RecordDoc[]
  readonly proposed?: ReadonlyMap<string, ProposedChange>
  readonly emergencies?: ReadonlyMap<string, Authority>
  readonly withoutPulls?: string | null
}

/** The records of the example organisation with others in place of some, or beside them. */
export function recordsWith(also: readonly RecordDoc[]): RecordIndex {
  const replaced = new Set(also.map(({ type, id }) => `${type}/${id}`))
  return indexRecords([...shippedRecords().all.filter(({ type, id }) => !replaced.has(`${type}/${id}`)), ...also])
}

/** The agenda of the example organisation for a week. */
export function exampleAgenda(given: AgendaGiven = {}): Agenda {
  const { week: id = '2026-W48', asOf = '2026-11-21T12:00:00Z', also = [], withoutPulls = null } = given
  const records = recordsWith(also)
  const { rulebook } = shipped
  const week = weekOf(id)
  const [before = week] = previousPeriods(week, zone, 1)
  return agendaOf({
    ...{ rulebook, records, week, before, zone, asOf: instant(asOf), withoutPulls },
    assessing: assessmentFacts({ records, rulebook }),
    proposed: given.proposed ?? new Map(),
    emergencies: given.emergencies ?? new Map(),
  })
}
