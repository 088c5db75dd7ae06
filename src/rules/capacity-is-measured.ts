import { isData, listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { mainColumn } from '../core/series.ts'

/**
 * A limit of what a service can carry is held against a series that its measurement has; else it never warns anybody.
 */
export const capacityIsMeasured: Rule = {
  id: 'capacity-is-measured',
  severity: 'error',
  summary: 'Limits of capacity name a series that their measurement has',
  local: true,
  *check({ records, series = new Map() }) {
    for (const { file, data } of records.ofType('service')) {
      for (const [index, limit] of listAt(data, 'capacity').entries()) {
        if (!isData(limit)) continue
        const measurement = textAt(limit, 'measurement') ?? ''
        const name = textAt(limit, 'series') ?? mainColumn
        const columns = series.get(measurement)?.columns
        if (!columns || columns.includes(name)) continue
        yield {
          message: `${measurement} has no column ${name}`,
          place: { file, route: ['capacity', index, 'series'] },
          hint: `Choose one of ${columns.join(', ')}`,
        }
      }
    }
  },
}
