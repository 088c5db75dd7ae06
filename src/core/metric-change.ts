import { hasFailed } from './change-outcome.ts'
import { type Metric, type MetricFacts, nothing } from './metric.ts'
import { changes, closed, closedText, incidentsCausedBy } from './metric-change-population.ts'
import { happenedIn, lifeMetric, lifeShare, type RecordLife } from './metric-life.ts'
import { textAt } from './record.ts'

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
  lifeShare(
    changes,
    {
      id: 'changes-with-issues',
      title: 'Changes that succeeded with issues',
      better: 'down',
      formula: 'Of the changes closed in the period, those with the outcome successful_with_issues.',
      population: closedText,
      source: 'ServiceNow, outcome of a change: shown apart from success and failure',
    },
    closed,
    ({ data }) => data['outcome'] === 'successful_with_issues',
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
      source: 'GitSM, beside emergency changes',
    },
    closed,
    ({ data }) => data['change_type'] === 'standard',
  ),
  lifeShare(
    changes,
    {
      id: 'normal-changes',
      title: 'Normal changes',
      better: 'none',
      formula: 'Of the changes closed in the period, those of the type normal.',
      population: closedText,
      source: 'GitSM, beside emergency and standard changes',
    },
    closed,
    ({ data }) => data['change_type'] === 'normal',
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
