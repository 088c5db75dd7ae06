import { type Metric, spreadFigure } from './metric.ts'
import { firstIn, happenedIn, type LifeFamily, lifeMetric, lifeShare, livesOf, type RecordLife } from './metric-life.ts'
import { type Data, valueAt } from './record.ts'

const improvements: LifeFamily = { lives: livesOf('improvement'), scopes: ['service', 'team', 'priority'] }

function closed(life: RecordLife): number | undefined {
  return firstIn(life, ['closed'])
}

/** By how many percent of its baseline an improvement moved its KPI towards the target; negative for away from it. */
function deltaOf(data: Data): readonly number[] {
  const [baseline, target, measured] = [valueAt(data, ['baseline', 'value']), data['target'], data['measured_value']]
  if (typeof baseline !== 'number' || typeof target !== 'number' || typeof measured !== 'number') return []
  if (baseline === 0 || target === baseline) return []
  return [(100 * (measured - baseline) * Math.sign(target - baseline)) / Math.abs(baseline)]
}

const closedText =
  'the improvements closed in the period, whenever they were proposed; rejected and cancelled ones are left out'

/** The figures of improvements. */
export const improvementMetrics: readonly Metric[] = [
  lifeShare(
    improvements,
    {
      id: 'improvement-realisation',
      title: 'Improvements that reached their target',
      better: 'up',
      formula: 'Of the improvements closed in the period, those with the result achieved.',
      population: `n counts ${closedText}.`,
      source: 'ServiceNow, continual improvement management',
    },
    closed,
    ({ data }) => data['result'] === 'achieved',
  ),
  lifeMetric(
    improvements,
    {
      id: 'improvement-delta',
      title: 'What improvements changed',
      unit: 'share',
      better: 'up',
      formula:
        'Measured value less baseline in percent of the baseline, positive where it moved towards the target: from 24 h to 16 h with less as the target is 33 %.',
      population: `n counts ${closedText}, as far as they carry baseline, target and measured value; a baseline of 0 has no percentage.`,
      source: 'ServiceNow, continual improvement management: target against baseline',
    },
    (among, span) => spreadFigure(happenedIn(among, span, closed).flatMap(({ data }) => deltaOf(data))),
  ),
]
