import type { Data } from '../record.ts'
import { instantOf, type Told, type ToldStep } from './told.ts'

/** A release as its manager plans it, and how it went. */
interface ReleasePlan {
  readonly id: string
  readonly opened: string
  readonly manager: string
  readonly approver: string
  readonly data: Data
  readonly build: string
  readonly test: readonly [when: string, evidence: readonly (readonly [test: string, evidence: string])[]]
  readonly decided: readonly [when: string, reason: string]
  readonly deployed: readonly [begun: string, over: string]
  readonly criteria: readonly string[]
  readonly version: string
  /** How it ended: closed, or rolled back for a reason with the incidents that led to it. */
  readonly end: { readonly when: string; readonly rolledBack?: string; readonly incidents?: readonly string[] }
}

/** The releases of the year: three became ordinary operation, one was rolled back, one is being planned. */
export const releases: readonly Told[] = [
  ...(
    [
      {
        id: 'REL-20260217-A0SC',
        opened: '2026-02-17 10:30',
        manager: 'dmitri',
        approver: 'grace',
        data: {
          title: 'Web servers that start by themselves',
          release_type: 'major',
          services: ['webshop'],
          owner: 'platform',
          requester: 'ada',
          changes: ['CHG-20260217-A0SC'],
          rollback_plan: 'Switch the rule off; three servers as before.\n',
        },
        build: '2026-02-19 10:00',
        test: ['2026-02-23 10:00', [['Three servers started and ended in staging', 'Log of staging, 20 February']]],
        decided: ['2026-02-26 15:00', 'Staging shows what it should; operations watches the morning.'],
        deployed: ['2026-03-03 05:00', '2026-03-03 06:10'],
        criteria: ['Two Friday evenings without a queue'],
        version: 'scaling-1',
        end: {
          when: '2026-03-03 07:10',
          rolledBack: 'Servers that were started by themselves showed articles without prices.',
          incidents: ['INC-20260303-A9SC'],
        },
      },
      {
        id: 'REL-20260302-P4AY',
        opened: '2026-03-02 15:00',
        manager: 'hugo',
        approver: 'lena',
        data: {
          title: 'Payments over the new interface of the provider',
          release_type: 'minor',
          services: ['payment'],
          owner: 'payments',
          requester: 'grace',
          changes: ['CHG-20260302-P4WG'],
          rollback_plan: 'Install 4.11; the provider serves both interfaces until May.\n',
        },
        build: '2026-03-04 10:00',
        test: ['2026-03-09 10:00', [['40 kinds of payment', 'Report of the sandbox, 6 March']]],
        decided: ['2026-03-12 10:00', 'Every kind of payment went through.'],
        deployed: ['2026-03-15 02:10', '2026-03-15 03:50'],
        criteria: ['A week with at most 1 % of refusals'],
        version: '4.12.1',
        end: { when: '2026-03-23 10:00' },
      },
      {
        id: 'REL-20260421-W7HS',
        opened: '2026-04-21 11:00',
        manager: 'fatima',
        approver: 'lena',
        data: {
          title: 'Ways through the halls on every scanner',
          release_type: 'major',
          services: ['warehouse'],
          owner: 'platform',
          requester: 'kate',
          changes: ['CHG-20260421-W9HA'],
          rollback_plan: 'Install version 6 on Saturday night: thirty minutes.\n',
        },
        build: '2026-04-23 10:00',
        test: [
          '2026-05-04 10:00',
          [['A day of orders in the test hall', 'Lists of 30 April, signed by the early shift']],
        ],
        decided: ['2026-05-06 15:00', 'The early shift wants it.'],
        deployed: ['2026-05-09 22:10', '2026-05-10 01:05'],
        criteria: ['Ten days without an order on two lists'],
        version: '7.0',
        end: { when: '2026-05-22 10:00' },
      },
      {
        id: 'REL-20260728-S8RF',
        opened: '2026-07-28 14:00',
        manager: 'dmitri',
        approver: 'lena',
        data: {
          title: 'Ready for the promotions of autumn',
          release_type: 'major',
          services: ['webshop'],
          owner: 'platform',
          requester: 'ada',
          changes: ['CHG-20260721-W4EB', 'CHG-20260728-Q1RM', 'CHG-20260727-C4DN'],
          rollback_plan: 'Each of the three changes goes back by itself within five minutes.\n',
          problems: ['PRB-20251202-V3RW'],
        },
        build: '2026-08-03 10:00',
        test: [
          '2026-08-07 10:00',
          [
            ['1,500 sessions an hour against four servers', 'Load test of 6 August: 61 % load'],
            ['The waiting room opens and closes by itself', 'Load test of 6 August'],
          ],
        ],
        decided: [
          '2026-08-10 11:00',
          'Figures of June and July say what is missing, and the load test that this is it.',
        ],
        deployed: ['2026-08-10 16:00', '2026-08-17 23:10'],
        criteria: ['The back-to-school week without a queue at the web servers'],
        version: 'autumn 2026',
        end: { when: '2026-09-01 11:00' },
      },
    ] satisfies readonly ReleasePlan[]
  ).map(release),
  {
    type: 'release',
    id: 'REL-20261019-G1FC',
    steps: [
      [
        '2026-10-19 10:00',
        'grace',
        {
          state: 'planning',
          title: 'Gift cards',
          release_type: 'major',
          services: ['gift-cards', 'payment'],
          requester: 'kate',
          owner: 'payments',
          manager: 'hugo',
          opened_at: instantOf('2026-10-19 09:50'),
          reason: 'Two of five customers ask for them before Christmas.\n',
        },
        'Gift cards',
      ],
      ['2026-10-26 11:00', 'hugo', { state: 'build', changes: ['CHG-20261026-G1FC'] }, 'the gateway comes first'],
    ],
  },
]

function release({ id, opened, manager, approver, data, ...plan }: ReleasePlan): Told {
  const criteria = (met: boolean) => plan.criteria.map((criterion) => ({ criterion, met }))
  const [tested, tests] = plan.test
  const [decided, reason] = plan.decided
  const [begun, over] = plan.deployed
  const steps: readonly ToldStep[] = [
    [opened, manager, { state: 'planning', ...data, manager, opened_at: instantOf(opened) }, String(data['title'])],
    [plan.build, manager, { state: 'build' }, 'put together'],
    [tested, manager, { state: 'test' }, 'tested as a whole'],
    [
      decided,
      manager,
      {
        state: 'go_no_go',
        test_evidence: tests.map(([test, evidence]) => ({ test, result: 'passed', evidence })),
        deployment_plan: 'As its changes say, in their order.\n',
        exit_criteria: criteria(false),
        approver,
        planned_start: instantOf(begun),
        planned_end: instantOf(over),
        version: plan.version,
      },
      'go or no go?',
    ],
    [begun, manager, { state: 'deployment', decision: 'go', decision_reason: `${reason}\n` }, `go, says ${approver}`],
  ]
  const { when, rolledBack, incidents } = plan.end
  const end: readonly ToldStep[] =
    rolledBack === undefined
      ? [
          [over, manager, { state: 'early_life_support', deployed_at: instantOf(over) }, 'deployed, and watched'],
          [when, manager, { state: 'closed', exit_criteria: criteria(true) }, 'ordinary operation'],
        ]
      : [
          [
            when,
            manager,
            { state: 'rolled_back', rolled_back_at: instantOf(when), rollback_reason: `${rolledBack}\n`, incidents },
            rolledBack,
          ],
        ]
  return { type: 'release', id, steps: [...steps, ...end] }
}
