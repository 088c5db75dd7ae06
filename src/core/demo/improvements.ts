import { instantOf, type Told } from './told.ts'

/** The improvement that the year is about: from the wish to half the downtime, measured. */
const halfTheDowntime: Told = {
  type: 'improvement',
  id: 'IMP-20260602-4DTW',
  steps: [
    [
      '2026-06-02 11:00',
      'ada',
      {
        state: 'new',
        title: 'Half the downtime of the web shop',
        description: 'On Friday evenings, and worst in promotions, customers cannot finish their orders.\n',
        proposer: 'ada',
        opened_at: instantOf('2026-06-02 10:55'),
        service: 'webshop',
        practice: 'capacity',
      },
      'Half the downtime of the web shop',
    ],
    [
      '2026-06-03 14:00',
      'lena',
      {
        state: 'accepted',
        objective: 'Earn the revenue that promotions are made for.\n',
        sponsor: 'Mira Stein, head of sales',
        source: 'gitsm report --period 2026-05, where promotions stand beside the incidents they brought',
      },
      'sales stands up for it',
    ],
    [
      '2026-07-20 16:00',
      'ada',
      {
        state: 'assess',
        kpi: 'webshop-daily-downtime',
        baseline: { value: 7.78, from: '2026-06-01', to: '2026-07-20' },
        target: 3.8,
        due: '2026-12-01',
        observe_days: 60,
        data_source: 'records/measurement/webshop-downtime.csv',
        data_quality:
          'Complete: a probe once a minute from two cities. It orders one article, so failures of large baskets are not seen.\n',
      },
      'seven weeks are measured: 7.78 minutes a day',
    ],
    [
      '2026-07-27 10:00',
      'grace',
      {
        state: 'approved',
        finding:
          'From about 800 sessions an hour on, three web servers queue requests. Friday evenings reach that in every promotion: response\ntimes follow the sessions of the same hour, and the days with downtime are those of the campaign calendar.\n',
        options: [
          'A fourth web server, 4,800 EUR a year',
          'A waiting room in the delivery network that opens by itself, two weeks of work',
          'Smaller promotions',
        ],
        effort: 'M',
        benefit: 'About four minutes a day less; on the evenings where they occur, a minute is worth 1,900 EUR.\n',
        priority: 'P2',
        report: 'gitsm report --period 2026-06, with records/commentary/2026-06-operations.yaml',
        approver: 'grace',
      },
      'Friday evenings of promotions; a server and a waiting room',
      'Presented with the report of June',
    ],
    [
      '2026-07-28 12:00',
      'dmitri',
      {
        state: 'in_progress',
        team: 'platform',
        changes: ['CHG-20260721-W4EB', 'CHG-20260728-Q1RM'],
        tasks: [{ title: 'Campaign calendar of marketing shared with operations', done: false }],
      },
      'two changes and a calendar',
    ],
    [
      '2026-08-25 12:00',
      'dmitri',
      {
        state: 'review',
        implemented_at: instantOf('2026-08-17 23:00'),
        tasks: [{ title: 'Campaign calendar of marketing shared with operations', done: true }],
      },
      'in place; sixty days of watching begin',
    ],
    [
      '2026-11-02 07:30',
      'ada',
      {
        state: 'closed',
        measured_value: 2.48,
        measured_period: { from: '2026-08-18', to: '2026-11-01' },
        result: 'achieved',
        lessons:
          'Measure first: half a year went into two changes against causes that nobody had shown. Three promotions, one of them the\nlargest of the year, are the proof.\n',
      },
      'measured: 2.48 minutes a day instead of 7.78',
      'Measured again by the engine from records/measurement/webshop-downtime.csv',
    ],
  ],
}

/** The rest of the register. */
const others: readonly Told[] = [
  {
    type: 'improvement',
    id: 'IMP-20260511-6JXA',
    steps: [
      [
        '2026-05-11 10:20',
        'kate',
        {
          state: 'new',
          title: 'Answer mails within ten minutes',
          proposer: 'kate',
          opened_at: instantOf('2026-05-11 10:20'),
          practice: 'service_level',
        },
        'Answer mails within ten minutes',
      ],
      [
        '2026-05-12 10:00',
        'ines',
        { state: 'accepted', objective: 'Customers feel heard.\n', sponsor: 'ines', source: 'Survey of spring 2026' },
        'looked into',
      ],
      [
        '2026-05-26 14:00',
        'ines',
        {
          state: 'rejected',
          reject_reason: 'Customers in a hurry call. The survey asks for good answers to mails, not for quick ones.\n',
        },
        'not what customers ask for',
      ],
    ],
  },
  {
    type: 'improvement',
    id: 'IMP-20261005-9KQE',
    steps: [
      [
        '2026-10-05 09:45',
        'fatima',
        {
          state: 'new',
          title: 'Checkout answers faster while the stores are open',
          description: 'Staff in the stores wait with the customer beside them.\n',
          proposer: 'fatima',
          opened_at: instantOf('2026-10-05 09:45'),
          service: 'webshop',
          practice: 'capacity',
        },
        'Checkout answers faster while the stores are open',
      ],
      [
        '2026-10-06 10:00',
        'dmitri',
        {
          state: 'accepted',
          objective: 'Sell in the stores what only the web shop has in stock.\n',
          sponsor: 'Oliver Brandt, head of the stores',
          source: 'Visit of the store in Potsdam on 2 October',
        },
        'the stores stand up for it',
      ],
    ],
  },
  {
    type: 'improvement',
    id: 'IMP-20261021-R7VB',
    steps: [
      [
        '2026-10-21 11:30',
        'jonas',
        {
          state: 'new',
          title: 'Fewer incidents that keep coming back',
          proposer: 'jonas',
          opened_at: instantOf('2026-10-21 11:30'),
          practice: 'problem',
        },
        'Fewer incidents that keep coming back',
      ],
      [
        '2026-10-22 10:00',
        'dmitri',
        {
          state: 'accepted',
          objective: 'Spend the nights of the on-call engineers on new faults only.\n',
          sponsor: 'dmitri',
          source: 'gitsm report --period 2026-09, step 5',
        },
        'platform stands up for it',
      ],
    ],
  },
  {
    type: 'improvement',
    id: 'IMP-20261029-2ZCM',
    steps: [
      [
        '2026-10-29 16:00',
        'ada',
        {
          state: 'new',
          title: 'Know how many baskets are abandoned',
          description: 'Nobody can say what a slow page costs, because baskets that are never paid are not counted.\n',
          proposer: 'ada',
          opened_at: instantOf('2026-10-29 16:00'),
          service: 'webshop',
        },
        'Know how many baskets are abandoned',
      ],
    ],
  },
]

/** The register of improvements. */
export const improvements: readonly Told[] = [halfTheDowntime, ...others]
