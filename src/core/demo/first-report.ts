import { formatInstant } from '../instant.ts'
import type { Data } from '../record.ts'
import { processId } from '../record-id.ts'
import { type Matrix, priorityOf } from '../sla.ts'
import type { Chance } from './chance.ts'
import type { Crew, Person } from './crew.ts'
import type { Occurrence } from './occurrence.ts'
import { filled, releaseOn, reporters } from './words.ts'

/** An incident as it is reported, before it has a state. */
export interface FirstReport {
  readonly data: Data & {
    readonly id: string
    readonly title: string
    readonly impact: string
    readonly origin: string
  }
  /** Who writes it down. */
  readonly desk: Person
  /** Who will take it. */
  readonly worker: Person
}

/** How an occurrence is reported: by a machine, by one of the staff, or by someone who calls or writes to the desk. */
export function firstReport(
  { symptom, at, event }: Occurrence,
  crew: Crew,
  matrix: Matrix | undefined,
  luck: Chance,
): FirstReport {
  const [first, ...others] = symptom.cis
  const ci = symptom.single && first !== undefined ? luck.pick([first, ...others]) : undefined
  const cis = ci === undefined ? symptom.cis : [ci]
  const own = {
    release: releaseOn(formatInstant(at).slice(0, 10)),
    ...(event !== undefined && { event }),
    ...(ci !== undefined && { ci }),
  }
  const origin = luck.pick(symptom.origins)
  const worker = crew.someone(symptom.team, luck)
  const desk = origin === 'monitoring' || origin === 'direct' ? worker : crew.someone('service-desk', luck)
  const { impact, urgency } = symptom
  const data = {
    id: processId(
      'INC',
      at,
      Uint8Array.from({ length: 4 }, () => luck.between(0, 255)),
    ),
    title: filled(luck.pick(symptom.titles), luck, own),
    service: symptom.service,
    ...(cis.length > 0 && { cis }),
    impact,
    urgency,
    priority: priorityOf({ impact, urgency }, matrix),
    reporter: origin === 'monitoring' ? origin : origin === 'direct' ? desk.login : luck.pick(reporters),
    team: symptom.team,
    opened_at: formatInstant(at),
    ...(luck.percent(60) && { detected_at: formatInstant(at - luck.between(1, 25) * 60) }),
    description: `${filled(luck.pick(symptom.observed), luck, own)}\n`,
    category: symptom.category,
    origin,
  }
  return { data, desk, worker }
}
