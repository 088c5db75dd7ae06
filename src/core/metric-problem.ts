import { countFigure, type Metric, nothing, timeFigure } from './metric.ts'
import {
  happenedIn,
  type LifeFamily,
  lifeMetric,
  lifeTime,
  livesOf,
  stayedIn,
  staysIn,
  untilFirst,
} from './metric-life.ts'
import { isWithin } from './period.ts'

/** The problems that were not cancelled. Their team is the one that owns them. */
const problems: LifeFamily = { lives: livesOf('problem'), scopes: ['service', 'team', 'priority', 'ci'] }

/** The figures of problems. */
export const problemMetrics: readonly Metric[] = [
  lifeMetric(
    problems,
    {
      id: 'problems-opened',
      title: 'Problems opened',
      unit: 'count',
      better: 'none',
      formula: 'Problems whose start lies in the period: the earlier of opened_at and their first record.',
      population: 'n counts the problems; cancelled ones are left out.',
      source: 'IT KPI library, lower half of the queue rate',
    },
    (among, span) => countFigure(happenedIn(among, span, ({ start }) => start).length),
  ),
  lifeMetric(
    problems,
    {
      id: 'problem-queue-rate',
      title: 'Queue rate of problems',
      unit: 'ratio',
      better: 'up',
      formula:
        'Problems closed in the period and still so at its end, divided by problems opened in it: below 1 the queue grows.',
      population: 'n counts the problems opened; none opened is no data. Cancelled ones are left out.',
      source: 'IT KPI library (quantrinhansu), queue rate',
    },
    (among, span) => {
      const opened = happenedIn(among, span, ({ start }) => start).length
      const closed = happenedIn(among, span, (life) => stayedIn(life, ['closed'], span)).length
      return opened === 0 ? nothing : { ...nothing, value: closed / opened, n: opened }
    },
  ),
  lifeTime(
    problems,
    {
      id: 'problem-analysis-time',
      title: 'Time to find the cause of problems',
      better: 'down',
      formula: 'Wall-clock time that a problem stood in root_cause_analysis, of the stays that ended in the period.',
      population: 'n counts stays: a problem that was analysed again counts again. Cancelled ones are left out.',
      source: 'GitSM',
    },
    (life) => staysIn(life, ['root_cause_analysis']),
  ),
  lifeTime(
    problems,
    {
      id: 'problem-resolution-time',
      title: 'Time to resolve problems',
      better: 'down',
      formula:
        'Wall-clock time from the start of a problem, the earlier of opened_at and its first record, until it was first resolved, of those first resolved in the period.',
      population: 'n counts the problems; those analysed again later count as they were, cancelled ones are left out.',
      source: 'GitSM',
    },
    (life) => untilFirst(life, ['resolved', 'closed']),
  ),
  lifeMetric(
    problems,
    {
      id: 'problem-closure-time',
      title: 'Time to close problems',
      unit: 'time',
      better: 'down',
      formula:
        'Wall-clock time from the start of a problem, the earlier of opened_at and its first record, to its closing, of those closed in the period and still so at its end.',
      population: 'n counts the problems, whenever they were opened; cancelled ones are left out.',
      source: 'ServiceNow Benchmarks, average time to close a problem',
    },
    (among, span) =>
      timeFigure(
        among.flatMap((life) => {
          const at = stayedIn(life, ['closed'], span)
          return at !== undefined && isWithin(span, at) ? [at - life.start] : []
        }),
      ),
  ),
]
