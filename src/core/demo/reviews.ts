import type { Data } from '../record.ts'
import type { StoryRecord } from './record-telling.ts'
import { instantOf, type Told, type ToldStep } from './told.ts'

/** A review of something that went wrong, or that could not wait. */
interface Review {
  readonly id: string
  readonly title: string
  readonly of: readonly string[]
  readonly owner: string
  readonly facilitator: string
  readonly held: string
  readonly participants: readonly string[]
  readonly summary: string
  readonly more?: Data
  readonly lessons: string
  /** What it asks for: what, by whom, until when, and when it was done. */
  readonly actions: readonly (readonly [title: string, owner: string, due: string, doneOn: string])[]
  /** When its last action was done and it was closed; still open without it. */
  readonly closed?: string
}

/** The reviews of the year. */
export function reviews(incidents: readonly StoryRecord[]): readonly Told[] {
  return all.map((each) => review(each, incidents))
}

function review({ closed, ...each }: Review, incidents: readonly StoryRecord[]): Told {
  const held: ToldStep = [
    each.held,
    each.facilitator,
    {
      state: 'held',
      title: each.title,
      of: [...each.of, ...lookedBackOn(incidents, each.id)],
      owner: each.owner,
      facilitator: each.facilitator,
      held_at: instantOf(each.held),
      participants: each.participants,
      summary: `${each.summary}\n`,
      ...each.more,
      actions: each.actions.map(([title, owner, due]) => ({ title, owner, due, state: 'open' })),
    },
    each.title,
  ]
  const done = each.actions.map(([title, owner, due, done_on]) => ({ title, owner, due, state: 'done', done_on }))
  const end: readonly ToldStep[] = closed
    ? [[closed, each.facilitator, { state: 'closed', lessons: `${each.lessons}\n`, actions: done }, each.lessons]]
    : []
  return { type: 'review', id: each.id, steps: [held, ...end] }
}

/** The incidents that name a review as theirs. */
function lookedBackOn(incidents: readonly StoryRecord[], review: string): readonly string[] {
  return incidents.filter(({ versions }) => versions.at(-1)?.data['review'] === review).map(({ id }) => id)
}

const all: readonly Review[] = [
  {
    id: 'PIR-20251203-B1FR',
    title: 'The evening of Black Friday',
    of: ['CHG-20251128-BF1E'],
    owner: 'operations',
    facilitator: 'lena',
    held: '2025-12-03 14:00',
    participants: ['ada', 'bob', 'dmitri', 'Marketing'],
    summary:
      'A mail to 400,000 customers brought 1,600 sessions to servers that carry 800. The waiting room was opened late, and then wider than agreed.',
    more: {
      effect: 'About 2,300 failed checkouts, and 88,000 EUR of orders that were not placed.\n',
      went_well: ['The waiting room held once it was open'],
      went_wrong: ['Nobody in operations knew of the mail', 'Who may open the waiting room was not settled'],
    },
    lessons: 'A promotion is a change of the load, and whoever is on call must be able to act on it.',
    actions: [
      ['Let whoever is on call open the waiting room', 'operations', '2025-12-12', '2025-12-08'],
      ['Open a problem for the overload', 'operations', '2025-12-05', '2025-12-03'],
    ],
    closed: '2025-12-12 10:00',
  },
  {
    id: 'PIR-20260127-P2GR',
    title: 'Settings of the payment gateway taken back',
    of: ['CHG-20260122-P2GR'],
    owner: 'payments',
    facilitator: 'grace',
    held: '2026-01-27 10:00',
    participants: ['hugo', 'carla', 'Payment provider'],
    summary: 'The provider changed its answer for invoices without telling us; our settings refused it.',
    lessons: 'The provider announces changes of its answers two weeks before; the contract says so now.',
    actions: [['Enter the announcement into the contract', 'payments', '2026-02-27', '2026-02-20']],
    closed: '2026-02-23 10:00',
  },
  {
    id: 'PIR-20260304-A7SC',
    title: 'Servers that started by themselves and knew no prices',
    of: ['CHG-20260217-A0SC', 'INC-20260303-A9SC'],
    owner: 'platform',
    facilitator: 'grace',
    held: '2026-03-04 15:00',
    participants: ['ada', 'dmitri', 'erik'],
    summary:
      'New servers took customers before their price cache was filled. For forty minutes articles cost nothing; 61 orders were cancelled. The change was taken back within its window.',
    more: {
      effect: '61 cancelled orders, and a voucher for each of them.\n',
      timeline: [
        { at: instantOf('2026-03-03 06:05'), what: 'The rule starts a fourth server' },
        { at: instantOf('2026-03-03 06:20'), what: 'Monitoring sees an article at 0,00 EUR' },
        { at: instantOf('2026-03-03 06:58'), what: 'The rule is switched off, its servers are gone' },
      ],
      went_well: ['Taken back within its own window, as planned'],
      went_wrong: ['Staging has no price cache', 'Nobody could say whether the limit of 70 % was right'],
    },
    lessons: 'Before the next attempt: a staging that can show it, and figures of what three servers carry.',
    actions: [
      ['Give staging a price cache', 'operations', '2026-06-30', '2026-06-18'],
      ['Measure sessions and response times', 'operations', '2026-06-01', '2026-06-01'],
    ],
    closed: '2026-06-22 11:00',
  },
  {
    id: 'PIR-20260324-R3CM',
    title: 'The Friday evening of the spring sale',
    of: ['CHG-20260320-R3CM'],
    owner: 'operations',
    facilitator: 'lena',
    held: '2026-03-24 14:00',
    participants: ['ada', 'bob', 'dmitri'],
    summary: 'The same picture as on Black Friday. Without the recommendations the load fell by 14 points.',
    lessons: 'We put out the same fire for the fourth time and still do not know its size.',
    actions: [['Agree on what should be measured, and what can be', 'service-board', '2026-05-15', '2026-05-12']],
    closed: '2026-05-13 10:00',
  },
  {
    id: 'PIR-20260512-W3HA',
    title: 'Orders that came twice with warehouse application 7',
    of: ['CHG-20260421-W9HA', 'INC-20260510-W7HS'],
    owner: 'platform',
    facilitator: 'kate',
    held: '2026-05-12 11:00',
    participants: ['fatima', 'jonas', 'Hall 1, early shift'],
    summary:
      'The queue was read from the beginning of Saturday after the installation; what was packed before came again.',
    lessons: 'A plan that reads a queue again names the place from which it reads.',
    actions: [['Name the place in the queue in the plan of installation', 'platform', '2026-05-29', '2026-05-19']],
    closed: '2026-05-19 16:00',
  },
  {
    id: 'PIR-20260518-S7CP',
    title: 'The hole in the VPN',
    of: ['CHG-20260512-S7CP'],
    owner: 'platform',
    facilitator: 'lena',
    held: '2026-05-18 10:00',
    participants: ['erik', 'fatima'],
    summary: 'Warned at 13:10, decided at 17:00, closed at 19:40. Nobody had used the hole here.',
    lessons: 'Warnings of makers reach the on-call phone, not a mailbox.',
    actions: [['Send warnings of makers to the on-call phone', 'platform', '2026-05-29', '2026-05-21']],
    closed: '2026-05-22 09:00',
  },
  {
    id: 'PIR-20260702-T1MX',
    title: 'Time-outs that somebody doubled by hand',
    of: ['CHG-20260629-T1MX'],
    owner: 'platform',
    facilitator: 'lena',
    held: '2026-07-02 10:00',
    participants: ['bob', 'fatima', 'dmitri'],
    summary:
      'In the worst hour of the summer sale the time-outs of the balancer were doubled by hand, which made the queues longer. It was found three days later, by comparison.',
    lessons:
      'At three in the evening of a sale people help themselves: give them an emergency change that takes two minutes.',
    actions: [['Access to the balancer goes through two people', 'platform', '2026-07-10', '2026-07-06']],
    closed: '2026-07-06 16:00',
  },
  {
    id: 'PIR-20260721-W5BT',
    title: 'Bots in the mid-season sale',
    of: ['CHG-20260717-W5BT', 'INC-20260717-B7FR'],
    owner: 'operations',
    facilitator: 'grace',
    held: '2026-07-21 10:00',
    participants: ['carla', 'fatima', 'ines'],
    summary:
      'A third of the sessions were bots. Refusing them by address helped, and hit a company with one address for 300 people.',
    lessons: 'Refuse by behaviour, not by address; the delivery network can.',
    actions: [['Let the delivery network tell bots from people', 'platform', '2026-08-31', '2026-08-12']],
    closed: '2026-08-13 10:00',
  },
]
