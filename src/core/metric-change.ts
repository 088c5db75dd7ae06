import { countedIncidents } from './kpi-life.ts'
import { countFigure, type Metric, type MetricFacts, nothing } from './metric.ts'
import {
  firstIn,
  happenedIn,
  type LifeFamily,
  lifeMetric,
  lifeShare,
  lifeTime,
  livesOf,
  type RecordLife,
  staysIn,
  untilFirst,
} from './metric-life.ts'
import { oncePerFacts } from './metric-population.ts'
import { type Data, isFilled, textAt, textsAt } from './record.ts'
import type { IncidentFacts } from './report.ts'

/** Whether a change failed: it did not do what it should, whether it was backed out or not. */
export function hasFailed(data: Data): boolean {
  return textAt(data, 'outcome')?.startsWith('unsuccessful') ?? false
}

/** The changes that were not cancelled. Those of a service are the ones that list it. */
export const changes: LifeFamily = { lives: livesOf('change'), scopes: ['service', 'team', 'ci'] }

interface IncidentLinks {
  /** All that are known, by id; `undefined` for a cancelled one. */
  readonly known: ReadonlyMap<string, IncidentFacts | undefined>
  /** By change, the incidents that name it as their cause. */
  readonly causedBy: ReadonlyMap<string, readonly string[]>
}

const links = oncePerFacts(({ incidents }): IncidentLinks => {
  const counted = new Map(countedIncidents(incidents).map((incident) => [incident.id, incident]))
  const causedBy = new Map<string, string[]>()
  for (const { id, data } of counted.values()) {
    const change = textAt(data, 'caused_by')
    if (change === undefined) continue
    const named = causedBy.get(change)
    if (named) named.push(id)
    else causedBy.set(change, [id])
  }
  return { known: new Map(incidents.map(({ id }) => [id, counted.get(id)])), causedBy }
})

/**
 * The incidents that a change caused, as either side tells it; cancelled ones are left out. One that is not known here
 * has no facts.
 */
export function incidentsCausedBy(
  { id, data }: RecordLife,
  facts: MetricFacts,
): readonly { readonly id: string; readonly facts?: IncidentFacts }[] {
  const { known, causedBy } = links(facts)
  const named = new Set([...textsAt(data, 'incidents_caused'), ...(causedBy.get(id) ?? [])])
  return [...named].flatMap((incident) => {
    if (!known.has(incident)) return [{ id: incident }]
    const found = known.get(incident)
    return found ? [{ id: incident, facts: found }] : []
  })
}

/** When a change was first carried out; one that was found to have happened, when it was found. */
function carriedOut({ data, moments }: RecordLife): number | undefined {
  return data['unauthorised'] === true
    ? moments.find((moment) => moment.data['unauthorised'] === true)?.recorded
    : firstIn({ moments }, ['implement', 'review', 'closed'])
}

function closed(life: RecordLife): number | undefined {
  return firstIn(life, ['closed'])
}

function scheduled(life: RecordLife): number | undefined {
  return firstIn(life, ['scheduled'])
}

const closedText =
  'n counts the changes closed in the period, whenever they were opened; open, cancelled and rejected ones are left out.'
const doneText =
  'n counts the changes first carried out in the period, those under way among them; cancelled ones are left out. An unauthorised one counts from when it was found.'

/** The figures of how changes end, and of what kind they are. */
export const changeMetrics: readonly Metric[] = [
  lifeShare(
    changes,
    {
      id: 'change-success',
      title: 'Changes that succeeded',
      better: 'up',
      formula:
        'Of the changes closed in the period, those with the outcome successful. Successful with issues counts neither here nor as failed.',
      population: closedText,
      source: 'ServiceNow Benchmarks, complement of failed changes where issues are shown apart',
    },
    closed,
    ({ data }) => data['outcome'] === 'successful',
  ),
  lifeShare(
    changes,
    {
      id: 'change-failure',
      title: 'Changes that failed',
      better: 'down',
      formula: 'Of the changes closed in the period, those with an unsuccessful outcome, backed out or not.',
      population: closedText,
      source: 'ServiceNow Benchmarks, percentage of failed changes',
    },
    closed,
    ({ data }) => hasFailed(data),
  ),
  lifeMetric(
    changes,
    {
      id: 'change-score',
      title: 'Success score of changes',
      unit: 'points',
      better: 'up',
      formula:
        'Points of the changes closed in the period, added up: 3 for a successful one, -2 for one with issues, -5 for a failed one; for each incident caused -10 where it is P1, -5 where P2, -2 where P3. gitsm.yaml may give others under metrics.change_score.',
      population: `${closedText} Incidents that are cancelled or not known here cost nothing.`,
      source: 'ServiceNow, change score calculation',
    },
    (among, span, facts) => {
      const counted = happenedIn(among, span, closed)
      if (counted.length === 0) return nothing
      return { ...nothing, value: counted.reduce((sum, change) => sum + pointsOf(change, facts), 0), n: counted.length }
    },
  ),
  lifeShare(
    changes,
    {
      id: 'emergency-changes',
      title: 'Emergency changes',
      better: 'down',
      formula: 'Of the changes closed in the period, those of the type emergency.',
      population: closedText,
      source: 'ServiceNow Benchmarks, percentage of emergency changes',
    },
    closed,
    ({ data }) => data['change_type'] === 'emergency',
  ),
  lifeShare(
    changes,
    {
      id: 'standard-changes',
      title: 'Standard changes',
      better: 'up',
      formula: 'Of the changes closed in the period, those of the type standard.',
      population: closedText,
      source: 'itsm.md §4, beside emergency changes',
    },
    closed,
    ({ data }) => data['change_type'] === 'standard',
  ),
  lifeShare(
    changes,
    {
      id: 'unauthorised-changes',
      title: 'Unauthorised changes',
      better: 'down',
      formula: 'Of the changes first carried out in the period, those marked as unauthorised.',
      population: doneText,
      source: 'IT KPI library: infrastructure changes that no registered change accounts for',
    },
    carriedOut,
    ({ data }) => data['unauthorised'] === true,
  ),
  lifeShare(
    changes,
    {
      id: 'harmful-changes',
      title: 'Changes that caused incidents',
      better: 'down',
      formula:
        'Of the changes first carried out in the period, those that caused an incident, as incidents_caused of the change or caused_by of the incident tells.',
      population: `${doneText} Cancelled incidents do not count.`,
      source: 'IT KPI library, change-caused incidents',
    },
    carriedOut,
    (life, facts) => incidentsCausedBy(life, facts).length > 0,
  ),
  lifeShare(
    changes,
    {
      id: 'conflict-waivers',
      title: 'Changes scheduled with a waived conflict',
      better: 'down',
      formula: 'Of the changes first scheduled in the period, those whose conflicts somebody waived.',
      population:
        'n counts the changes that were scheduled for the first time in the period; cancelled ones, and emergencies that never were scheduled, are left out.',
      source: 'GitSM',
    },
    scheduled,
    ({ data }) => isFilled(data['waivers']),
  ),
  lifeMetric(
    changes,
    {
      id: 'changes-carried-out',
      title: 'Changes carried out',
      unit: 'count',
      better: 'up',
      formula: 'Changes first carried out in the period.',
      population: doneText,
      source: 'GitSM',
    },
    (among, span) => countFigure(happenedIn(among, span, carriedOut).length),
  ),
  lifeTime(
    changes,
    {
      id: 'change-lead-time',
      title: 'Lead time of changes',
      better: 'down',
      formula:
        'Wall-clock time from the start of a change, the earlier of opened_at and its first record, to its closing, of those closed in the period.',
      population: closedText,
      source: 'ServiceNow, average time to close a change; deployment-lead-time is that of DORA',
    },
    (life) => untilFirst(life, ['closed']),
  ),
  lifeTime(
    changes,
    {
      id: 'change-approval-wait',
      title: 'Wait of changes for approval',
      better: 'down',
      formula: 'Wall-clock time that a change stood in assess or authorize, of the stays that ended in the period.',
      population:
        'n counts stays: a change that was sent back counts again. Those that still wait, and cancelled changes, are left out, and so are changes that were authorised in the pull request that brought them.',
      source: 'Jira Service Management, time to approve normal change',
    },
    (life) => staysIn(life, ['assess', 'authorize']),
  ),
  lifeTime(
    changes,
    {
      id: 'change-implementation-time',
      title: 'Time to implement changes',
      better: 'down',
      formula: 'Wall-clock time that a change stood in implement, of the stays that ended in the period.',
      population: 'n counts stays; cancelled changes and those under way are left out.',
      source: 'GitSM',
    },
    (life) => staysIn(life, ['implement']),
  ),
]

function pointsOf(change: RecordLife, facts: MetricFacts): number {
  const { byOutcome, byCausedPriority } = facts.settings.changePoints
  const caused = incidentsCausedBy(change, facts).map(
    (incident) => textAt(incident.facts?.data ?? {}, 'priority') ?? '',
  )
  return caused.reduce(
    (sum, priority) => sum + (byCausedPriority[priority] ?? 0),
    byOutcome[textAt(change.data, 'outcome') ?? ''] ?? 0,
  )
}
