import { formatInstant } from '../instant.ts'
import { type Clock, clocksByTarget, tallyClocks } from '../kpi-sla.ts'
import { addTo } from '../lists-by-key.ts'
import { type RecordDoc, textAt } from '../record.ts'
import type { ReportFacts } from '../report.ts'
import type { ForwardSchedule } from '../report-change-schedule.ts'
import { type BearingIncident, type ServiceStatus, serviceStandings } from '../service-standing.ts'
import type { TimeSpan } from '../time-span.ts'
import { concernsService } from '../window-schedule.ts'

/** The status of every service that is not retired, as plain data for `status.json`. */
export interface StatusFile {
  /** Of this form; it rises when something is renamed or taken away. */
  readonly version: 1
  readonly organisation: string
  readonly commit: string
  readonly asOf: string
  /** The period that compliance is told of. */
  readonly period: string
  readonly services: readonly ServiceLine[]
}

interface ServiceLine {
  readonly id: string
  readonly title: string
  readonly owner: string | null
  readonly tier: number | null
  readonly status: ServiceStatus
  /** Why it is not operational: the incidents, the oldest first. */
  readonly incidents: readonly {
    readonly id: string
    readonly title: string
    readonly priority: string | null
    readonly state: string
    readonly major: boolean
    readonly since: string
    readonly outage: boolean
  }[]
  /** Open incidents in all, those that do not bear on the status included. */
  readonly openIncidents: number
  /** Targets of its SLAs that were met in the period, in percent; `null` without data. */
  readonly compliance: { readonly percent: number | null; readonly met: number; readonly n: number }
  /** The next change that takes it down, or the next maintenance window of it or its items, whichever begins first. */
  readonly nextMaintenance: {
    readonly kind: 'change' | 'window'
    readonly id: string
    readonly title: string
    readonly from: string
    readonly until: string
  } | null
}

/** How each service is at the report's instant, with what comes next. */
export function statusOf(facts: ReportFacts, schedule: ForwardSchedule): StatusFile {
  const { asOf, period } = facts
  const items = facts.tree.ofType('ci')
  const clocksOf = new Map<string, Clock[]>()
  for (const { kind, clocks } of clocksByTarget(facts)) {
    if (kind !== 'sla') continue
    for (const clock of clocks) {
      const service = textAt(clock.record.data, 'service') ?? ''
      addTo(clocksOf, service, clock)
    }
  }
  return {
    version: 1,
    organisation: facts.config.organisation,
    commit: facts.commit,
    asOf: formatInstant(asOf),
    period: period.id,
    services: serviceStandings(facts).map(({ service, status, bearing, openIncidents }) => {
      const { compliance } = tallyClocks(clocksOf.get(service.id) ?? [], period)
      return {
        ...headOf(service),
        status,
        incidents: bearing.map(incidentLine),
        openIncidents,
        compliance: {
          percent: compliance.n === 0 ? null : Number(((100 * compliance.count) / compliance.n).toFixed(2)),
          met: compliance.count,
          n: compliance.n,
        },
        nextMaintenance: maintenanceOf(schedule, service.id, items),
      }
    }),
  }
}

function headOf({ id, data }: RecordDoc): Pick<ServiceLine, 'id' | 'title' | 'owner' | 'tier'> {
  const { tier } = data
  return {
    id,
    title: textAt(data, 'title') ?? id,
    owner: textAt(data, 'owner') ?? null,
    tier: typeof tier === 'number' ? tier : null,
  }
}

function incidentLine({
  incident: { id, data },
  major,
  openedAt,
  downSince,
}: BearingIncident): ServiceLine['incidents'][number] {
  return {
    id,
    title: textAt(data, 'title') ?? '',
    priority: textAt(data, 'priority') ?? null,
    state: textAt(data, 'state') ?? '',
    major,
    since: formatInstant(openedAt),
    outage: downSince !== null,
  }
}

function maintenanceOf(
  { work, maintenance }: ForwardSchedule,
  service: string,
  items: readonly RecordDoc[],
): ServiceLine['nextMaintenance'] {
  const change = work.find(({ outage, services }) => outage && services.includes(service))
  const time = maintenance.find(({ window }) => concernsService(window, service, items))
  if (change && (!time || change.from <= time.from)) {
    const { id, data } = change.record
    return { kind: 'change', id, title: textAt(data, 'title') ?? id, ...spanText(change) }
  }
  return time ? { kind: 'window', id: time.window.id, title: time.window.title, ...spanText(time) } : null
}

function spanText({ from, until }: TimeSpan): { readonly from: string; readonly until: string } {
  return { from: formatInstant(from), until: formatInstant(until) }
}
