import { birthOf, type ChangePlan, timesOf } from './change-plan.ts'
import { riskAnswers } from './risk-answers.ts'
import { instantOf, type Told } from './told.ts'

/** Refused and withdrawn. */
const notCarriedOut: readonly Told[] = [
  {
    type: 'change',
    id: 'CHG-20260615-R4JX',
    steps: [
      [
        '2026-06-15 10:00',
        'kate',
        {
          state: 'new',
          title: 'Another engine for recommendations',
          change_type: 'normal',
          services: ['webshop'],
          cis: ['shop-app'],
          requester: 'kate',
          implementer: 'bob',
          team: 'operations',
          opened_at: instantOf('2026-06-15 09:55'),
          reason: 'Marketing wants it for the summer sale.\n',
        },
        'Another engine for recommendations',
      ],
      [
        '2026-06-16 11:00',
        'bob',
        {
          state: 'assess',
          description: 'The engine of a new supplier takes the place of ours, four days before the sale.\n',
          risk: 'very_high',
          risk_answers: riskAnswers.elsewhere,
          impact_assessment: 'It asks the database twice as often as ours.\n',
          implementation_plan: 'Switch over for every second visitor, then for all.\n',
          test_plan: 'A thousand recommendations compared with ours.\n',
          backout_plan: 'Switch back: at once.\n',
        },
        'plans, risk and impact are written down',
      ],
      [
        '2026-06-16 15:40',
        'lena',
        {
          state: 'rejected',
          reject_reason:
            'Nothing that costs load goes in front of a promotion. After the cause of the overload is removed, yes.\n',
        },
        'refused by the board: not before the summer sale',
      ],
    ],
  },
  {
    type: 'change',
    id: 'CHG-20260622-C0NX',
    steps: [
      [
        '2026-06-22 10:30',
        'dmitri',
        {
          state: 'new',
          title: 'Move the search to a hosted service',
          change_type: 'normal',
          services: ['catalogue-search'],
          cis: ['search-1', 'search-2'],
          requester: 'dmitri',
          implementer: 'dmitri',
          team: 'platform',
          opened_at: instantOf('2026-06-22 10:20'),
          reason: 'The nodes run out of memory, and a hosted service grows by itself.\n',
        },
        'Move the search to a hosted service',
      ],
      [
        '2026-07-07 09:30',
        'dmitri',
        { state: 'cancelled', cancel_reason: 'Three times the price of our own nodes, says the offer.\n' },
        'too dear',
      ],
    ],
  },
]

/** In the hands of the board when the year ends: the change that the tour looks at. */
export const awaitingBoard: ChangePlan = {
  id: 'CHG-20261026-G1FC',
  opened: '2026-10-26 10:00',
  requester: 'grace',
  implementer: 'hugo',
  team: 'payments',
  planned: ['2026-11-15 02:15', '2026-11-15 04:00'],
  data: {
    title: 'Let the payment gateway take gift cards',
    services: ['payment'],
    cis: ['payment-gateway'],
    category: 'payment',
    reason: 'Gift cards are sold from 16 November on.\n',
    description: 'The gateway asks the new table of cards before it asks the provider.\n',
    impact_assessment: 'Every payment passes the new question; a slow answer slows all of them.\n',
    implementation_plan: '1. Bring in the table.\n2. Switch the question on for cards of the staff.\n3. For all.\n',
    test_plan: '40 kinds of payment against the sandbox, with and without a card.\n',
    backout_plan: 'Switch the question off: at once.\n',
    risk: 'very_high',
    risk_answers: riskAnswers.elsewhere,
    outage: false,
  },
}

/** The same change as far as it has come. */
const awaitingBoardTold: Told = {
  type: 'change',
  id: awaitingBoard.id,
  steps: [
    [
      awaitingBoard.opened,
      'grace',
      {
        ...birthOf(awaitingBoard),
        services: awaitingBoard.data['services'],
        cis: awaitingBoard.data['cis'],
        reason: awaitingBoard.data['reason'],
      },
      'Let the payment gateway take gift cards',
    ],
    ['2026-10-27 11:00', 'hugo', { state: 'assess', ...awaitingBoard.data }, 'plans, risk and impact are written down'],
    ['2026-10-29 14:00', 'grace', { state: 'authorize', ...timesOf(awaitingBoard) }, 'put to the board of 3 November'],
  ],
}

/** Planned into the same night by somebody who did not know of the other. */
const collidesWithIt: Told = {
  type: 'change',
  id: 'CHG-20261028-D5SK',
  steps: [
    [
      '2026-10-28 10:00',
      'erik',
      {
        state: 'new',
        title: 'Larger disks for the shop database',
        change_type: 'normal',
        cis: ['shop-db-1'],
        requester: 'erik',
        implementer: 'fatima',
        team: 'platform',
        opened_at: instantOf('2026-10-28 09:55'),
        reason: 'Before Christmas the disks would be full.\n',
        planned_start: instantOf('2026-11-15 02:00'),
        planned_end: instantOf('2026-11-15 03:30'),
      },
      'Larger disks for the shop database',
    ],
    [
      '2026-10-29 10:00',
      'fatima',
      {
        state: 'assess',
        description: 'The volume grows from 2 to 3 TiB while the database runs.\n',
        risk: 'very_high',
        risk_answers: riskAnswers.known,
        impact_assessment: 'Writing is slower while the volume grows.\n',
        implementation_plan: 'Grow the volume on the storage, then the file system.\n',
        test_plan: 'The same on the standby, a week before.\n',
        backout_plan: 'A volume cannot shrink: go over to the standby, five minutes.\n',
      },
      'plans, risk and impact are written down',
    ],
  ],
}

/** Assessed, and then put on hold: the supplier has stopped the deliveries of what it needs. */
const waitsForSupplier: Told = {
  type: 'change',
  id: 'CHG-20261006-S3CM',
  steps: [
    [
      '2026-10-06 10:20',
      'dmitri',
      {
        state: 'new',
        title: 'More memory for the session caches',
        change_type: 'normal',
        cis: ['session-cache-1', 'session-cache-2'],
        requester: 'dmitri',
        implementer: 'erik',
        team: 'platform',
        opened_at: instantOf('2026-10-06 10:15'),
        reason:
          'In the autumn promotion the caches stood at 84 % of their memory; Black Week brings half as much again.\n',
      },
      'More memory for the session caches',
    ],
    [
      '2026-10-08 11:00',
      'erik',
      {
        state: 'assess',
        description: 'Both caches grow from 32 to 64 GiB, one after the other, in a night without a promotion.\n',
        risk: 'high',
        risk_answers: riskAnswers.known,
        impact_assessment: 'Customers on the cache that restarts sign in again; baskets are kept in the database.\n',
        implementation_plan:
          '1. Let the second cache take all sessions.\n2. Build in, start, compare.\n3. The other one.\n',
        test_plan: 'The memory test of the maker for two hours, on a spare machine.\n',
        backout_plan: 'Take the new modules out again: twenty minutes each.\n',
      },
      'plans, risk and impact are written down',
    ],
    [
      '2026-10-14 09:30',
      'dmitri',
      {
        on_hold: {
          reason:
            'The supplier recalled this series of modules on 13 October; others come in the week of 9 November.\n',
        },
      },
      'on hold: the supplier recalled the modules',
    ],
  ],
}

/**
 * Changes that were not carried out, one on hold, and two that stand before the board when the year ends and collide.
 */
export const openChanges: readonly Told[] = [...notCarriedOut, waitsForSupplier, awaitingBoardTold, collidesWithIt]
