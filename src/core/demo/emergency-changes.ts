import type { Data } from '../record.ts'
import { chosen, type IncidentChoice } from './incident-choice.ts'
import type { StoryRecord } from './record-telling.ts'
import { instantOf, type Told, type ToldStep } from './told.ts'

/** A change that could not wait for the board. */
interface Emergency {
  readonly id: string
  readonly opened: string
  readonly by: string
  readonly team: string
  readonly data: Data
  /** The incidents that it is to end. */
  readonly against?: IncidentChoice
  /** When somebody of the emergency board agreed before it began, and who; without it the approval followed. */
  readonly agreed?: readonly [when: string, who: string]
  readonly began: string
  readonly over: string
  readonly outcome: string
  readonly closed: readonly [when: string, review: string, notes: string, caused?: readonly string[]]
}

/** The emergency changes of the year, and the one that nobody had authorised. */
export function emergencyChanges(incidents: readonly StoryRecord[]): readonly Told[] {
  return [...emergencies.map((each) => emergency(each, incidents)), unauthorised(incidents)]
}

function emergency(each: Emergency, incidents: readonly StoryRecord[]): Told {
  const { id, opened, by, team, data, against, agreed, began, over, outcome, closed } = each
  const [closedAt, review, notes, incidents_caused] = closed
  const ask: Data = {
    change_type: 'emergency',
    requester: by,
    implementer: by,
    team,
    opened_at: instantOf(opened),
    ...data,
    ...(against && { incidents: chosen(incidents, against) }),
  }
  const times = { planned_start: instantOf(began), planned_end: instantOf(over) }
  const title = String(data['title'])
  const first: readonly ToldStep[] = agreed
    ? [
        [opened, by, { state: 'new', ...ask }, title],
        [agreed[0], by, { state: 'authorize', ...times }, 'put to the emergency board'],
        [agreed[0], agreed[1], { state: 'scheduled' }, `authorised by ${agreed[1]} of the emergency board`],
        [began, by, { state: 'implement', actual_start: instantOf(began) }, 'begun'],
      ]
    : [
        [
          opened,
          by,
          { state: 'implement', ...ask, ...times, actual_start: instantOf(began) },
          `${title} (approval follows)`,
          'Begun before the approval of the emergency board, because customers could not order',
        ],
      ]
  return {
    type: 'change',
    id,
    steps: [
      ...first,
      [over, by, { state: 'review', actual_end: instantOf(over), outcome }, outcome.replaceAll('_', ' ')],
      [
        closedAt,
        'lena',
        { state: 'closed', review, review_notes: `${notes}\n`, ...(incidents_caused && { incidents_caused }) },
        notes,
      ],
    ],
  }
}

const emergencies: readonly Emergency[] = [
  {
    id: 'CHG-20251128-BF1E',
    opened: '2025-11-28 21:10',
    by: 'ada',
    team: 'operations',
    data: {
      title: 'Send every second visitor to the waiting room',
      services: ['webshop'],
      cis: ['lb-1'],
      category: 'capacity',
      reason: 'On the evening of Black Friday one checkout in four fails.\n',
      description: 'The share of the waiting room is raised from a third to a half, beyond what was agreed.\n',
      implementation_plan: 'Set the share to 50 in the console of the balancer.\n',
      backout_plan: 'Set the share back: at once.\n',
      risk: 'very_high',
    },
    against: {
      like: { service: 'webshop', urgency: 'high', impact: 'high' },
      from: '2025-11-28',
      before: '2025-11-29',
      most: 2,
    },
    began: '2025-11-28 21:05',
    over: '2025-11-28 21:20',
    outcome: 'successful',
    closed: ['2025-12-04 10:00', 'PIR-20251203-B1FR', 'It held the evening; ecab agreed at 22:40.'],
  },
  {
    id: 'CHG-20260122-P2GR',
    opened: '2026-01-22 11:40',
    by: 'hugo',
    team: 'payments',
    data: {
      title: 'Take the settings of the payment gateway back',
      services: ['payment'],
      cis: ['payment-gateway'],
      category: 'payment',
      reason: 'Since a change of settings by the provider, payments by invoice are refused.\n',
      description: 'The settings of Monday are brought back.\n',
      implementation_plan: 'Load the settings of Monday and restart the workers.\n',
      backout_plan: 'Load the settings of today: two minutes.\n',
      risk: 'very_high',
    },
    agreed: ['2026-01-22 11:55', 'carla'],
    began: '2026-01-22 12:00',
    over: '2026-01-22 12:20',
    outcome: 'successful',
    closed: ['2026-01-29 10:00', 'PIR-20260127-P2GR', 'Invoices went through again at once.'],
  },
  {
    id: 'CHG-20260320-R3CM',
    opened: '2026-03-20 20:15',
    by: 'bob',
    team: 'operations',
    data: {
      title: 'Switch the recommendations off for the spring sale',
      services: ['webshop'],
      cis: ['shop-app'],
      category: 'capacity',
      reason: 'All web servers stand at 97 % in the first hour of the Friday evening.\n',
      description: 'The recommendations cost a fifth of the load. They stay off until the sale is over.\n',
      implementation_plan: 'Set the switch to off on all servers.\n',
      backout_plan: 'Set the switch to on: at once.\n',
      risk: 'very_high',
    },
    against: {
      like: { service: 'webshop', category: 'capacity', impact: 'high' },
      from: '2026-03-20',
      before: '2026-03-21',
      most: 2,
    },
    began: '2026-03-20 20:10',
    over: '2026-03-20 20:20',
    outcome: 'successful',
    closed: ['2026-03-26 10:00', 'PIR-20260324-R3CM', 'Load fell by 14 points within five minutes.'],
  },
  {
    id: 'CHG-20260512-S7CP',
    opened: '2026-05-12 16:20',
    by: 'erik',
    team: 'platform',
    data: {
      title: 'Close a hole in the software of the VPN',
      cis: ['vpn-gateway-1'],
      category: 'security',
      reason: 'The hole is used since this morning, the maker says.\n',
      description: 'The correction of the maker is installed the same evening.\n',
      implementation_plan: 'Install the correction and restart the gateway.\n',
      backout_plan: 'Start from the second image: four minutes.\n',
      risk: 'high',
    },
    agreed: ['2026-05-12 17:00', 'lena'],
    began: '2026-05-12 19:00',
    over: '2026-05-12 19:40',
    outcome: 'successful',
    closed: ['2026-05-19 10:00', 'PIR-20260518-S7CP', 'Closed within three hours of the warning.'],
  },
  {
    id: 'CHG-20260717-W5BT',
    opened: '2026-07-17 19:50',
    by: 'carla',
    team: 'operations',
    data: {
      title: 'Send shoppers from bots away at the firewall',
      services: ['webshop', 'payment'],
      cis: ['firewall-1'],
      category: 'security',
      reason: 'A third of the sessions in the mid-season sale are bots that buy shoes.\n',
      description: 'Addresses with more than 200 sessions an hour are refused until midnight.\n',
      implementation_plan: 'Bring in the list of addresses.\n',
      backout_plan: 'Take the list out: at once.\n',
      risk: 'very_high',
    },
    against: {
      like: { service: 'payment', category: 'capacity' },
      from: '2026-07-17',
      before: '2026-07-17 19:30',
      most: 1,
    },
    began: '2026-07-17 19:45',
    over: '2026-07-17 20:05',
    outcome: 'successful_with_issues',
    closed: [
      '2026-07-23 10:00',
      'PIR-20260721-W5BT',
      'A company with one address for 300 people was refused for an hour.',
      ['INC-20260717-B7FR'],
    ],
  },
]

/** Found by comparing what runs with what is written down; nobody had agreed to it. */
function unauthorised(incidents: readonly StoryRecord[]): Told {
  const caused = chosen(incidents, {
    like: { service: 'webshop', urgency: 'high', impact: 'high' },
    from: '2026-06-26 20:00',
    before: '2026-06-27',
    most: 1,
  })
  return {
    type: 'change',
    id: 'CHG-20260629-T1MX',
    steps: [
      [
        '2026-06-29 10:30',
        'fatima',
        {
          state: 'authorize',
          title: 'Time-outs of the load balancer were doubled by hand',
          change_type: 'emergency',
          unauthorised: true,
          services: ['webshop'],
          cis: ['lb-1'],
          requester: 'fatima',
          team: 'platform',
          opened_at: instantOf('2026-06-29 10:25'),
          category: 'configuration',
          reason: 'lb-1 runs with time-outs of 60 seconds, its record and the image say 30.\n',
          description:
            'Doubled in the Friday evening of the summer sale by somebody who meant well; found by the weekly comparison.\n',
          implementer: 'bob',
          risk: 'high',
        },
        'Time-outs of the load balancer were doubled by hand',
      ],
      [
        '2026-06-30 15:20',
        'lena',
        {
          state: 'review',
          outcome: 'unsuccessful_not_backed_out',
          actual_start: instantOf('2026-06-26 19:40'),
          actual_end: instantOf('2026-06-26 19:42'),
        },
        'the board lets it stand until it is weighed',
        'Let stand by ada and grace; the time-outs are set back with the change of August',
      ],
      [
        '2026-07-07 11:00',
        'lena',
        {
          state: 'closed',
          incidents_caused: caused,
          review: 'PIR-20260702-T1MX',
          review_notes:
            'Longer time-outs only made the queues longer. Access to the balancer at night goes through two people now.\n',
        },
        'weighed, and access is narrower now',
      ],
    ],
  }
}
