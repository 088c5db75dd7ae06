import type { Data } from '../../../src/core/record.ts'
import {
  type Answer,
  type Asked,
  belongs,
  count,
  first,
  hours,
  isIn,
  lastOf,
  none,
  ofType,
  share,
  spread,
  startOf,
  stays,
  stepsOf,
  type ToldRecord,
  texts,
  when,
} from './told.ts'

function of(type: string) {
  return (asked: Asked) => ofType(asked, type).filter((record) => belongs(lastOf(record), asked.where))
}

const requests = of('request')
const problems = of('problem')
const improvements = of('improvement')

const fulfilledIn = (asked: Asked) => requests(asked).filter((each) => isIn(asked, first(each, 'fulfilled', 'closed')))
const closedImprovements = (asked: Asked) => improvements(asked).filter((each) => isIn(asked, first(each, 'closed')))

function ended(among: (asked: Asked) => readonly ToldRecord[], ...states: readonly string[]) {
  return (asked: Asked): Answer =>
    hours(
      among(asked).flatMap((each) =>
        stays(each, ...states).flatMap(([length, at]) => (isIn(asked, at) ? [length] : [])),
      ),
    )
}

function scores(records: readonly ToldRecord[]): readonly number[] {
  return records.map((each) => lastOf(each)['satisfaction']).filter((each) => typeof each === 'number')
}

function breached(asked: Asked): Answer {
  const all = requests(asked).filter((each) => {
    const late = each.steps.some(({ state, at }) => ['fulfilled', 'closed'].includes(state) && at === each.steps[0]?.at)
    return !late && isIn(asked, first(each, 'closed'))
  })
  const broken = all.filter(({ id }) =>
    asked.readings.some(({ record, kind, status }) => record === id && kind === 'sla' && status === 'breached'),
  )
  return share(broken.length, all.length)
}

/** Problems that were closed in the period and had not been opened again by its end, with when. */
function closedProblems(asked: Asked): readonly (readonly [ToldRecord, number])[] {
  return problems(asked).flatMap((each) => {
    const steps = each.steps.filter(({ at }) => at < asked.until)
    if (steps.at(-1)?.state !== 'closed') return []
    let index = steps.length - 1
    while (steps[index - 1]?.state === 'closed') index--
    const at = steps[index]?.at
    return at !== undefined && isIn(asked, at) ? [[each, at] as const] : []
  })
}

const openedProblems = (asked: Asked) => problems(asked).filter((each) => isIn(asked, startOf(each)))

function delta(data: Data): readonly number[] {
  const [baseline, measured, target] = [
    Number(Object(data['baseline'])['value']),
    Number(data['measured_value']),
    Number(data['target']),
  ]
  if (Number.isNaN(baseline + measured + target) || baseline === 0 || target === baseline) return []
  const moved = ((measured - baseline) / Math.abs(baseline)) * 100
  return [target < baseline ? -moved : moved]
}

/** Items, or services, as they stood when the period was over. */
function stood(asked: Asked, type: string): readonly { readonly id: string; readonly data: Data }[] {
  return asked.told.flatMap((record) => {
    const known = stepsOf(record, asked)
      .filter(({ at }) => at < asked.until)
      .at(-1)
    return record.type === type && known ? [{ id: record.id, data: { ...known.fields, state: known.state } }] : []
  })
}

type Item = ReturnType<typeof stood>[number]

const isThere = ({ data }: Item): boolean => data['state'] !== 'retired' && data['state'] !== 'disposed'

function items(inUse: boolean, fails: (item: Item, all: readonly Item[], asked: Asked) => boolean) {
  return (asked: Asked): Answer => {
    if (asked.until <= asked.since) return none
    const all = stood(asked, 'ci').filter(isThere)
    const looked = all
      .filter(({ data }) => !inUse || data['state'] === 'operational' || data['state'] === 'maintenance')
      .filter(({ data }) => belongs(data, asked.where))
    return share(looked.filter((item) => fails(item, all, asked)).length, looked.length)
  }
}

function isOrphan({ id, data }: Item, all: readonly Item[], asked: Asked): boolean {
  const there = stood(asked, 'service').filter(isThere)
  const serves = texts(data['services']).some((service) => there.some((each) => each.id === service))
  const needed = all.some(
    (other) => Array.isArray(other.data['depends_on']) && other.data['depends_on'].some((each) => each.ci === id),
  )
  return !serves && !needed
}

/** By team, who had a record for how long within the period, over all states in which somebody works on it. */
function teamTime(asked: Asked): Answer {
  const [from, until] = [Math.max(asked.from, asked.since), Math.min(asked.until, asked.asOf)]
  const idle = ['resolved', 'fulfilled', 'closed', 'cancelled', 'rejected', 'retired']
  const { team: wanted, ...where } = asked.where
  let [sum, n] = [0, 0]
  for (const record of asked.told) {
    const steps = stepsOf(record, asked)
    if (steps.length === 0 || !belongs(steps.at(-1)?.fields ?? {}, where)) continue
    let own = 0
    steps.forEach(({ at, state, fields }, index) => {
      const [team] = texts(fields['team'])
      if (team === undefined || idle.includes(state) || (wanted !== undefined && team !== wanted)) return
      own += Math.max(0, Math.min(steps[index + 1]?.at ?? until, until) - Math.max(at, from))
    })
    if (own > 0) n++
    sum += own
  }
  return n === 0 ? none : { ...none, value: sum / 3600, n }
}

/** How late births were recorded that tell when they were opened: no other step of these histories declares a time. */
function skew(asked: Asked): Answer {
  const found: number[] = []
  for (const record of asked.told) {
    const steps = stepsOf(record, asked)
    const [birth] = steps
    const opened = when(birth?.fields['opened_at'])
    if (birth && opened !== undefined && isIn(asked, birth.at) && belongs(steps.at(-1)?.fields ?? {}, asked.where)) {
      found.push(birth.at - opened)
    }
  }
  return hours(found)
}

export const otherAnswers: { readonly [id: string]: (asked: Asked) => Answer } = {
  'requests-fulfilled': (asked) => count(fulfilledIn(asked).length),
  'request-fulfilment-time': (asked) =>
    hours(fulfilledIn(asked).map((each) => (first(each, 'fulfilled', 'closed') ?? 0) - startOf(each))),
  'request-approval-wait': ended(requests, 'awaiting_approval'),
  'requests-with-breach': breached,
  'request-satisfaction': (asked) => spread(scores(fulfilledIn(asked))),
  'request-satisfaction-response': (asked) => share(scores(fulfilledIn(asked)).length, fulfilledIn(asked).length),
  'problems-opened': (asked) => count(openedProblems(asked).length),
  'problem-queue-rate': (asked) => {
    const n = openedProblems(asked).length
    return n === 0 ? none : { ...none, value: closedProblems(asked).length / n, n }
  },
  'problem-analysis-time': ended(problems, 'root_cause_analysis'),
  'problem-resolution-time': (asked) =>
    hours(
      problems(asked).flatMap((each) => {
        const at = first(each, 'resolved', 'closed')
        return at !== undefined && isIn(asked, at) ? [at - startOf(each)] : []
      }),
    ),
  'problem-closure-time': (asked) => hours(closedProblems(asked).map(([each, at]) => at - startOf(each))),
  'cmdb-stale': items(true, ({ data }, _, asked) => {
    const verified = when(data['verified_at'])
    return verified === undefined || Math.min(asked.until, asked.asOf) - verified > 60 * 86_400
  }),
  'cmdb-orphans': items(true, isOrphan),
  'cmdb-duplicates': items(false, ({ id, data }, all) =>
    all.some(
      (other) => other.id !== id && String(other.data['title']).toLowerCase() === String(data['title']).toLowerCase(),
    ),
  ),
  'cmdb-incomplete': items(true, ({ data }) =>
    ['criticality', 'environment', 'source_of_truth'].some((field) => texts(data[field]).length === 0),
  ),
  'improvement-realisation': (asked) =>
    share(
      closedImprovements(asked).filter((each) => lastOf(each)['result'] === 'achieved').length,
      closedImprovements(asked).length,
    ),
  'improvement-delta': (asked) => spread(closedImprovements(asked).flatMap((each) => delta(lastOf(each)))),
  'team-time': teamTime,
  'recording-skew': skew,
}
