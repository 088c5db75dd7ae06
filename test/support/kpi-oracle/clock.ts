import type { Reading } from '../../../src/core/reading.ts'
import {
  type Answer,
  type Asked,
  belongs,
  count,
  hours,
  isIn,
  lastOf,
  none,
  ofType,
  share,
  type ToldRecord,
  texts,
  when,
} from './told.ts'

/** The clocks that count, with their records. */
function clocks(asked: Asked, type?: string): readonly Reading[] {
  const found: Reading[] = []
  for (const reading of asked.readings) {
    const record = asked.told.find(({ id }) => id === reading.record)
    const kept = record && ofType(asked, record.type).find(({ id }) => id === record.id)
    if (!kept || (type !== undefined && kept.type !== type) || reading.status === 'cancelled') continue
    const { priority, ...where } = asked.where
    if (priority !== undefined && priority !== reading.priority) continue
    if (belongs(lastOf(kept), where)) found.push(reading)
  }
  return found
}

function met(among: (asked: Asked) => readonly Reading[], retrospective = false) {
  return (asked: Asked): Answer => {
    const over = among(asked).filter(
      ({ stop, retrospective: late }) => isIn(asked, stop ?? undefined) && late === retrospective,
    )
    return share(over.filter(({ status }) => status !== 'breached').length, over.length)
  }
}

const target = (name: string) => (asked: Asked) => clocks(asked).filter((each) => each.target === name)
const type = (name: string) => (asked: Asked) => clocks(asked, name)
const every = (asked: Asked) => clocks(asked)

export const clockAnswers: { readonly [id: string]: (asked: Asked) => Answer } = {
  'sla-compliance': met(every),
  'response-targets-met': met(target('response')),
  'resolution-targets-met': met(target('resolution')),
  'incident-targets-met': met(type('incident')),
  'request-targets-met': met(type('request')),
  'problem-targets-met': met(type('problem')),
  'change-targets-met': met(type('change')),
  'retrospective-targets-met': met(every, true),
  'near-misses': (asked) =>
    count(
      clocks(asked).filter(
        ({ stop, status, retrospective, elapsed, allowed }) =>
          isIn(asked, stop ?? undefined) && status === 'met' && !retrospective && elapsed / allowed >= 0.9,
      ).length,
    ),
  'sla-breached-open': (asked) =>
    count(clocks(asked).filter(({ stop, status }) => stop === null && status === 'breached').length),
  'at-risk': (asked) =>
    count(clocks(asked).filter(({ stop, status, atRisk }) => stop === null && status !== 'breached' && atRisk).length),
}

type Down = readonly [from: number, until: number]

/** When a service was down, as the incidents tell that are asked about; what they tell twice, once. */
function downs(asked: Asked, service: string): readonly Down[] {
  const { service: _, ...where } = asked.where
  const told: Down[] = []
  for (const record of ofType(asked, 'incident')) {
    const data = lastOf(record)
    if (!belongs(data, where)) continue
    for (const outage of outagesOf(data['outage'])) {
      const from = when(outage.from)
      const until = Math.min(when(outage.to) ?? asked.asOf, asked.asOf)
      if ((outage.service ?? data['service']) === service && from !== undefined && from < until)
        told.push([from, until])
    }
  }
  // Outages that touch are made one, until no two are left that do.
  for (;;) {
    const pair = told.flatMap((a, i) =>
      told.flatMap((b, j) => (i < j && a[0] <= b[1] && b[0] <= a[1] ? [[a, b]] : [])),
    )[0]
    if (!pair?.[0] || !pair[1]) return told.sort((a, b) => a[0] - b[0])
    const [a, b] = pair
    told.splice(told.indexOf(a), 1)
    told.splice(told.indexOf(b), 1)
    told.push([Math.min(a[0], b[0]), Math.max(a[1], b[1])])
  }
}

interface ToldOutage {
  readonly service?: string
  readonly from?: string
  readonly to?: string
}

function outagesOf(value: unknown): readonly ToldOutage[] {
  return Array.isArray(value) ? value : []
}

/** The services in question, each with its outages, and the stretch that is known of the period; none where nothing is. */
function services(asked: Asked): readonly { readonly downs: readonly Down[]; readonly known: Down }[] {
  const known: Down = [Math.max(asked.from, asked.since), Math.min(asked.until, asked.asOf)]
  const isTold = asked.told.some(
    ({ type, id }) => type === 'service' && downs({ ...asked, where: {} }, id).some(([from]) => from < known[1]),
  )
  if (known[0] >= known[1] || !isTold) return []
  const { service } = asked.where
  const ids = asked.told
    .filter(({ type: kind }) => kind === 'service')
    .filter(({ id, steps }) => steps.at(-1)?.state === 'operational' && (service === undefined || id === service))
  const { team, priority, ci } = asked.where
  const all = ids.map(({ id }) => ({ downs: downs(asked, id), known }))
  return (team ?? priority ?? ci) === undefined ? all : all.filter((each) => each.downs.length > 0)
}

function overlapOf([a, b]: Down, [c, d]: Down): number {
  return Math.max(0, Math.min(b, d) - Math.max(a, c))
}

function overServices(figure: (found: ReturnType<typeof services>) => Answer) {
  return (asked: Asked): Answer => {
    const found = services(asked)
    return found.length === 0 ? none : figure(found)
  }
}

function isKnown([from, until]: Down, at: number): boolean {
  return from <= at && at < until
}

export const outageAnswers: { readonly [id: string]: (asked: Asked) => Answer } = {
  availability: overServices((found) => {
    let [agreed, down] = [0, 0]
    for (const { downs: all, known } of found) {
      agreed += known[1] - known[0]
      for (const each of all) down += overlapOf(each, known)
    }
    return { ...none, value: 100 - (100 * down) / agreed, n: found.length }
  }),
  downtime: overServices((found) => ({
    ...none,
    value: found
      .flatMap(({ downs: all, known }) => all.map((each) => overlapOf(each, known) / 3600))
      .reduce((a, b) => a + b, 0),
    n: found.length,
  })),
  outages: overServices((found) =>
    count(found.flatMap(({ downs: all, known }) => all.filter(([from]) => isKnown(known, from))).length),
  ),
  mtrs: overServices((found) =>
    hours(
      found.flatMap(({ downs: all, known }) => all.flatMap(([from, to]) => (isKnown(known, to) ? [to - from] : []))),
    ),
  ),
  mtbf: overServices((found) =>
    hours(
      found.flatMap(({ downs: all, known }) =>
        all.slice(1).flatMap(([from], index) => (isKnown(known, from) ? [from - (all[index]?.[1] ?? 0)] : [])),
      ),
    ),
  ),
  mtbsi: overServices((found) =>
    hours(
      found.flatMap(({ downs: all, known }) =>
        all.slice(1).flatMap(([from], index) => (isKnown(known, from) ? [from - (all[index]?.[0] ?? 0)] : [])),
      ),
    ),
  ),
  mttd: (asked) => {
    if (asked.until <= asked.since) return none
    const found: number[] = []
    for (const record of ofType(asked, 'incident')) {
      const data = lastOf(record)
      const begun = outagesOf(data['outage']).flatMap(({ service, from, to }) => {
        if ((service ?? data['service']) === undefined) return []
        const begin = when(from)
        return begin !== undefined && begin < Math.min(when(to) ?? asked.asOf, asked.asOf) ? [begin] : []
      })
      const seen = when(data['detected_at'])
      if (begun.length === 0 || seen === undefined || seen > asked.asOf || !belongs(data, asked.where)) continue
      const begin = Math.min(...begun)
      if (isIn(asked, begin)) found.push(seen < begin ? 0 : seen - begin)
    }
    return hours(found)
  },
}

/** The services of the items that a change names. */
export function servicesOfItems(asked: Asked, change: ToldRecord): readonly string[] {
  const found: string[] = []
  for (const ci of texts(lastOf(change)['cis'])) {
    for (const item of asked.told) {
      const known =
        item.type === 'ci' && item.id === ci ? item.steps.filter(({ at }) => at <= asked.asOf).at(-1) : undefined
      if (known) found.push(...texts(known.fields['services']))
    }
  }
  return found
}
