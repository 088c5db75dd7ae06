import { chosen } from './incident-choice.ts'
import { overloadProblem } from './overload-problem.ts'
import type { StoryRecord } from './record-telling.ts'
import { instantOf, type Told } from './told.ts'

/** Every problem of the year; between them they come to each end that a problem can come to. */
export function problems(incidents: readonly StoryRecord[]): readonly Told[] {
  return [
    overloadProblem(incidents),
    sessions(incidents),
    provider(incidents),
    cleanUp(incidents),
    bounces(incidents),
    duplicate(incidents),
    printers(incidents),
    oldPrices(incidents),
    searchMemory(incidents),
    restarts(incidents),
    stock(incidents),
    refusals(incidents),
  ]
}

/** Solved, verified, and closed at the second attempt: the first cause was not the whole one. */
function sessions(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260114-S5CH',
    steps: [
      [
        '2026-01-14 09:10',
        'bob',
        {
          state: 'new',
          title: 'Customers are signed out while they shop',
          service: 'customer-accounts',
          cis: ['session-cache-1', 'session-cache-2'],
          category: 'capacity',
          incidents: chosen(incidents, {
            like: { service: 'customer-accounts', category: 'capacity' },
            from: '2025-11-01',
            before: '2026-01-14',
          }),
          impact: 'high',
          urgency: 'medium',
          priority: 'P2',
          reporter: 'bob',
          opened_at: instantOf('2026-01-14 09:05'),
        },
        'Customers are signed out while they shop',
      ],
      ['2026-01-14 15:30', 'dmitri', { state: 'assess', owner: 'platform', assignee: 'erik' }, 'worth an analysis'],
      [
        '2026-01-15 10:00',
        'erik',
        {
          state: 'root_cause_analysis',
          analysis: {
            method: 'five_whys',
            whys: [
              {
                why: 'Why are customers signed out?',
                because: 'Their session is no longer in the cache.',
                evidence: 'Log of the shop: 1,240 misses between 19:00 and 21:00 on 12 January',
              },
              {
                why: 'Why is it gone before it expires?',
                because: 'Both caches drop the oldest entries when their memory is full.',
                evidence: 'Counter of evictions, 0 at noon and 48,000 at 20:00',
              },
            ],
          },
        },
        'five whys, two so far',
      ],
      [
        '2026-01-16 16:40',
        'erik',
        {
          state: 'fix_in_progress',
          root_cause: 'Each session cache has 8 GiB; a promotion evening needs 11.\n',
          changes: ['CHG-20260116-M3SC'],
        },
        'memory of both caches is doubled',
      ],
      [
        '2026-02-02 10:00',
        'erik',
        {
          state: 'resolved',
          resolution_code: 'fix_applied',
          resolution: 'Both session caches have 16 GiB.\n',
          resolved_at: instantOf('2026-02-02 10:00'),
        },
        'the memory is doubled',
      ],
      [
        '2026-02-16 09:30',
        'erik',
        {
          state: 'root_cause_analysis',
          reanalyse_reason: "Customers were signed out again in Valentine's week, with memory to spare.\n",
          analysis: {
            method: 'five_whys',
            whys: [
              {
                why: 'Why are customers signed out?',
                because: 'Their session is no longer in the cache.',
                evidence: 'Log of the shop: 1,240 misses between 19:00 and 21:00 on 12 January',
              },
              {
                why: 'Why is it gone before it expires?',
                because: 'Visitors without a basket keep a session for two days, and push the others out.',
                evidence: 'Nine of ten entries belong to visitors who never put anything into a basket',
              },
            ],
          },
        },
        "again in Valentine's week: the memory was not all",
      ],
      [
        '2026-02-18 14:15',
        'erik',
        {
          state: 'fix_in_progress',
          root_cause: 'Sessions of visitors without a basket live for two days and fill both caches.\n',
          changes: ['CHG-20260116-M3SC', 'CHG-20260218-E2XP'],
        },
        'sessions without a basket live for an hour',
      ],
      [
        '2026-03-03 10:00',
        'erik',
        {
          state: 'resolved',
          resolution: 'Sessions without a basket end after an hour; memory stays below 40 %.\n',
          resolved_at: instantOf('2026-03-03 10:00'),
        },
        'sessions without a basket end after an hour',
      ],
      [
        '2026-06-01 09:00',
        'dmitri',
        { state: 'closed', verification: "No eviction in the spring sale, at Easter and in Mother's Day week.\n" },
        'three promotions without an eviction',
      ],
    ],
  }
}

/** Its cause lies with a supplier; the risk is carried for a year. */
function provider(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260209-K7PB',
    steps: [
      [
        '2026-02-09 10:20',
        'grace',
        {
          state: 'new',
          title: 'The payment provider refuses payments at random',
          service: 'payment',
          cis: ['payment-provider'],
          category: 'payment',
          incidents: chosen(incidents, {
            like: { cis: 'payment-provider' },
            from: '2025-11-01',
            before: '2026-02-09',
          }),
          impact: 'high',
          urgency: 'low',
          priority: 'P3',
          reporter: 'grace',
          opened_at: instantOf('2026-02-09 10:15'),
        },
        'The payment provider refuses payments at random',
      ],
      ['2026-02-09 14:00', 'grace', { state: 'assess', owner: 'payments', assignee: 'hugo' }, 'the provider is asked'],
      [
        '2026-02-11 09:00',
        'hugo',
        {
          state: 'root_cause_analysis',
          analysis: {
            method: 'fishbone',
            causes: [
              {
                bone: 'technology',
                cause: 'The gateway reuses broken connections',
                verdict: 'ruled_out',
                evidence: 'Refused on fresh connections as well',
              },
              {
                bone: 'supplier',
                cause: 'One of two lines of the provider to the card networks is unstable',
                verdict: 'root',
                evidence: 'Letter of the provider of 20 February',
              },
              { bone: 'process', cause: 'The provider announces work on its lines to nobody', verdict: 'contributing' },
            ],
          },
        },
        'fishbone with the provider',
      ],
      [
        '2026-03-10 15:30',
        'hugo',
        {
          state: 'resolved',
          root_cause: 'One of the two lines of the provider to the card networks is unstable.\n',
          workaround: 'Offer another way to pay; the gateway tries once more after 20 seconds.\n',
          resolution_code: 'risk_accepted',
          resolution: 'A second provider costs 60,000 EUR a year; the refused payments cost a third of that.\n',
          risk_owner: 'lena',
          review_by: '2027-02-28',
          resolved_at: instantOf('2026-03-10 15:30'),
        },
        'the risk is accepted for a year',
        'Lena Hoffmann carries the risk; looked at again when the contract ends',
      ],
    ],
  }
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

function duplicate(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260427-N2QA',
    steps: [
      [
        '2026-04-27 10:10',
        'kate',
        {
          state: 'new',
          title: 'The shop is slow on Friday evenings',
          service: 'webshop',
          category: 'capacity',
          incidents: chosen(incidents, {
            like: { service: 'webshop', category: 'capacity' },
            from: '2026-04-06',
            before: '2026-04-27',
            most: 3,
          }),
          impact: 'high',
          urgency: 'medium',
          priority: 'P2',
          reporter: 'kate',
          opened_at: instantOf('2026-04-27 10:05'),
        },
        'The shop is slow on Friday evenings',
      ],
      [
        '2026-04-27 14:20',
        'dmitri',
        { state: 'cancelled', cancel_reason: 'duplicate', duplicate_of: 'PRB-20251202-V3RW' },
        'the problem of the overload holds it',
        'Fridays without a promotion are worth knowing: noted with the older problem',
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

function oldPrices(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260611-C3DN',
    steps: [
      [
        '2026-06-11 14:00',
        'erik',
        {
          state: 'assess',
          title: 'The delivery network serves old prices and answers slowly',
          service: 'webshop',
          cis: ['cdn'],
          category: 'network',
          incidents: chosen(incidents, { like: { cis: 'cdn' }, from: '2026-01-01', before: '2026-06-11' }),
          impact: 'medium',
          urgency: 'medium',
          priority: 'P3',
          reporter: 'erik',
          owner: 'platform',
          assignee: 'erik',
          opened_at: instantOf('2026-06-11 13:50'),
        },
        'The delivery network serves old prices and answers slowly',
      ],
      ['2026-06-15 09:00', 'erik', { state: 'root_cause_analysis' }, 'rules of the delivery network are read'],
      [
        '2026-07-27 11:00',
        'erik',
        {
          state: 'fix_in_progress',
          root_cause:
            'Product pages are kept for a day, and two thirds of the requests miss the cache for their cookies.\n',
          changes: ['CHG-20260727-C4DN'],
        },
        'pages are kept by the wrong rules',
      ],
      [
        '2026-08-17 11:00',
        'erik',
        {
          state: 'resolved',
          resolution_code: 'fix_applied',
          resolution: 'Pages are kept for five minutes without their cookies, and cleared after every price run.\n',
          resolved_at: instantOf('2026-08-17 11:00'),
        },
        'new rules for the delivery network',
      ],
      [
        '2026-10-13 09:00',
        'dmitri',
        {
          state: 'closed',
          verification: 'Nine price runs, no old price; 91 % of the requests are answered by the network.\n',
        },
        'nine price runs later',
      ],
    ],
  }
}

/** A known error that still stands when the year ends. */
function searchMemory(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20260706-H6ST',
    steps: [
      [
        '2026-07-06 10:00',
        'dmitri',
        {
          state: 'assess',
          title: 'Search nodes run out of memory',
          service: 'catalogue-search',
          cis: ['search-1', 'search-2'],
          category: 'software',
          incidents: chosen(incidents, {
            like: { service: 'catalogue-search' },
            from: '2026-01-01',
            before: '2026-07-06',
          }),
          impact: 'medium',
          urgency: 'medium',
          priority: 'P3',
          reporter: 'dmitri',
          owner: 'platform',
          assignee: 'dmitri',
          opened_at: instantOf('2026-07-06 09:50'),
        },
        'Search nodes run out of memory',
      ],
      ['2026-07-08 09:30', 'dmitri', { state: 'root_cause_analysis' }, 'memory is recorded by the minute'],
      [
        '2026-07-14 17:00',
        'dmitri',
        {
          root_cause: 'The search software keeps every filter that was ever used in memory; its makers know it.\n',
          workaround: 'Restart one node after the other when memory passes 85 %.\n',
          known_error: true,
          article: 'KB-20260714-R3ST',
        },
        'a known error of the makers',
        'Known error; removed by a version that the makers promise for spring',
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

function refusals(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: 'PRB-20261028-A1RF',
    steps: [
      [
        '2026-10-28 16:20',
        'hugo',
        {
          state: 'new',
          title: 'Payments need a second attempt',
          service: 'payment',
          cis: ['payment-gateway'],
          category: 'payment',
          incidents: chosen(incidents, {
            like: { service: 'payment' },
            from: '2026-08-01',
            before: '2026-10-28',
            most: 6,
          }),
          impact: 'medium',
          urgency: 'low',
          priority: 'P4',
          reporter: 'hugo',
          opened_at: instantOf('2026-10-28 16:10'),
        },
        'Payments need a second attempt',
      ],
    ],
  }
}
