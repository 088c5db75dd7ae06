import { always } from '../calendar.ts'
import { formatInstant, type Instant } from '../instant.ts'
import type { Data } from '../record.ts'
import { berlinOffset, inBerlin } from './berlin.ts'
import type { Chance } from './chance.ts'
import { after, type Hours } from './pace.ts'
import { instantOf, luckOf, minute, type Told, type ToldStep } from './told.ts'

/** A normal change as its requester plans it, and how it went. Minutes are those of Berlin. */
export interface ChangePlan {
  readonly id: string
  readonly opened: string
  readonly requester: string
  readonly implementer: string
  readonly team: string
  /** What the record says besides: title, services, items, reason, plans, risk. */
  readonly data: Data
  readonly planned: readonly [start: string, end: string]
  /** When it was over, where that was not a little before the planned end. */
  readonly ended?: string
  /** What the implementer notes when it is over: the outcome, `successful` when absent, and what belongs to it. */
  readonly came?: Data
  /** When it was closed, and what was learned. Without it the change is not closed when the year ends. */
  readonly closed?: readonly [when: string, notes: string, more?: Data]
}

/** The board of changes meets on Tuesdays at three. */
const cab: readonly [string, ...string[]] = ['ada', 'dmitri', 'grace', 'lena']

/**
 * A normal change on its whole way: asked for, assessed, put to the board, scheduled, implemented, reviewed, closed.
 */
export function normalChange(plan: ChangePlan, { office }: Hours): Told {
  const luck = luckOf(plan.id)
  const assessed = after(office, minute(plan.opened), luck.between(60, 300))
  const submitted = after(office, assessed, luck.between(30, 300))
  const decided = boardAfter(submitted)
  const by = approvers(plan, luck)
  const { assess, ask } = halves(plan.data)
  const steps: ToldStep[] = [
    [plan.opened, plan.requester, { ...birthOf(plan), ...ask }, String(plan.data['title'])],
    [assessed, plan.implementer, { state: 'assess', ...assess }, 'plans, risk and impact are written down'],
    [submitted, plan.requester, { state: 'authorize', ...timesOf(plan) }, 'put to the change advisory board'],
    [decided, 'lena', { state: 'scheduled' }, `authorised by ${by.join(' and ')}`, `Authorised by ${by.join(' and ')}`],
  ]
  return { type: 'change', id: plan.id, steps: [...steps, ...carriedOut(plan, luck)] }
}

/** What happens to an authorised change, from its start to its end. */
export function carriedOut(
  { implementer, requester, planned, ended, came, closed }: ChangePlan,
  luck: Chance,
): ToldStep[] {
  const [start, end] = planned.map(minute) as [Instant, Instant]
  const began = after(always, start, luck.between(1, 6))
  const over = ended === undefined ? end - Math.floor((end - start) / 60 / luck.between(3, 5)) * 60 : minute(ended)
  const outcome = came ?? { outcome: 'successful' }
  const steps: ToldStep[] = [
    [began, implementer, { state: 'implement', actual_start: formatInstant(began) }, 'begun'],
    [
      over,
      implementer,
      { state: 'review', actual_end: formatInstant(over), ...outcome },
      String(outcome['outcome']).replaceAll('_', ' '),
    ],
  ]
  if (closed) {
    const [when, notes, more = {}] = closed
    steps.push([when, requester, { state: 'closed', review_notes: `${notes}\n`, ...more }, notes])
  }
  return steps
}

/** What a change says of itself at its birth. */
export function birthOf({ opened, requester, implementer, team, data }: ChangePlan): Data {
  return {
    state: 'new',
    title: data['title'],
    change_type: 'normal',
    requester,
    implementer,
    team,
    opened_at: instantOf(opened),
  }
}

/** When it is planned. */
export function timesOf({ planned: [start, end] }: ChangePlan): Data {
  return { planned_start: instantOf(start), planned_end: instantOf(end) }
}

const asked: readonly string[] = ['services', 'cis', 'reason', 'problems', 'incidents', 'category']

function halves(data: Data): { readonly ask: Data; readonly assess: Data } {
  const entries = Object.entries(data)
  return {
    ask: Object.fromEntries(entries.filter(([field]) => asked.includes(field))),
    assess: Object.fromEntries(entries.filter(([field]) => !asked.includes(field) && field !== 'title')),
  }
}

function approvers({ requester, implementer }: ChangePlan, luck: Chance): readonly string[] {
  const [first = 'lena', ...others] = cab.filter((login) => login !== requester && login !== implementer)
  const one = luck.pick([first, ...others])
  const [second = 'lena', ...rest] = [first, ...others].filter((login) => login !== one)
  return [one, luck.pick([second, ...rest])].toSorted()
}

/** The next meeting of the board after an instant. */
export function boardAfter(at: Instant): Instant {
  for (let noon = at; ; noon += 86_400) {
    const local = new Date((noon + berlinOffset(noon)) * 1000)
    const meeting = inBerlin(local.toISOString().slice(0, 10), 15 * 60 + 20)
    if (local.getUTCDay() === 2 && meeting > at) return meeting
  }
}
