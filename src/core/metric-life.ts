import type { ClockedRecord } from './clock-event.ts'
import { indexRecords, type RecordIndex } from './facts.ts'
import { type Instant, parseInstant, type Seconds } from './instant.ts'
import { shareOf } from './kpi-figure.ts'
import { addTo } from './lists-by-key.ts'
import {
  type Figure,
  type Metric,
  type MetricFacts,
  nothing,
  type ScopeKey,
  shareFigure,
  timeFigure,
} from './metric.ts'
import { oncePerFacts, type Population, populationOf, valuesIn } from './metric-population.ts'
import { once } from './once.ts'
import { isWithin } from './period.ts'
import { type Data, textAt } from './record.ts'
import type { TimeSpan } from './time-span.ts'
import type { Moment } from './timeline.ts'

/** What became of a record up to the as-of instant. */
export interface RecordLife {
  readonly type: string
  readonly id: string
  /** As it stood at the as-of instant. */
  readonly data: Data
  /** At least one. */
  readonly moments: readonly Moment[]
  /** The earlier of the declared `opened_at` and its first record. */
  readonly start: Instant
}

const lives = oncePerFacts((facts): ReadonlyMap<string, readonly RecordLife[]> => {
  const byType = new Map<string, RecordLife[]>()
  for (const record of facts.records) {
    const isWhole = (record.moments.at(-1)?.recorded ?? 0) <= facts.asOf
    const life = isWhole ? wholeLife(record) : lifeOf(record, facts.asOf)
    if (life) addTo(byType, record.type, life)
  }
  return byType
})

function lifeOf({ type, id, moments: all }: ClockedRecord, asOf: Instant): RecordLife | undefined {
  const isWhole = (all.at(-1)?.recorded ?? 0) <= asOf
  const moments = isWhole ? all : all.filter(({ recorded }) => recorded <= asOf)
  const [first, last] = [moments[0], moments.at(-1)]
  if (!first || !last) return undefined
  const opened = parseInstant(textAt(first.data, 'opened_at') ?? '') ?? first.recorded
  return { type, id, data: last.data, moments, start: Math.min(opened, first.recorded) }
}

/** What became of a record in the end: the same at every instant from then on. */
const wholeLife = once((record: ClockedRecord) => lifeOf(record, Number.POSITIVE_INFINITY))

function belonging(key: ScopeKey, { data }: RecordLife): readonly string[] {
  return valuesIn(key, data)
}

/** The lives of all records, cancelled ones among them. */
export const everyLife: (facts: MetricFacts) => Population<RecordLife> = oncePerFacts((facts) =>
  populationOf([...lives(facts).values()].flat(), belonging),
)

/** Configuration items as they stood at the as-of instant. */
export const itemsKnown: (facts: MetricFacts) => RecordIndex = oncePerFacts((facts) =>
  indexRecords(
    (lives(facts).get('ci') ?? []).map(({ type, id, data }) => ({ type, id, file: `records/ci/${id}.yaml`, data })),
  ),
)

/** The lives of the records of a type that were not cancelled. */
export function livesOf(type: string): (facts: MetricFacts) => Population<RecordLife> {
  return oncePerFacts((facts) =>
    populationOf(
      (lives(facts).get(type) ?? []).filter(({ moments }) => moments.at(-1)?.state !== 'cancelled'),
      belonging,
    ),
  )
}

/** When a record first stood in one of some states. */
export function firstIn({ moments }: Pick<RecordLife, 'moments'>, states: readonly string[]): Instant | undefined {
  return moments.find(({ state }) => states.includes(state))?.recorded
}

/** When a record came into one of some states to stay there until a stretch of time was over. */
export function stayedIn(
  { moments }: Pick<RecordLife, 'moments'>,
  states: readonly string[],
  { until }: TimeSpan,
): Instant | undefined {
  let since: Instant | undefined
  for (const { state, recorded } of moments) {
    if (recorded >= until) break
    since = states.includes(state) ? (since ?? recorded) : undefined
  }
  return since
}

/** A stretch that a record brought to an end. */
export interface Ended {
  readonly length: Seconds
  readonly at: Instant
}

/** The stays in some states that came to an end. */
export function staysIn({ moments }: Pick<RecordLife, 'moments'>, states: readonly string[]): readonly Ended[] {
  const found: Ended[] = []
  let since: Instant | undefined
  for (const { state, recorded } of moments) {
    if (states.includes(state)) since ??= recorded
    else if (since !== undefined) {
      found.push({ length: recorded - since, at: recorded })
      since = undefined
    }
  }
  return found
}

/** From the start of a record until it first stood in one of some states. */
export function untilFirst(life: RecordLife, states: readonly string[]): readonly Ended[] {
  const at = firstIn(life, states)
  return at === undefined ? [] : [{ length: at - life.start, at }]
}

type Lives = ReturnType<typeof livesOf>

/** Which lives a family of figures is taken over, and what it can be broken down by. */
export interface LifeFamily {
  readonly lives: Lives
  readonly scopes: readonly ScopeKey[]
}

type Text = Omit<Metric, 'scopes' | 'measure'>

/** A figure of the lives of a family; none before the history begins. */
export function lifeMetric(
  { lives: of, scopes }: LifeFamily,
  text: Text,
  figure: (among: readonly RecordLife[], span: TimeSpan, facts: MetricFacts) => Figure,
): Metric {
  return {
    ...text,
    scopes,
    measure: (facts, { span, scope }) =>
      span.until <= facts.since ? nothing : figure(of(facts).within(scope), span, facts),
  }
}

/** A figure of how long something took, over what ended in the period. */
export function lifeTime(
  family: LifeFamily,
  text: Omit<Text, 'unit'>,
  ended: (life: RecordLife) => readonly Ended[],
): Metric {
  return lifeMetric(family, { ...text, unit: 'time' }, (among, span) =>
    timeFigure(among.flatMap((life) => ended(life).flatMap(({ length, at }) => (isWithin(span, at) ? [length] : [])))),
  )
}

/** A share of the lives that something happened to in the period. */
export function lifeShare(
  family: LifeFamily,
  text: Omit<Text, 'unit'>,
  happened: (life: RecordLife, span: TimeSpan) => Instant | undefined,
  holds: (life: RecordLife, facts: MetricFacts) => boolean,
): Metric {
  return lifeMetric(family, { ...text, unit: 'share' }, (among, span, facts) =>
    shareFigure(shareOf(happenedIn(among, span, happened), (life) => holds(life, facts))),
  )
}

/** The lives that something happened to in the period. */
export function happenedIn(
  among: readonly RecordLife[],
  span: TimeSpan,
  happened: (life: RecordLife, span: TimeSpan) => Instant | undefined,
): readonly RecordLife[] {
  return among.filter((life) => {
    const at = happened(life, span)
    return at !== undefined && isWithin(span, at)
  })
}
