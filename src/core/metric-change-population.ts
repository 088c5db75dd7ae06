import type { Instant } from './instant.ts'
import { countedIncidents } from './kpi-life.ts'
import { addTo } from './lists-by-key.ts'
import type { MetricFacts } from './metric.ts'
import { firstIn, itemsKnown, type LifeFamily, livesOf, type RecordLife } from './metric-life.ts'
import { oncePerFacts, populationOf, valuesIn } from './metric-population.ts'
import { type Data, textAt, textsAt } from './record.ts'
import type { IncidentFacts } from './report.ts'

const counted = livesOf('change')

/** The changes that were not cancelled. Those of a service are the ones that list it, or an item that serves it. */
export const changes: LifeFamily = {
  lives: oncePerFacts((facts) =>
    populationOf(counted(facts).all, (key, { data }) => {
      const own = valuesIn(key, data)
      if (key !== 'service') return own
      const items = textsAt(data, 'cis').flatMap((ci): readonly Data[] => {
        const item = itemsKnown(facts).find('ci', ci)
        return item ? [item.data] : []
      })
      return [...new Set([...own, ...items.flatMap((item) => valuesIn(key, item))])]
    }),
  ),
  scopes: ['service', 'team', 'ci'],
}

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
    addTo(causedBy, change, id)
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

/** When the work of a change was first over. */
export function workEnded(life: RecordLife): Instant | undefined {
  return firstIn(life, ['review', 'closed'])
}

/** When a change was first carried out; one that was found to have happened, when it was found. */
export function carriedOut({ data, moments }: RecordLife): Instant | undefined {
  return data['unauthorised'] === true
    ? moments.find((moment) => moment.data['unauthorised'] === true)?.recorded
    : firstIn({ moments }, ['implement', 'review', 'closed'])
}

/** When a change was closed. */
export function closed(life: RecordLife): Instant | undefined {
  return firstIn(life, ['closed'])
}

/** When a change was first scheduled. */
export function scheduled(life: RecordLife): Instant | undefined {
  return firstIn(life, ['scheduled'])
}

/** The population of figures of closed changes. */
export const closedText =
  'n counts the changes closed in the period, whenever they were opened; open, cancelled and rejected ones are left out.'
/** The population of figures of changes that were carried out. */
export const doneText =
  'n counts the changes first carried out in the period, those under way among them; cancelled ones are left out. An unauthorised one counts from when it was found.'

/** The population of figures of changes whose work is over. */
export const endedText =
  'n counts the changes, whenever they were opened; those under way and cancelled ones are left out.'
