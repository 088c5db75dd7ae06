import { change, later, type Offence, replaced, wrong } from './offence.ts'

const calendar = 'records/calendar/berlin-office.yaml'
const minute = 60

/** Things that somebody had to approve, and for which the ledger has no decision. */
export const unauthorised: readonly Offence[] = [
  {
    kind: 'a change scheduled without approval, beside one with it',
    deeds: [
      { write: (at) => change('CHG-PLANT-80', 'scheduled', at, 20), approved: 'change/CHG-PLANT-80' },
      { write: (at) => change('CHG-PLANT-81', 'scheduled', at, 21), finds: ['approval-given'] },
    ],
  },
  {
    kind: 'an edit of what was authorised',
    deeds: [
      { write: (at) => change('CHG-PLANT-82', 'scheduled', at, 22), approved: 'change/CHG-PLANT-82' },
      { write: (at) => change('CHG-PLANT-82', 'scheduled', later(at, -minute), 23), finds: ['approval-given'] },
    ],
  },
  {
    kind: 'an edit of what was authorised, while it is carried out',
    deeds: [
      {
        write: (at) => change('CHG-PLANT-84', 'scheduled', at, 25, { window_deviation_reason: 'At once' }),
        approved: 'change/CHG-PLANT-84',
      },
      {
        write: (at) =>
          change('CHG-PLANT-84', 'implement', later(at, -minute), 25, {
            window_deviation_reason: 'At once',
            actual_start: at,
          }),
      },
      {
        write: (at) =>
          change('CHG-PLANT-84', 'implement', later(at, -2 * minute), 25, {
            window_deviation_reason: 'At once',
            actual_start: later(at, -minute),
            implementation_plan: 'Drop the database',
          }),
        finds: ['approval-given'],
      },
    ],
  },
  wrong('an edit of a schema without approval', ['approval-given'], (_, texts) =>
    replaced(texts, 'schemas/incident/schema.json', 'An unplanned interruption', 'An interruption'),
  ),
  wrong('an edit of the configuration without approval', ['approval-given'], (_, texts) =>
    replaced(texts, 'gitsm.yaml', '  - software\n', '  - software\n  - weather\n'),
  ),
  wrong('an edit of a calendar without approval', ['approval-given'], (_, texts) =>
    replaced(texts, calendar, 'title: ', 'title: All '),
  ),
  wrong('a policy made milder without approval', ['approval-given'], (_, texts) =>
    replaced(texts, 'records/policy/governance.yaml', 'approvals: 2', 'approvals: 1'),
  ),
  wrong('a new member of a team that approves, without approval', ['approval-given'], (_, texts) =>
    replaced(texts, 'records/team/service-board.yaml', 'members:\n', 'members:\n  - { login: mallory }\n'),
  ),
  wrong('a workflow without approval', ['approval-given'], () => ({ '.github/workflows/other.yaml': 'on: push\n' })),
  wrong('an emergency that nobody approved in time', ['approval-given'], (at) =>
    change('CHG-PLANT-83', 'implement', at, 24, {
      change_type: 'emergency',
      actual_start: at,
      window_deviation_reason: 'At once',
      outage: undefined,
    }),
  ),
]
