import { itemChecks } from './cmdb/health.ts'
import { indexRecords, type RecordIndex } from './facts.ts'
import type { Instant } from './instant.ts'
import { type Metric, type MetricFacts, nothing, shareFigure } from './metric.ts'
import { everyLife } from './metric-life.ts'
import { oncePerSpan, type Population, populationOf, valuesIn } from './metric-population.ts'
import type { TimeSpan } from './time-span.ts'

/** Services and items as they stood when a stretch of time was over, or at the as-of instant before that. */
function treeAt(facts: MetricFacts, { until }: TimeSpan): RecordIndex {
  return indexRecords(
    everyLife(facts).all.flatMap(({ type, id, moments }) => {
      if (type !== 'ci' && type !== 'service') return []
      const data = moments.findLast(({ recorded }) => recorded < until)?.data
      return data ? [{ type, id, file: `records/${type}/${id}.yaml`, data }] : []
    }),
  )
}

type CheckName = keyof ReturnType<typeof itemChecks>

/** Whether an item that was asked does not pass. */
interface Answer {
  readonly fails: boolean
  readonly services: readonly string[]
  readonly teams: readonly string[]
}

const answers = oncePerSpan((facts, span): Readonly<Record<CheckName, Population<Answer>>> => {
  const asOf: Instant = Math.min(span.until, facts.asOf)
  const checks = itemChecks(treeAt(facts, span), { asOf, staleAfter: facts.settings.staleDays })
  const of = (name: CheckName): Population<Answer> => {
    const { asked, why } = checks[name]
    return populationOf(
      asked.map((item) => ({
        fails: why(item) !== undefined,
        services: valuesIn('service', item.data),
        teams: valuesIn('team', item.data),
      })),
      (key, { services, teams }) => (key === 'service' ? services : key === 'team' ? teams : []),
    )
  }
  return { stale: of('stale'), orphan: of('orphan'), duplicate: of('duplicate'), incomplete: of('incomplete') }
})

const inUse =
  'n counts the items in use (operational or in maintenance) at the end of the period, as the history has them then; planned and retired ones are left out.'

function metric(check: CheckName, text: Pick<Metric, 'id' | 'title' | 'formula' | 'population'>): Metric {
  return {
    ...text,
    unit: 'share',
    better: 'down',
    source: 'ServiceNow, CMDB health; gitsm cmdb health names the items',
    scopes: ['service', 'team'],
    measure: (facts, { span, scope }) => {
      if (span.until <= facts.since) return nothing
      const asked = answers(facts, span)[check].within(scope)
      return shareFigure({ count: asked.filter(({ fails }) => fails).length, n: asked.length })
    },
  }
}

/** How far the configuration records could be trusted when the period was over. Items belong to services and owners. */
export const configurationMetrics: readonly Metric[] = [
  metric('stale', {
    id: 'cmdb-stale',
    title: 'Items not verified lately',
    formula:
      'Of the items in use at the end of the period, those never verified, or last verified (verified_at) more than metrics.stale_days of gitsm.yaml before it, 60 if it does not say.',
    population: inUse,
  }),
  metric('orphan', {
    id: 'cmdb-orphans',
    title: 'Items that serve nothing',
    formula:
      'Of the items in use at the end of the period, those that help to deliver no service and that nothing depends on.',
    population: inUse,
  }),
  metric('duplicate', {
    id: 'cmdb-duplicates',
    title: 'Items recorded twice',
    formula: 'Of the items at the end of the period, those that share name, serial number or source with another one.',
    population: 'n counts the items that were not retired or disposed of at the end of the period.',
  }),
  metric('incomplete', {
    id: 'cmdb-incomplete',
    title: 'Items without what is required',
    formula:
      'Of the items in use at the end of the period, those that lack criticality, environment or source of truth.',
    population: inUse,
  }),
]
