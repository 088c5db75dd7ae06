import { type Assignment, assignments } from './assignment-time.ts'
import type { Seconds } from './instant.ts'
import { type Metric, nothing, timeFigure } from './metric.ts'
import { everyLife, type RecordLife } from './metric-life.ts'
import { oncePerFacts, populationOf, valuesIn } from './metric-population.ts'
import { once } from './once.ts'
import { isWithin } from './period.ts'
import type { Data } from './record.ts'
import { recordingSkews } from './recording-skew.ts'
import { overlap, type TimeSpan } from './time-span.ts'
import type { Moment } from './timeline.ts'

/** A record with all the stretches that teams had it for; it belongs to each of these teams. */
interface Assigned {
  readonly data: Data
  readonly stretches: readonly Assignment[]
}

const assigned = oncePerFacts((facts) =>
  populationOf(
    everyLife(facts).all.flatMap((life): readonly Assigned[] => {
      const stretches = stretchesOf(life)
      return stretches.length === 0 ? [] : [{ data: life.data, stretches }]
    }),
    (key, { data, stretches }) =>
      key === 'team' ? [...new Set(stretches.map(({ team }) => team))] : valuesIn(key, data),
  ),
)

const stretchesOf = once(({ moments }: RecordLife) => assignments(moments))

const teamTime: Metric = {
  id: 'team-time',
  title: 'Time with teams',
  unit: 'time',
  better: 'down',
  formula:
    'Wall-clock time within the period that open records were assigned to a team, by assignment history, added up.',
  population:
    'n counts the records, of any type with a field team. Cancelled ones are among them, because they took time too. Of a stretch that crosses the period, what lies in it counts.',
  source: 'GitSM',
  scopes: ['service', 'team', 'ci'],
  measure(facts, { span, scope }) {
    const known = overlap(span, { from: facts.since, until: facts.asOf })
    if (!known) return nothing
    const times = assigned(facts)
      .within(scope)
      .map(({ stretches }) => timeWithin(stretches, known, scope.team))
      .filter((time) => time > 0)
    if (times.length === 0) return nothing
    return { ...nothing, value: times.reduce((sum, time) => sum + time, 0) / 3600, n: times.length }
  },
}

function timeWithin(stretches: readonly Assignment[], span: TimeSpan, team: string | undefined): Seconds {
  return stretches.reduce((sum, { team: own, from, until }) => {
    const shared = team === undefined || team === own ? overlap(span, { from, until: until ?? span.until }) : undefined
    return shared ? sum + shared.until - shared.from : sum
  }, 0)
}

const recordingSkew: Metric = {
  id: 'recording-skew',
  title: 'Time until recorded',
  unit: 'time',
  better: 'down',
  formula:
    'How much later steps were recorded than the records declare them, of those recorded in the period; negative for declared times in the future.',
  population:
    'n counts the steps, of records of any type, that declare a time; those of cancelled records are among them.',
  source: 'GitSM',
  scopes: ['service', 'team', 'ci'],
  measure(facts, { span, scope }) {
    if (span.until <= facts.since) return nothing
    return timeFigure(
      everyLife(facts)
        .within(scope)
        .filter(({ moments }) => touches(moments, span))
        .flatMap(({ moments }) => recordingSkews(moments, ({ recorded }) => isWithin(span, recorded))),
    )
  },
}

/** Whether moments, which are in order, may lie in a stretch of time. */
function touches(moments: readonly Moment[], { from, until }: TimeSpan): boolean {
  return (moments[0]?.recorded ?? until) < until && (moments.at(-1)?.recorded ?? from) >= from
}

/** How long teams have records of any type, and how late their steps are recorded. */
export const recordMetrics: readonly Metric[] = [teamTime, recordingSkew]
