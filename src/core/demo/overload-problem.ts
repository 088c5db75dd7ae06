import { chosen } from './incident-choice.ts'
import type { StoryRecord } from './record-telling.ts'
import { instantOf, type Told } from './told.ts'

/** Id of the problem behind the slow servers; incidents of overload refer to it once it is there. */
export const overloadId = 'PRB-20251202-V3RW'

/** Since when it is there. */
export const overloadOpened = '2025-12-02 09:20'

/**
 * The problem that the year is about: two wrong causes, a known error with its way around, half a year without figures,
 * and the cause that the figures show.
 */
export function overloadProblem(incidents: readonly StoryRecord[]): Told {
  return {
    type: 'problem',
    id: overloadId,
    steps: [
      [
        overloadOpened,
        'ada',
        {
          state: 'new',
          title: 'Web servers are overloaded in promotions',
          service: 'webshop',
          cis: ['web-1', 'web-2', 'web-3'],
          category: 'capacity',
          incidents: chosen(incidents, {
            like: { service: 'webshop', category: 'capacity', cis: 'web-1' },
            from: '2025-11-07',
            before: '2025-12-02',
            most: 12,
          }),
          impact: 'high',
          urgency: 'high',
          priority: 'P1',
          reporter: 'ada',
          opened_at: instantOf('2025-12-02 09:15'),
          description: 'Every evening of Black Week, and every Friday before it, the shop was slow or failed.\n',
        },
        'Web servers are overloaded in promotions',
        'Found by gitsm suggest problems: more than ten incidents of one service and category in four weeks',
      ],
      [
        '2025-12-02 14:00',
        'dmitri',
        { state: 'assess', owner: 'platform', assignee: 'dmitri' },
        'the dearest of all problems',
      ],
      [
        '2025-12-03 10:00',
        'dmitri',
        {
          state: 'root_cause_analysis',
          analysis: {
            method: 'five_whys',
            whys: [
              {
                why: 'Why do checkouts time out?',
                because: 'They wait for a connection to the database.',
                evidence: 'Log of shop-app of 28 November, 18:50: 100 of 100 connections in use',
              },
            ],
          },
        },
        'the first why leads to the database',
      ],
      [
        '2025-12-09 11:30',
        'dmitri',
        {
          state: 'fix_in_progress',
          root_cause: 'The shop has 100 connections to its database, too few for an evening of a promotion.\n',
          workaround:
            'Open the waiting room of the load balancer for a third of the visitors and switch the recommendations off.\n',
          known_error: true,
          article: 'KB-20251205-W8RM',
          changes: ['CHG-20251209-D8PX'],
        },
        'more connections to the database',
        'Known error: the article tells how to open the waiting room',
      ],
      [
        '2026-01-19 09:40',
        'dmitri',
        {
          state: 'root_cause_analysis',
          root_cause: undefined,
          known_error: false,
          analysis: {
            method: 'five_whys',
            whys: [
              {
                why: 'Why do checkouts time out, with 300 connections to the database?',
                because: 'All three web servers stand at 97 % processor load.',
                evidence: 'Graphs of monitoring-1, 16 January, 18:40 to 20:10',
              },
            ],
          },
        },
        'the winter sale was as bad: connections were not the cause',
      ],
      [
        '2026-02-24 15:00',
        'dmitri',
        {
          state: 'fix_in_progress',
          root_cause: 'Three web servers are too few at the peak, and nobody starts more of them in time.\n',
          changes: ['CHG-20251209-D8PX', 'CHG-20260217-A0SC'],
        },
        'servers that start by themselves',
      ],
      [
        '2026-03-05 10:30',
        'dmitri',
        {
          state: 'root_cause_analysis',
          root_cause: undefined,
          changes: ['CHG-20251209-D8PX'],
          analysis: {
            method: 'five_whys',
            whys: [
              {
                why: 'Why do checkouts time out, with 300 connections to the database?',
                because: 'All three web servers stand at 97 % processor load.',
                evidence: 'Graphs of monitoring-1, 16 January, 18:40 to 20:10',
              },
              {
                why: 'Why at 97 %?',
                because: 'Unknown: nobody measures how many sessions bring which response time.',
              },
            ],
          },
        },
        'taken back: the analysis lacks figures',
        'The review of the change that failed asks for measurements before the next attempt',
      ],
      [
        '2026-07-28 11:00',
        'dmitri',
        {
          state: 'fix_in_progress',
          root_cause:
            'Three web servers carry 800 sessions an hour. A promotion brings twice that on a Friday evening, and promotions are\nnot part of capacity planning.\n',
          known_error: true,
          changes: ['CHG-20251209-D8PX', 'CHG-20260721-W4EB', 'CHG-20260728-Q1RM'],
          analysis: {
            method: 'five_whys',
            whys: [
              {
                why: 'Why do checkouts time out, with 300 connections to the database?',
                because: 'All three web servers stand at 97 % processor load.',
                evidence: 'Graphs of monitoring-1, 16 January, 18:40 to 20:10',
              },
              {
                why: 'Why at 97 %?',
                because: 'From about 800 sessions an hour on, three servers queue requests.',
                evidence: 'records/measurement/checkout-response-time.csv: response time by sessions, June and July',
              },
              {
                why: 'Why more than 800 sessions?',
                because: 'On Friday evenings of promotions 1,500 customers come; on other Fridays 900.',
                evidence: 'The same series beside the campaign calendar of marketing',
              },
              {
                why: 'Why was no server added before?',
                because: 'Nobody who plans capacity knew when a promotion is sent.',
              },
            ],
          },
        },
        'the figures show the cause: sessions of promotions',
        'See IMP-20260602-4DTW, and the report of July',
      ],
      [
        '2026-08-27 10:00',
        'dmitri',
        {
          state: 'resolved',
          resolution_code: 'fix_applied',
          resolution:
            'A fourth web server and a waiting room that opens by itself at 900 sessions; marketing shares its campaign calendar.\n',
          resolved_at: instantOf('2026-08-27 10:00'),
        },
        'four servers and a waiting room that opens by itself',
      ],
      [
        '2026-10-27 10:00',
        'carla',
        {
          state: 'closed',
          verification:
            'Three promotions since August, the largest of them the anniversary sale: no queue at the web servers.\n',
        },
        'three promotions without a queue',
      ],
    ],
  }
}
