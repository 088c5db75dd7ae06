import { assignments } from './assignment-time.ts'
import type { Seconds } from './instant.ts'
import { type Metric, nothing, timeFigure } from './metric.ts'
import { livesOf } from './metric-stay.ts'
import { isWithin } from './period.ts'
import { recordingSkews } from './recording-skew.ts'
import { overlap, type TimeSpan } from './time-span.ts'
import type { Moment } from './timeline.ts'

const teamTime: Metric = {
  id: 'team-time',
  title: 'Time with teams',
  unit: 'time',
  better: 'down',
  formula:
    'Wall-clock time within the period that open records were assigned to a team, by assignment history, added up; n counts the records.',
  scopes: ['service', 'team'],
  measure(facts, { span, scope: { service, team } }) {
    const known = overlap(span, { from: facts.since, until: facts.asOf })
    if (!known) return nothing
    const times = livesOf(facts, service === undefined ? {} : { service }).flatMap((moments) => {
      const time = timeWithin(moments, known, team)
      return time > 0 ? [time] : []
    })
    if (times.length === 0) return nothing
    return { ...nothing, value: times.reduce((sum, time) => sum + time, 0) / 3600, n: times.length }
  },
}

function timeWithin(moments: readonly Moment[], span: TimeSpan, team: string | undefined): Seconds {
  return assignments(moments).reduce((sum, { team: own, from, until }) => {
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
    'How much later steps were recorded than the records declare them, of those recorded in the period that declare a time; negative for declared times in the future.',
  scopes: ['service', 'team'],
  measure(facts, { span, scope }) {
    if (span.until <= facts.since) return nothing
    return timeFigure(
      livesOf(facts, scope).flatMap((moments) => recordingSkews(moments, ({ recorded }) => isWithin(span, recorded))),
    )
  },
}

/** How long teams have records of any type, and how late their steps are recorded. */
export const recordMetrics: readonly Metric[] = [teamTime, recordingSkew]
