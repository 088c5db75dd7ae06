import { type Instant, parseInstant } from '../core/instant.ts'
import { isData, isFilled, listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

const over: readonly (string | undefined)[] = ['resolved', 'closed']

/**
 * An outage ends after it began, ends once its incident is resolved, and no second of a service is told twice.
 *
 * Availability adds outages up; a second told twice would count twice. An outage runs up to, not through, its end, so
 * one may begin where the other ends.
 */
export const outageIsConsistent: Rule = {
  id: 'outage-is-consistent',
  severity: 'error',
  summary: 'Outages of an incident end after they begin, do not overlap, and are over once it is resolved',
  local: true,
  *check({ records }) {
    for (const { id, file, data } of records.ofType('incident')) {
      const before: { readonly service: string; readonly from: Instant; readonly to: Instant; readonly at: number }[] =
        []
      for (const [index, outage] of listAt(data, 'outage').entries()) {
        if (!isData(outage)) continue
        const [service, from] = [textAt(outage, 'service') ?? '', parseInstant(textAt(outage, 'from') ?? '')]
        const to = parseInstant(textAt(outage, 'to') ?? '') ?? Number.POSITIVE_INFINITY
        const place = { file, route: ['outage', index] }
        if (from === undefined) continue
        if (to <= from) {
          yield {
            message: `The outage of ${service} ends before it begins`,
            place: { file, route: ['outage', index, 'to'] },
            hint: 'Let from be its first second and to the first at which the service worked again',
          }
          continue
        }
        if (!isFilled(outage['to']) && over.includes(textAt(data, 'state'))) {
          yield {
            message: `${id} is ${textAt(data, 'state')}, but the outage of ${service} has no end`,
            place,
            hint: 'Add to, when the service worked again',
          }
        }
        const twin = before.find((other) => other.service === service && other.from < to && from < other.to)
        if (twin) {
          yield {
            message: `This outage of ${service} overlaps another`,
            place,
            hint: 'Join them, or let one begin where the other ends',
            related: [{ place: { file, route: ['outage', twin.at] }, message: 'The other is here' }],
          }
        }
        before.push({ service, from, to, at: index })
      }
    }
  },
}
