import { compare } from '../diagnostic.ts'
import { formatInstant, type Instant, parseInstant } from '../instant.ts'
import { isResolved, lifeUntil } from '../kpi-life.ts'
import { clocksByTarget, tallyClocks } from '../kpi-sla.ts'
import { isData, listAt, type RecordDoc, textAt } from '../record.ts'
import type { IncidentFacts, ReportFacts } from '../report.ts'
import type { ForwardSchedule } from '../report-change-schedule.ts'
import type { TimeSpan } from '../time-span.ts'
import { concernsService } from '../window-schedule.ts'

/** How a service is. */
export type ServiceStatus = 'operational' | 'degraded' | 'outage'

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

/** Priorities at which an open incident degrades its service. */
const grave: readonly string[] = ['P1', 'P2']

/**
 * How each service is at the report's instant. An outage is an open incident that tells of one which has not ended, or a
 * major incident whose service is not restored; degraded is any other open incident of P1 or P2 that is not restored.
 */
export function statusOf(facts: ReportFacts, schedule: ForwardSchedule): StatusFile {
  const { asOf, period } = facts
  const items = facts.tree.ofType('ci')
  const open = facts.incidents.filter((incident) => isOpen(incident, asOf))
  const slas = clocksByTarget(facts).filter(({ kind }) => kind === 'sla')
  return {
    version: 1,
    organisation: facts.config.organisation,
    commit: facts.commit,
    asOf: formatInstant(asOf),
    period: period.id,
    services: facts.services
      .filter(({ data }) => textAt(data, 'state') !== 'retired')
      .toSorted((a, b) => compare(a.id, b.id))
      .map((service) => {
        const own = open.filter((incident) => concerned(incident, asOf).includes(service.id))
        const bearing = own.flatMap((incident) => bearingOf(incident, service.id, asOf) ?? [])
        const clocks = slas.flatMap((target) =>
          target.clocks.filter(({ record }) => textAt(record.data, 'service') === service.id),
        )
        const { compliance } = tallyClocks(clocks, period)
        return {
          ...headOf(service),
          status: bearing.some(({ outage }) => outage) ? 'outage' : bearing.length > 0 ? 'degraded' : 'operational',
          incidents: bearing,
          openIncidents: own.length,
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

function isOpen({ moments }: IncidentFacts, asOf: Instant): boolean {
  const last = moments.findLast(({ recorded }) => recorded <= asOf)
  return last !== undefined && !isResolved(last.state) && last.state !== 'cancelled'
}

/** The services that an incident concerns: its own, and those that it tells outages of which have not ended. */
function concerned(incident: IncidentFacts, asOf: Instant): readonly string[] {
  const own = textAt(incident.data, 'service')
  return [...(own === undefined ? [] : [own]), ...lastingOutages(incident, asOf)]
}

function lastingOutages({ data }: IncidentFacts, asOf: Instant): readonly string[] {
  return listAt(data, 'outage')
    .filter(isData)
    .flatMap((outage) => {
      const service = textAt(outage, 'service') ?? textAt(data, 'service')
      const [from, to] = [parseInstant(textAt(outage, 'from') ?? ''), parseInstant(textAt(outage, 'to') ?? '')]
      const lasts = from !== undefined && from <= asOf && (to === undefined || to > asOf)
      return lasts && service !== undefined ? [service] : []
    })
}

function bearingOf(
  incident: IncidentFacts,
  service: string,
  asOf: Instant,
): ServiceLine['incidents'][number] | undefined {
  const { id, data } = incident
  const restored = parseInstant(textAt(data, 'restored_at') ?? '')
  const isBack = restored !== undefined && restored <= asOf
  const isMajor = data['major'] === true
  const isOwn = textAt(data, 'service') === service
  const outage = lastingOutages(incident, asOf).includes(service) || (isMajor && isOwn && !isBack)
  if (!outage && (isBack || !grave.includes(textAt(data, 'priority') ?? ''))) return undefined
  return {
    id,
    title: textAt(data, 'title') ?? '',
    priority: textAt(data, 'priority') ?? null,
    state: textAt(data, 'state') ?? '',
    major: isMajor,
    since: formatInstant(lifeUntil(incident, asOf + 1)?.openedAt ?? asOf),
    outage,
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
