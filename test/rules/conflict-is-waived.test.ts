import { describe } from 'vitest'
import { conflictIsWaived } from '../../src/rules/conflict-is-waived.ts'
import { type Case, cases } from '../support/cases.ts'

const file = 'records/change/CHG-A.yaml'

const teams = {
  'records/team/cab.yaml': 'id: cab\ntitle: CAB\nmembers:\n  - { login: carla, id: 7 }\n  - { login: bob, id: 2 }\n',
  'records/team/platform.yaml':
    'id: platform\ntitle: P\nmembers:\n  - { login: dmitri }\n  - { login: old-bob, id: 2 }\n',
  'records/team/desk.yaml': 'id: desk\ntitle: D\nmembers:\n  - { login: ines }\n',
  'records/policy/change.yaml':
    'id: change\ntitle: C\nguards: change\nrules:\n  - { name: all, when: {}, require: { all: [ { approvals: 1, from: [cab, service-owner] } ] } }\n',
  'records/service/shop.yaml': 'id: shop\ntitle: Shop\nowner: platform\nstate: operational\n',
  'records/ci/db.yaml': 'id: db\ntitle: DB\nclass: database\nstate: operational\nservices: [shop]\n',
  'records/ci/relay.yaml': 'id: relay\ntitle: R\nclass: server\nstate: operational\n',
}

const freeze = (more = '') => ({
  'records/window/freeze.yaml': `id: freeze\ntitle: F\nkind: freeze\nfrom: 2026-12-01T00:00:00Z\nto: 2026-12-05T00:00:00Z\n${more}`,
})

const other = (fields: string) => ({
  'records/change/CHG-B.yaml': `id: CHG-B\nstate: scheduled\nplanned_start: 2026-12-02T11:00:00Z\nplanned_end: 2026-12-02T13:00:00Z\n${fields}`,
})

/** The change, in a state, with lines of its own. */
function change(state: string, lines: string, type = 'normal'): string {
  const times = /planned_start/.test(lines)
    ? ''
    : 'planned_start: 2026-12-02T10:00:00Z\nplanned_end: 2026-12-02T12:00:00Z\n'
  return `id: CHG-A\nstate: ${state}\nchange_type: ${type}\nrequester: ada\nimplementer: bob\n${times}${lines}`
}

function step(lines: string, around: { readonly [path: string]: string }, more: Partial<Case> = {}): Case {
  const rest = { ...teams, ...around }
  return {
    before: { ...rest, [file]: change('authorize', 'cis: [db]\n') },
    now: { ...rest, [file]: change('scheduled', lines) },
    ...more,
  }
}

const inFreeze = 'db is in the freeze freeze (2026-12-02 10:00 to 2026-12-02 12:00 UTC)'

function waiver(lines: string, mark = ''): string {
  return `cis:\n  - db${mark}\nwaivers:\n  - conflict: ci_in_blackout\n    with: freeze\n    reason: Agreed\n${lines}`
}

const marked = ` # <- ${inFreeze}`
const approver = (login: string, mark = ''): string =>
  `    approver: ${login}${mark}\n    expires: 2026-12-03T00:00:00Z\n`

describe('a change is refused into time that is not its own', () => {
  cases(conflictIsWaived, {
    'that a freeze forbids': step(`cis:\n  - db${marked}\n`, freeze()),
    'that another change has': step(
      'cis:\n  - relay\n  - db # <- CHG-B changes db at the same time (2026-12-02 11:00 to 2026-12-02 12:00 UTC)\n',
      other('cis: [db]\n'),
    ),
    'that its implementer spends elsewhere, under a second login': {
      before: {
        ...teams,
        ...other('cis: [relay]\nimplementer: old-bob\n'),
        [file]: change('authorize', 'cis: [db]\n'),
      },
      now: {
        ...teams,
        ...other('cis: [relay]\nimplementer: old-bob\n'),
        [file]: change('scheduled', 'cis: [db]\n').replace(
          'implementer: bob',
          'implementer: bob # <- bob implements CHG-B at the same time (2026-12-02 11:00 to 2026-12-02 12:00 UTC)',
        ),
      },
    },
    'that nobody may have': step(
      'planned_start: 2026-12-02T10:00:00Z # <- Nothing may change in the freeze freeze (2026-12-02 10:00 to 2026-12-02 12:00 UTC)\nplanned_end: 2026-12-02T12:00:00Z\n',
      freeze(),
    ),
    'when it is born scheduled': {
      now: { ...teams, ...freeze(), [file]: change('scheduled', `cis:\n  - db${marked}\n`) },
    },
    'when it passes the state on its way': {
      before: { ...teams, ...freeze(), [file]: change('authorize', 'cis: [db]\nlog: []\n') },
      now: {
        ...teams,
        ...freeze(),
        [file]: change(
          'review',
          `cis:\n  - db${marked}\nlog:\n  - { at: 2026-12-01T08:00:00Z, by: bob, state: scheduled }\n  - { at: 2026-12-02T08:00:00Z, by: bob, state: review }\n`,
        ),
      },
    },
    'when its time is moved later on': {
      before: {
        ...teams,
        ...freeze(),
        [file]: change(
          'scheduled',
          'cis: [db]\nplanned_start: 2026-12-06T10:00:00Z\nplanned_end: 2026-12-06T12:00:00Z\n',
        ),
      },
      now: { ...teams, ...freeze(), [file]: change('scheduled', `cis:\n  - db${marked}\n`) },
    },
    'in an emergency too, where there is a lockdown': {
      now: {
        ...teams,
        ...freeze('allows: []\n'),
        [file]: change(
          'implement',
          'cis:\n  - db # <- db is in the lockdown freeze (2026-12-02 10:00 to 2026-12-02 12:00 UTC)\n',
          'emergency',
        ),
      },
    },
  })
})

describe('a waiver that does not count is told where', () => {
  cases(conflictIsWaived, {
    'by the requester': step(waiver(approver('ada', marked)), freeze()),
    'by the implementer': step(waiver(approver('BOB', marked)), freeze()),
    'by the implementer under a second login': step(waiver(approver('old-bob', marked)), freeze()),
    'by somebody of another team': step(waiver(approver('ines', marked)), freeze()),
    'that expires before the end': step(
      waiver(`    approver: carla\n    expires: 2026-12-02T11:59:59Z${marked}\n`),
      freeze(),
    ),
    'for another kind': step(
      waiver(approver('carla'), marked).replace('ci_in_blackout', 'ci_already_scheduled'),
      freeze(),
    ),
    'for another window': step(waiver(approver('carla'), marked).replace('with: freeze', 'with: christmas'), freeze()),
    'for a lockdown': step(
      waiver(approver('carla')).replace(
        'conflict: ci_in_blackout',
        'conflict: lockdown # <- db is in the lockdown freeze (2026-12-02 10:00 to 2026-12-02 12:00 UTC)',
      ),
      freeze('allows: []\n'),
    ),
  })
})

describe('a change is let into its time', () => {
  cases(conflictIsWaived, {
    'that is free': step('cis: [db]\n', {}),
    'with a waiver of the board': step(waiver(approver('carla')), freeze()),
    'with a waiver of the owner of an affected service': step(waiver(approver('Dmitri')), freeze()),
    'with a waiver that holds to its end': step(
      waiver('    approver: carla\n    expires: 2026-12-02T12:00:00Z\n'),
      freeze(),
    ),
    'with a waiver for every window': step(waiver(approver('carla')).replace('    with: freeze\n', ''), freeze()),
    'with a waiver that the other change carries': step(
      'cis: [db]\n',
      other(
        'cis: [db]\nwaivers:\n  - { conflict: ci_already_scheduled, with: CHG-A, approver: carla, reason: One night, expires: 2026-12-03T00:00:00Z }\n',
      ),
    ),
    'in an emergency, though others are there': {
      before: { ...freeze(), ...other('cis: [db]\n') },
      now: { ...teams, ...freeze(), ...other('cis: [db]\n'), [file]: change('implement', 'cis: [db]\n', 'emergency') },
    },
    'when others came later and it edits only its words': {
      before: { ...teams, ...freeze(), [file]: change('scheduled', 'cis: [db]\n') },
      now: { ...teams, ...freeze(), [file]: change('scheduled', 'cis: [db]\ndescription: More\n') },
    },
    'while it is still being assessed': {
      now: { ...teams, ...freeze(), [file]: change('assess', 'cis: [db]\n') },
    },
    'where what collides is worth knowing only': step('cis: [db]\n', other('cis: [relay]\nservices: [shop]\n')),
  })
})
