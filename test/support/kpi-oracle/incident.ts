import type { Data } from '../../../src/core/record.ts'
import {
  type Answer,
  type Asked,
  belongs,
  count,
  hours,
  isIn,
  none,
  ofType,
  share,
  spread,
  startOf,
  stepsOf,
  type ToldRecord,
  type ToldStep,
  texts,
} from './told.ts'

/** An incident as it stood when the period was over. */
interface Stood {
  readonly record: ToldRecord
  /** Recorded before the end of the period, and by the as-of instant. */
  readonly steps: readonly ToldStep[]
  readonly start: number
  readonly data: Data
  readonly state: string
}

function stood(asked: Asked, everywhere = false): readonly Stood[] {
  const found: Stood[] = []
  for (const record of ofType(asked, 'incident')) {
    const start = startOf(record)
    const steps = stepsOf(record, asked).filter(({ at }) => at < asked.until)
    if (start >= asked.until || start > asked.asOf) continue
    const last = steps.at(-1) ?? record.steps[0]
    if (!last) continue
    const state = steps.length === 0 ? 'new' : last.state
    if (everywhere || belongs(last.fields, asked.where)) found.push({ record, steps, start, data: last.fields, state })
  }
  return found
}

const isDone = (state: string): boolean => state === 'resolved' || state === 'closed'

/** When it was resolved for good. */
function resolvedAt({ steps }: Stood): number | undefined {
  let at: number | undefined
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index]
    if (!step || !isDone(step.state)) break
    at = step.at
  }
  return at
}

const opened = (asked: Asked) => stood(asked).filter(({ start }) => isIn(asked, start))
const resolved = (asked: Asked) => stood(asked).filter((each) => isIn(asked, resolvedAt(each)))
const open = (asked: Asked) =>
  stood(asked).filter((each) => resolvedAt(each) === undefined && each.state !== 'cancelled')
const took = (each: Stood): number => Math.max(0, (resolvedAt(each) ?? 0) - each.start)
const ages = (asked: Asked) => open(asked).map(({ start }) => Math.max(0, Math.min(asked.until, asked.asOf) - start))

function aged(from: number, to: number) {
  return (asked: Asked): Answer => count(ages(asked).filter((age) => age / 86_400 >= from && age / 86_400 < to).length)
}

/** When each was first taken up, with its start. */
function taken(asked: Asked): readonly (readonly [number, number])[] {
  return stood(asked).flatMap(({ steps, start }) => {
    const step = steps.find(({ state }) => state !== 'new' && state !== 'cancelled')
    return step && isIn(asked, step.at) ? [[start, step.at] as const] : []
  })
}

/** Seconds from Monday to Friday, 9:00 to 17:00 UTC, looked at hour by hour. */
function officeSeconds(from: number, until: number): number {
  let sum = 0
  for (let hour = Math.floor(from / 3600) * 3600; hour < until; hour += 3600) {
    const date = new Date(hour * 1000)
    const isOpen = date.getUTCDay() % 6 > 0 && date.getUTCHours() >= 9 && date.getUTCHours() < 17
    if (isOpen) sum += Math.min(hour + 3600, until) - Math.max(hour, from)
  }
  return sum
}

function held(asked: Asked): Answer {
  const end = Math.min(asked.until, asked.asOf)
  let [sum, n] = [0, 0]
  for (const { steps } of stood(asked)) {
    let own = 0
    steps.forEach(({ state, at }, index) => {
      if (state !== 'on_hold') return
      const next = steps[index + 1]?.at ?? end
      own += Math.max(0, Math.min(next, end) - Math.max(at, asked.from))
    })
    if (own > 0) n++
    sum += own
  }
  return n === 0 ? none : { ...none, value: sum / 3600, n }
}

/** How often the team was replaced until the end of the period. */
function handovers({ steps }: Stood): number {
  const teams = steps.flatMap(({ fields }) => texts(fields['team']))
  return teams.filter((team, index) => index > 0 && team !== teams[index - 1]).length
}

function reopened({ steps }: Stood): boolean {
  return steps.some(({ state }, index) => !isDone(state) && isDone(steps[index - 1]?.state ?? ''))
}

function atOnce(each: Stood): boolean {
  const until = resolvedAt(each) ?? 0
  const steps = each.steps.filter(({ at }) => at <= until)
  const people = new Set(steps.flatMap(({ fields }) => texts(fields['assignee'])))
  const direct = steps.every(({ state }) => ['new', 'in_progress', 'resolved', 'closed'].includes(state))
  return direct && people.size < 2 && !reopened(each) && handovers(each) === 0 && took(each) <= 3600
}

function repeats(asked: Asked): Answer {
  const key = ({ data }: Stood) =>
    JSON.stringify([data['service'], [...texts(data['cis'])].sort(), data['category'] ?? ''])
  const all = stood(asked, true)
  let [hits, n] = [0, 0]
  for (const one of opened(asked)) {
    if (texts(one.data['cis']).length === 0) continue
    n++
    const again = all.some((other) => {
      const at = resolvedAt(other)
      return key(other) === key(one) && at !== undefined && at < one.start && at > one.start - 30 * 86_400
    })
    if (again) hits++
  }
  return share(hits, n)
}

const shareOfResolved =
  (holds: (each: Stood) => boolean) =>
  (asked: Asked): Answer =>
    share(resolved(asked).filter(holds).length, resolved(asked).length)
const shareOfOpened =
  (holds: (each: Stood) => boolean) =>
  (asked: Asked): Answer =>
    share(opened(asked).filter(holds).length, opened(asked).length)
const scores = (asked: Asked) =>
  resolved(asked).flatMap(({ data }) => (typeof data['satisfaction'] === 'number' ? [data['satisfaction']] : []))

export const incidentAnswers: { readonly [id: string]: (asked: Asked) => Answer } = {
  opened: (asked) => count(opened(asked).length),
  resolved: (asked) => count(resolved(asked).length),
  backlog: (asked) => count(open(asked).length),
  'backlog-growth': (asked) => ({
    ...none,
    value: opened(asked).length - resolved(asked).length,
    n: opened(asked).length + resolved(asked).length,
  }),
  'backlog-age': (asked) => hours(ages(asked)),
  'backlog-0-1-days': aged(0, 2),
  'backlog-2-5-days': aged(2, 6),
  'backlog-6-10-days': aged(6, 11),
  'backlog-11-30-days': aged(11, 31),
  'backlog-over-30-days': aged(31, 1e9),
  mttr: (asked) => hours(resolved(asked).map(took)),
  'mttr-p1': (asked) =>
    hours(
      resolved(asked)
        .filter(({ data }) => data['priority'] === 'P1')
        .map(took),
    ),
  mtta: (asked) => hours(taken(asked).map(([start, at]) => Math.max(0, at - start))),
  'mtta-business': (asked) => hours(taken(asked).map(([start, at]) => officeSeconds(start, at))),
  'hold-time': held,
  'first-contact-resolution': shareOfResolved(atOnce),
  'first-assignment': shareOfResolved((each) => handovers(each) === 0),
  reassignments: (asked) => {
    const n = resolved(asked).length
    return n === 0 ? none : { ...none, n, value: resolved(asked).reduce((sum, each) => sum + handovers(each), 0) }
  },
  'reopen-rate': shareOfResolved(reopened),
  'repeat-incidents': repeats,
  'resolved-with-knowledge': shareOfResolved(({ data }) => texts(data['knowledge']).length > 0),
  'resolved-with-problem': shareOfResolved(({ data }) => texts(data['problem']).length > 0),
  'change-caused-incidents': shareOfOpened(({ data }) => texts(data['caused_by']).length > 0),
  'retrospective-incidents': shareOfOpened(({ record: { steps } }) =>
    steps.some(({ state, at }) => isDone(state) && at === steps[0]?.at),
  ),
  satisfaction: (asked) => spread(scores(asked)),
  'satisfaction-response': (asked) => share(scores(asked).length, resolved(asked).length),
}
