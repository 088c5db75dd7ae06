import { chosen } from './incident-choice.ts'
import type { StoryRecord } from './record-telling.ts'
import { instantOf, type Told } from './told.ts'

/** Problems of the services behind the shop: mail, warehouse, data. */
export function houseProblems(incidents: readonly StoryRecord[]): readonly Told[] {
  return [cleanUp(incidents), bounces(incidents), printers(incidents), restarts(incidents), stock(incidents)]
}

/** A known error: cause and way around are known, the removal takes long. */
function cleanUp(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260302-D4BX',
    steps: [
      [
        '2026-03-02 11:00',
        'fatima',
        {
          state: 'assess',
          title: 'Long queries block the shop database at night',
          service: 'customer-accounts',
          cis: ['shop-db-1'],
          category: 'data',
          incidents: chosen(incidents, { like: { cis: 'shop-db-1' }, from: '2025-11-01', before: '2026-03-02' }),
          impact: 'medium',
          urgency: 'low',
          priority: 'P4',
          reporter: 'fatima',
          owner: 'platform',
          assignee: 'fatima',
          opened_at: instantOf('2026-03-02 10:50'),
        },
        'Long queries block the shop database at night',
      ],
      [
        '2026-03-09 09:30',
        'fatima',
        {
          state: 'root_cause_analysis',
          analysis: {
            method: 'five_whys',
            whys: [
              {
                why: 'Why do queries wait?',
                because: 'The clean-up of accounts locks the table of orders.',
                evidence: 'List of locks of 6 March, 03:10',
              },
              { why: 'Why for so long?', because: 'It deletes a country at once, in one transaction.' },
            ],
          },
        },
        'locks are recorded from now on',
      ],
      [
        '2026-03-12 16:00',
        'fatima',
        {
          root_cause: 'The clean-up of accounts deletes a whole country in one transaction.\n',
          workaround: 'End the clean-up with its switch; it goes on the next night where it stopped.\n',
          known_error: true,
          article: 'KB-20260312-C7NP',
        },
        'a known error: the clean-up can be ended without harm',
        'Known error; the article says how to end the clean-up',
      ],
      [
        '2026-10-06 10:30',
        'fatima',
        { state: 'fix_in_progress', changes: ['CHG-20261005-P6BT'] },
        'the clean-up is written anew, in small parts',
      ],
    ],
  }
}

/** Solved and closed at the first attempt. */
function bounces(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260316-M8RY',
    steps: [
      [
        '2026-03-16 08:40',
        'ada',
        {
          state: 'new',
          title: 'Order confirmations come late',
          service: 'order-mail',
          cis: ['mail-relay-1'],
          category: 'mail',
          incidents: chosen(incidents, { like: { service: 'order-mail' }, from: '2025-11-01', before: '2026-03-16' }),
          impact: 'medium',
          urgency: 'medium',
          priority: 'P3',
          reporter: 'ada',
          opened_at: instantOf('2026-03-16 08:35'),
        },
        'Order confirmations come late',
      ],
      ['2026-03-16 13:00', 'carla', { state: 'assess', owner: 'operations', assignee: 'ada' }, 'every second week'],
      [
        '2026-03-17 09:00',
        'ada',
        {
          state: 'root_cause_analysis',
          analysis: {
            method: 'timeline',
            events: [
              {
                at: instantOf('2026-03-13 06:00'),
                what: 'The newsletter goes out',
                evidence: 'Log of the newsletter tool',
              },
              {
                at: instantOf('2026-03-13 06:20'),
                what: '4,100 messages bounce and are tried again every minute',
                turning_point: true,
              },
              { at: instantOf('2026-03-13 07:05'), what: 'The queue is full; confirmations wait behind the bounces' },
            ],
          },
        },
        'the morning of 13 March as a timeline',
      ],
      [
        '2026-03-19 15:00',
        'ada',
        {
          state: 'fix_in_progress',
          root_cause: 'The relay tries bounced messages again every minute, in the queue of the confirmations.\n',
          workaround: 'Delete the bounces from the queue and restart the relay.\n',
          changes: ['CHG-20260319-B0NQ'],
        },
        'bounces get a queue of their own',
      ],
      [
        '2026-04-07 09:30',
        'ada',
        {
          state: 'resolved',
          resolution_code: 'fix_applied',
          resolution: 'Bounces have a queue of their own and are tried again three times at most.\n',
          resolved_at: instantOf('2026-04-07 09:30'),
        },
        'bounces have a queue of their own',
      ],
      [
        '2026-07-06 10:00',
        'carla',
        { state: 'closed', verification: 'Seven newsletters; no confirmation waited longer than two minutes.\n' },
        'seven newsletters without delay',
      ],
    ],
  }
}

function printers(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260518-F9XT',
    steps: [
      [
        '2026-05-18 09:00',
        'jonas',
        {
          state: 'assess',
          title: 'Label printer 3 prints blank labels',
          service: 'warehouse',
          cis: ['label-printer-3'],
          category: 'hardware',
          incidents: chosen(incidents, { like: { cis: 'label-printer-3' }, from: '2025-11-01', before: '2026-05-18' }),
          impact: 'low',
          urgency: 'medium',
          priority: 'P4',
          reporter: 'jonas',
          owner: 'service-desk',
          assignee: 'jonas',
          opened_at: instantOf('2026-05-18 08:50'),
        },
        'Label printer 3 prints blank labels',
      ],
      ['2026-05-19 09:00', 'jonas', { state: 'root_cause_analysis' }, 'compared with the printer of gate 2'],
      [
        '2026-05-28 15:00',
        'jonas',
        {
          state: 'fix_in_progress',
          root_cause: 'Its firmware of 2022 forgets the width of the label when the roll is changed.\n',
          changes: ['CHG-20260528-G8FW'],
        },
        'firmware of 2022',
      ],
      [
        '2026-06-15 10:00',
        'jonas',
        {
          state: 'resolved',
          resolution_code: 'fix_applied',
          resolution: 'All label printers have the firmware of this year.\n',
          resolved_at: instantOf('2026-06-15 10:00'),
        },
        'new firmware',
      ],
      [
        '2026-09-15 10:00',
        'ines',
        { state: 'closed', verification: 'Twelve changes of the roll since June, no blank label.\n' },
        'twelve rolls later',
      ],
    ],
  }
}

function restarts(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260831-W2HQ',
    steps: [
      [
        '2026-08-31 09:20',
        'fatima',
        {
          state: 'new',
          title: 'Web servers report faults of their hardware',
          service: 'webshop',
          cis: ['web-1', 'web-2', 'web-3'],
          category: 'hardware',
          incidents: chosen(incidents, {
            like: { service: 'webshop', category: 'hardware' },
            from: '2025-11-01',
            before: '2026-08-31',
          }),
          impact: 'medium',
          urgency: 'low',
          priority: 'P4',
          reporter: 'fatima',
          opened_at: instantOf('2026-08-31 09:15'),
        },
        'Web servers report faults of their hardware',
      ],
      [
        '2026-09-02 11:00',
        'dmitri',
        { state: 'cancelled', cancel_reason: 'not_a_problem' },
        'different faults of different machines',
        'A disk, a memory module and a full partition: no cause in common',
      ],
    ],
  }
}

/** Still being looked into when the year ends. */
function stock(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260921-T0KW',
    steps: [
      [
        '2026-09-21 09:40',
        'kate',
        {
          state: 'new',
          title: 'Stock in the shop differs from the warehouse',
          service: 'warehouse',
          cis: ['warehouse-app', 'order-queue'],
          category: 'data',
          incidents: chosen(incidents, {
            like: { service: 'warehouse' },
            from: '2026-06-01',
            before: '2026-09-21',
            most: 5,
          }),
          impact: 'medium',
          urgency: 'medium',
          priority: 'P3',
          reporter: 'kate',
          opened_at: instantOf('2026-09-21 09:30'),
        },
        'Stock in the shop differs from the warehouse',
      ],
      ['2026-09-22 10:00', 'dmitri', { state: 'assess', owner: 'platform', assignee: 'fatima' }, 'counted once a week'],
      [
        '2026-10-05 11:00',
        'fatima',
        {
          state: 'root_cause_analysis',
          analysis: {
            method: 'fishbone',
            causes: [
              {
                bone: 'technology',
                cause: 'The queue of orders delivers twice after a restart',
                verdict: 'contributing',
                evidence: 'Two orders of 28 September, booked twice',
              },
              { bone: 'people', cause: 'Returns are booked before they are unpacked', verdict: 'open' },
              {
                bone: 'measurement',
                cause: 'The count of the shop leaves reserved goods out',
                verdict: 'ruled_out',
                evidence: 'Query and count compared for 200 articles',
              },
            ],
          },
        },
        'fishbone with the people of the halls',
      ],
    ],
  }
}
