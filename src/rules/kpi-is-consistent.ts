import { unitText } from '../core/metric.ts'
import { metricOf, metrics } from '../core/metric-catalogue.ts'
import { nearest } from '../core/nearest.ts'
import { isData, type RecordDoc, textAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'
import { mainColumn, type Series } from '../core/series.ts'

/**
 * A KPI is measured by what it names, in its unit and direction.
 *
 * A target in minutes beside a figure in hours, or a scope that nothing restricts, would be a wrong number that looks
 * right.
 */
export const kpiIsConsistent: Rule = {
  id: 'kpi-is-consistent',
  severity: 'error',
  summary: 'A KPI names a formula or a measurement that exists, with its unit, direction and scope',
  local: true,
  consults: { kpi: ['measurement'] },
  *check({ records, series = new Map() }) {
    for (const kpi of records.ofType('kpi')) {
      const [formula, measurement] = [textAt(kpi.data, 'formula'), textAt(kpi.data, 'measurement')]
      if (formula !== undefined && measurement !== undefined) {
        const hint = 'Keep formula or measurement, and make the other a KPI of its own'
        yield at(kpi, 'measurement', 'A KPI is taken from a formula or from a measurement, not from both', hint)
      } else if (formula !== undefined) yield* formulaFindings(kpi, formula)
      else if (measurement !== undefined) {
        const measured = records.find('measurement', measurement)
        if (measured) yield* measurementFindings(kpi, measured, series.get(measurement))
      }
      if (formula === undefined && measurement === undefined) yield* strays(kpi, ['scope', 'calendar'], 'formula')
      if (measurement === undefined) yield* strays(kpi, ['aggregation', 'column'], 'measurement')
      if (kpi.data['missing'] !== undefined && (formula !== undefined || measurement !== undefined)) {
        yield at(kpi, 'missing', 'This KPI can be measured, so nothing is missing', 'Remove missing')
      }
    }
  },
}

function* formulaFindings(kpi: RecordDoc, formula: string): Generator<Finding> {
  const metric = metricOf(formula)
  if (!metric) {
    const ids = metrics.map(({ id }) => id)
    const guess = nearest(formula, ids)
    const hint = guess ? `Did you mean ${guess}?` : 'gitsm metrics --list prints the formulas'
    yield at(kpi, 'formula', `The catalogue has no formula ${formula}`, hint)
    return
  }
  const unit = unitText[metric.unit]
  if (textAt(kpi.data, 'unit') !== unit) {
    yield at(kpi, 'unit', `${formula} is measured in ${unit}`, `Write ${unit}, and give the target in it`)
  }
  if (metric.better !== 'none' && kpi.data['direction'] !== metric.better) {
    const hint = `Write ${metric.better}, or choose another formula`
    yield at(kpi, 'direction', `Of ${formula}, ${metric.better === 'up' ? 'more' : 'less'} is better`, hint)
  }
  for (const key of Object.keys(isData(kpi.data['scope']) ? kpi.data['scope'] : {})) {
    if (metric.scopes.some((scope) => scope === key)) continue
    const hint = `Remove it: ${formula} can be restricted to ${metric.scopes.join(', ') || 'nothing'}`
    yield {
      ...at(kpi, 'scope', `${formula} cannot be restricted to a ${key}`, hint),
      place: { file: kpi.file, route: ['scope', key] },
    }
  }
  if (metric.perService && (!isData(kpi.data['scope']) || kpi.data['scope']['service'] === undefined)) {
    const hint = 'Add scope: { service: … }, and a KPI of its own for each further service'
    yield at(kpi, 'formula', `${formula} is a figure of one service, never of several together`, hint)
  }
  if (kpi.data['calendar'] !== undefined && metric.hours !== true) {
    yield at(kpi, 'calendar', `${formula} knows no hours of service`, 'Remove calendar')
  }
}

function* measurementFindings(kpi: RecordDoc, measured: RecordDoc, series: Series | undefined): Generator<Finding> {
  const column = textAt(kpi.data, 'column') ?? mainColumn
  if (kpi.data['aggregation'] === undefined) {
    const hint = 'Add aggregation: mean, median, p90, p95, max, min or sum'
    yield at(kpi, 'measurement', 'It is not said how the values of a period become one figure', hint)
  }
  if (series && !series.columns.includes(column)) {
    yield at(kpi, 'column', `${measured.id} has no column ${column}`, `Choose one of ${series.columns.join(', ')}`)
  }
  const unit = textAt(measured.data, 'unit')
  if (column === mainColumn && unit !== undefined && textAt(kpi.data, 'unit') !== unit) {
    yield at(kpi, 'unit', `${measured.id} is measured in ${unit}`, `Write ${unit}, and give the target in it`)
  }
  yield* strays(kpi, ['scope'], 'formula')
}

function* strays(kpi: RecordDoc, fields: readonly string[], without: string): Generator<Finding> {
  for (const field of fields) {
    if (kpi.data[field] === undefined) continue
    yield at(kpi, field, `${field} says nothing without a ${without}`, `Remove ${field}, or add ${without}`)
  }
}

function at({ file }: RecordDoc, field: string, message: string, hint: string): Finding {
  return { message, place: { file, route: [field] }, hint }
}
