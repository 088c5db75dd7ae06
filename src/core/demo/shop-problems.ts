import { chosen } from './incident-choice.ts'
import type { StoryRecord } from './record-telling.ts'
import { instantOf, type Told } from './told.ts'

/** Problems that customers of the web shop notice. */
export function shopProblems(incidents: readonly StoryRecord[]): readonly Told[] {
  return [
    sessions(incidents),
    provider(incidents),
    duplicate(incidents),
    oldPrices(incidents),
    searchMemory(incidents),
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
