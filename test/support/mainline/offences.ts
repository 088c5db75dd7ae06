import type { Data } from '../../../src/core/record.ts'
import { change, incident, later, type Offence, offence, pathOf, record, replaced, solved, wrong } from './offence.ts'

const [minute, day] = [60, 86_400]
const step = (at: string, state: string, more: Data = {}) => ({ at, by: 'ada', state, ...more })
const note = (at: string, text: string) => ({ at, by: 'ada', note: text })

/** What happens to one record against its lifecycle and its own account. */
const ofLives: readonly Offence[] = [
  offence(
    'a step that the lifecycle does not have',
    ['transition-allowed'],
    (at) => incident('INC-PLANT-01', 'new', at),
    (at) => incident('INC-PLANT-01', 'closed', later(at, -minute), solved),
  ),
  offence(
    'one illegal step among several',
    ['transition-allowed'],
    (at) => incident('INC-PLANT-02', 'new', at),
    (at) =>
      incident('INC-PLANT-02', 'resolved', later(at, -minute), {
        ...solved,
        log: [step(at, 'cancelled'), step(at, 'resolved')],
      }),
  ),
  wrong('a birth in a late state', ['birth-allowed'], (at) => incident('INC-PLANT-03', 'closed', at, solved)),
  wrong('an emergency birth of a change that is none', ['birth-allowed'], (at) =>
    change('CHG-PLANT-03', 'implement', at, 0, { actual_start: at, window_deviation_reason: 'At once' }),
  ),
  offence(
    'a step without the fields that it requires',
    ['step-has-fields'],
    (at) => incident('INC-PLANT-04', 'resolved', at, solved),
    (at) => incident('INC-PLANT-04', 'in_progress', later(at, -minute), solved),
  ),
  offence(
    'a field taken away that the state requires',
    ['state-has-fields'],
    (at) => incident('INC-PLANT-05', 'in_progress', at, { team: 'operations' }),
    (at) => incident('INC-PLANT-05', 'in_progress', later(at, -minute)),
  ),
  {
    kind: 'an edit of a closed record',
    deeds: [
      { write: (at) => incident('INC-PLANT-06', 'resolved', at, solved) },
      { write: (at) => incident('INC-PLANT-06', 'closed', later(at, -minute), solved) },
      {
        write: (at) => incident('INC-PLANT-06', 'closed', later(at, -2 * minute), { ...solved, title: 'Nothing' }),
        finds: ['closed-is-immutable'],
      },
    ],
  },
  {
    kind: 'a step in the log of a closed record',
    deeds: [
      { write: (at) => incident('INC-PLANT-07', 'resolved', at, solved) },
      { write: (at) => incident('INC-PLANT-07', 'closed', later(at, -minute), solved) },
      {
        write: (at) =>
          incident('INC-PLANT-07', 'closed', later(at, -2 * minute), { ...solved, log: [step(at, 'closed')] }),
        finds: ['closed-is-immutable'],
      },
    ],
  },
  offence(
    'a rewritten log entry',
    ['log-append-only'],
    (at) => incident('INC-PLANT-08', 'new', at, { log: [note(at, 'Nobody was told')] }),
    (at) => incident('INC-PLANT-08', 'new', later(at, -minute), { log: [note(later(at, -minute), 'All were told')] }),
  ),
  offence(
    'a log entry that is gone',
    ['log-append-only'],
    (at) => incident('INC-PLANT-09', 'new', at, { log: [note(at, 'One'), note(at, 'Two')] }),
    (at) => incident('INC-PLANT-09', 'new', later(at, -minute), { log: [note(later(at, -minute), 'One')] }),
  ),
  offence(
    'log entries in another order',
    ['log-append-only'],
    (at) => incident('INC-PLANT-10', 'new', at, { log: [note(at, 'One'), note(at, 'Two')] }),
    (at) =>
      incident('INC-PLANT-10', 'new', later(at, -minute), {
        log: [note(later(at, -minute), 'Two'), note(later(at, -minute), 'One')],
      }),
  ),
  offence(
    'a log that names another state',
    ['log-names-state'],
    (at) => incident('INC-PLANT-11', 'new', at),
    (at) =>
      incident('INC-PLANT-11', 'in_progress', later(at, -minute), {
        team: 'operations',
        hold_reason: 'awaiting_caller',
        log: [step(at, 'on_hold')],
      }),
  ),
  offence(
    'a deletion',
    ['never-deleted'],
    (at) => incident('INC-PLANT-12', 'new', at),
    () => ({ [pathOf('incident', 'INC-PLANT-12')]: null }),
  ),
  offence(
    'an id that is changed in place',
    ['id-matches-file', 'never-deleted'],
    (at) => incident('INC-PLANT-13', 'new', at),
    (_, texts) => replaced(texts, pathOf('incident', 'INC-PLANT-13'), 'id: INC-PLANT-13', 'id: INC-PLANT-99'),
  ),
  offence(
    'a record that becomes one of another type',
    ['never-deleted', 'problem-has-evidence'],
    (at) => incident('INC-PLANT-14', 'new', at),
    (_, texts) => ({
      [pathOf('incident', 'INC-PLANT-14')]: null,
      [pathOf('problem', 'INC-PLANT-14')]: texts.get(pathOf('incident', 'INC-PLANT-14')) ?? '',
    }),
  ),
  offence(
    'an id that is used twice',
    ['id-unique'],
    (at) => incident('INC-PLANT-15', 'new', at),
    (_, texts) => ({
      'records/incident/planted/twice/INC-PLANT-15.yaml': texts.get(pathOf('incident', 'INC-PLANT-15')) ?? '',
    }),
  ),
  {
    kind: 'a reopening after the time for it',
    deeds: [
      { write: (at) => incident('INC-PLANT-16', 'resolved', at, { ...solved, resolved_at: at }) },
      {
        after: 15 * day,
        write: (at) =>
          incident('INC-PLANT-16', 'in_progress', later(at, -15 * day), {
            ...solved,
            resolved_at: later(at, -15 * day),
            reopen_reason: 'It came back',
          }),
        finds: ['step-in-time'],
      },
    ],
  },
]

/** What nobody can read, or stands where it must not. */
const ofFiles: readonly Offence[] = [
  wrong('a field that the schema does not know', ['schema-valid'], (at) =>
    incident('INC-PLANT-20', 'new', at, { colour: 'red' }),
  ),
  offence(
    'a value of the wrong type',
    ['schema-valid'],
    (at) => incident('INC-PLANT-21', 'new', at),
    (at) => incident('INC-PLANT-21', 'new', later(at, -minute), { major: 'perhaps' }),
  ),
  wrong('an id in small letters', ['schema-valid'], (at) => incident('inc-plant-22', 'new', at)),
  offence(
    'text that is no YAML',
    ['yaml-syntax'],
    (at) => incident('INC-PLANT-23', 'new', at),
    () => ({ [pathOf('incident', 'INC-PLANT-23')]: 'id: [\n' }),
  ),
  offence(
    'an anchor',
    ['yaml-anchor'],
    (at) => incident('INC-PLANT-24', 'new', at),
    (_, texts) => replaced(texts, pathOf('incident', 'INC-PLANT-24'), 'title: ', 'title: &title '),
  ),
  offence(
    'a key that stands twice',
    ['yaml-duplicate-key'],
    (at) => incident('INC-PLANT-25', 'new', at),
    (_, texts) => replaced(texts, pathOf('incident', 'INC-PLANT-25'), 'title: ', 'state: closed\ntitle: '),
  ),
  wrong('letters that turn the direction of reading', ['text-bidi'], (at) =>
    incident('INC-PLANT-26', 'new', at, { title: 'Checkout \u202e is slow' }),
  ),
  wrong('a file that is too large', ['yaml-size'], (at) =>
    incident('INC-PLANT-27', 'new', at, { description: 'Slow. '.repeat(12_000) }),
  ),
  {
    kind: 'a symbolic link in place of a record',
    deeds: [
      { write: (at) => incident('INC-PLANT-28', 'new', at) },
      {
        write: () => ({}),
        link: { path: pathOf('incident', 'INC-PLANT-28'), mode: '120000' },
        finds: ['file-mode', 'never-deleted'],
      },
    ],
  },
  {
    kind: 'a submodule among the records',
    deeds: [
      { write: () => ({}), link: { path: 'records/incident/planted/elsewhere', mode: '160000' }, finds: ['file-mode'] },
    ],
  },
  wrong('a file that is no record', ['record-path'], () => ({ 'records/incident/planted/notes.txt': 'Nothing\n' })),
  wrong('a type that does not exist', ['type-known'], (at) => ({
    'records/incidents/INC-PLANT-29.yaml': `id: INC-PLANT-29\nopened_at: ${at}\n`,
  })),
]

/** What does not fit together, within a record or with others. */
const ofSense: readonly Offence[] = [
  wrong('a reference that leads nowhere', ['reference-exists'], (at) =>
    incident('INC-PLANT-30', 'new', at, { service: 'web-shop' }),
  ),
  wrong('a link to a change that nobody wrote', ['link-exists'], (at) =>
    incident('INC-PLANT-31', 'new', at, { caused_by: 'CHG-20260101-ZZZZ' }),
  ),
  offence(
    'a removal of what others name',
    ['reference-exists'],
    (at) => ({
      ...record('calendar', { id: 'planted-hours', title: 'Hours', timezone: 'UTC', hours: { mon: ['08:00-12:00'] } }),
      ...incident('INC-PLANT-32', 'new', at),
      ...record('sla', { ...agreement('planted-draft', 901), state: 'draft', targets: hoursOf('planted-hours') }),
    }),
    () => ({ [pathOf('calendar', 'planted-hours')]: null }),
  ),
  wrong('a priority beside the matrix', ['priority-matches-matrix'], (at) =>
    incident('INC-PLANT-33', 'new', at, { priority: 'P1' }),
  ),
  wrong('a category that nobody knows', ['category-known'], (at) =>
    incident('INC-PLANT-34', 'new', at, { category: 'gremlins' }),
  ),
  wrong('a log that runs backwards', ['times-in-order'], (at) =>
    incident('INC-PLANT-35', 'new', at, { log: [note(at, 'Late'), note(later(at, -minute), 'Early')] }),
  ),
  wrong('an end before the beginning', ['times-in-order'], (at) =>
    incident('INC-PLANT-36', 'resolved', at, { ...solved, resolved_at: later(at, -day) }),
  ),
  wrong('outages that overlap', ['outage-is-consistent'], (at) =>
    incident('INC-PLANT-37', 'new', later(at, -day), {
      outage: [
        { service: 'webshop', from: later(at, -7200), to: later(at, -3600) },
        { service: 'webshop', from: later(at, -5400), to: later(at, -1800) },
      ],
    }),
  ),
  wrong('duplicates of each other', ['lineage-has-an-end'], (at) => ({
    ...incident('INC-PLANT-38', 'new', at, { duplicate_of: 'INC-PLANT-39' }),
    ...incident('INC-PLANT-39', 'new', at, { duplicate_of: 'INC-PLANT-38' }),
  })),
]

/** Times that are claimed against what the mainline knew. */
const ofTimes: readonly Offence[] = [
  wrong('an opening that lies ahead', ['declared-not-ahead'], (at) => incident('INC-PLANT-40', 'new', later(at, 7200))),
  wrong('a log entry that lies ahead', ['declared-not-ahead'], (at) =>
    incident('INC-PLANT-41', 'new', at, { log: [note(later(at, 7200), 'Will be told')] }),
  ),
  {
    kind: 'a step claimed for an earlier time',
    deeds: [
      { write: (at) => incident('INC-PLANT-42', 'new', later(at, -day)) },
      {
        after: 7200,
        write: (at) =>
          incident('INC-PLANT-42', 'in_progress', later(at, -day - 7200), {
            team: 'operations',
            log: [step(later(at, -10_000), 'in_progress')],
          }),
        finds: ['step-not-backdated'],
      },
    ],
  },
  offence(
    'an opening that is moved later',
    ['opened-at-stands'],
    (at) => incident('INC-PLANT-43', 'new', later(at, -day)),
    (at) => incident('INC-PLANT-43', 'new', at),
  ),
  {
    kind: 'a commit dated years ahead',
    deeds: [
      { write: (at) => incident('INC-PLANT-44', 'new', later(at, -day)) },
      {
        dated: (at) => at + 1500 * day,
        write: (at) => incident('INC-PLANT-44', 'resolved', later(at, -day - minute), solved),
        finds: ['commit-date-ahead'],
      },
    ],
  },
  {
    kind: 'a commit dated before what it follows',
    deeds: [
      { write: (at) => incident('INC-PLANT-45', 'new', later(at, -day)) },
      {
        dated: (at) => at - 30 * day,
        write: (at) => incident('INC-PLANT-45', 'resolved', later(at, -day - minute), solved),
        finds: ['commit-date-behind'],
      },
    ],
  },
]

/** Changes, problems, requests, releases, reviews and improvements. */
const ofPractices: readonly Offence[] = [
  {
    kind: 'a major incident closed without a review',
    deeds: [
      { write: (at) => incident('INC-PLANT-50', 'resolved', at, { ...solved, ...major }) },
      {
        write: (at) => incident('INC-PLANT-50', 'closed', later(at, -minute), { ...solved, ...major }),
        finds: ['major-incident-is-reviewed'],
      },
    ],
  },
  {
    kind: 'a problem resolved by a change that was cancelled',
    deeds: [
      {
        write: (at) => ({
          ...change('CHG-PLANT-51', 'new', at, 1),
          ...problem('PRB-PLANT-51', 'new', at),
        }),
      },
      {
        write: (at) => ({
          ...change('CHG-PLANT-51', 'cancelled', later(at, -minute), 1, { cancel_reason: 'Too dear' }),
          ...problem('PRB-PLANT-51', 'root_cause_analysis', later(at, -minute), {
            log: [step(at, 'assess'), step(at, 'root_cause_analysis')],
          }),
        }),
      },
      {
        write: (at) =>
          problem('PRB-PLANT-51', 'resolved', later(at, -2 * minute), {
            ...found(at),
            changes: ['CHG-PLANT-51'],
            log: [
              step(later(at, -minute), 'assess'),
              step(later(at, -minute), 'root_cause_analysis'),
              step(at, 'resolved'),
            ],
          }),
        finds: ['problem-resolution-holds'],
      },
    ],
  },
  {
    kind: 'a problem closed before anybody can know',
    deeds: [
      { write: (at) => problem('PRB-PLANT-52', 'root_cause_analysis', at, { log: analysed(at) }) },
      {
        write: (at) =>
          problem('PRB-PLANT-52', 'resolved', later(at, -minute), {
            ...accepted(at),
            log: [...analysed(later(at, -minute)), step(at, 'resolved')],
          }),
      },
      {
        after: day,
        write: (at) =>
          problem('PRB-PLANT-52', 'closed', later(at, -day - minute), {
            ...accepted(later(at, -day)),
            verification: 'Quiet since',
            log: [...analysed(later(at, -day - minute)), step(later(at, -day), 'resolved'), step(at, 'closed')],
          }),
        finds: ['step-in-time'],
      },
    ],
  },
  wrong('a problem without evidence', ['problem-has-evidence'], (at) =>
    problem('PRB-PLANT-53', 'new', at, { incidents: undefined }),
  ),
  {
    kind: 'a change scheduled at the time of another on the same items',
    deeds: [
      { write: (at) => change('CHG-PLANT-54', 'scheduled', at, 2) },
      { write: (at) => change('CHG-PLANT-55', 'scheduled', at, 2), finds: ['conflict-is-waived'] },
    ],
  },
  wrong('a change scheduled in a freeze', ['conflict-is-waived'], (at) =>
    change('CHG-PLANT-56', 'scheduled', at, 0, {
      planned_start: '2026-12-22T05:00:00Z',
      planned_end: '2026-12-22T09:00:00Z',
    }),
  ),
  wrong('a change with less risk than is computed', ['risk-not-understated'], (at) =>
    change('CHG-PLANT-57', 'scheduled', at, 3, { risk: 'low' }),
  ),
  wrong('an answer about risk that is not offered', ['risk-answers-offered'], (at) =>
    change('CHG-PLANT-58', 'scheduled', at, 4, {
      risk_answers: { tested: 'on_my_laptop', backout: 'hours', experience: 'once', helpers: 'one_team' },
    }),
  ),
  offence(
    'a change that becomes another type on its way',
    ['change-keeps-type'],
    (at) => change('CHG-PLANT-59', 'scheduled', at, 5),
    (at) => change('CHG-PLANT-59', 'scheduled', later(at, -minute), 5, { change_type: 'emergency' }),
  ),
  offence(
    'a change on hold that goes on',
    ['held-change-waits'],
    (at) => change('CHG-PLANT-60', 'new', at, 6),
    (at) =>
      change('CHG-PLANT-60', 'assess', later(at, -minute), 6, {
        on_hold: { reason: 'The supplier is late' },
      }),
  ),
  wrong('a change that ends before it begins', ['change-is-consistent'], (at) =>
    change('CHG-PLANT-61', 'new', at, 7, { planned_end: '2027-01-01T00:00:00Z' }),
  ),
  wrong('a standard change that is not what its model says', ['standard-follows-model'], (at) =>
    restart('CHG-PLANT-62', at, '2027-02-02', { backout_plan: 'There is none\n' }),
  ),
  wrong('a standard change by a model that has ended', ['standard-follows-model'], (at) =>
    restart('CHG-PLANT-63', at, '2027-05-04'),
  ),
  {
    kind: 'a controlled item edited without a change',
    deeds: [
      {
        write: () =>
          record('ci', {
            id: 'planted-db',
            title: 'A database',
            class: 'database',
            environment: 'test',
            owner: 'platform',
            criticality: 'low',
            state: 'operational',
            source_of_truth: 'terraform',
            attributes: { engine: 'postgresql', version: '16.4' },
          }),
      },
      {
        write: (_, texts) => replaced(texts, pathOf('ci', 'planted-db'), 'criticality: low', 'criticality: high'),
        finds: ['ci-change-is-authorised'],
      },
    ],
  },
  offence(
    'a service retired while work on it is open',
    ['retirement-is-clean'],
    (at) => ({
      ...record('service', service('planted-service', 'operational')),
      ...incident('INC-PLANT-64', 'new', at, { service: 'planted-service' }),
    }),
    () => record('service', service('planted-service', 'retired')),
  ),
  wrong('a request for what is not offered', ['request-follows-item'], (at) =>
    request('REQ-PLANT-65', 'submitted', at, { item: 'fax-number', form: undefined }),
  ),
  wrong('a request that does not answer the form', ['request-form-fits-item'], (at) =>
    request('REQ-PLANT-66', 'submitted', at, {
      form: { model: '15 inch', keyboard: 'German', needed_by: '2026-12-01' },
    }),
  ),
  offence(
    'a request carried out without approval of its item',
    ['request-follows-item'],
    (at) => request('REQ-PLANT-67', 'submitted', at),
    (at) => request('REQ-PLANT-67', 'in_fulfilment', later(at, -minute), { team: 'service-desk' }),
  ),
  {
    kind: 'a release decided on tests that failed',
    deeds: [
      { write: (at) => release('REL-PLANT-68', 'planning', at) },
      {
        write: (at) =>
          release('REL-PLANT-68', 'go_no_go', later(at, -minute), {
            ...readied,
            test_evidence: [{ test: 'The hundred most frequent searches', result: 'failed', evidence: 'Run 813' }],
            log: ['build', 'test', 'go_no_go'].map((state) => step(at, state)),
          }),
        finds: ['release-is-ready'],
      },
    ],
  },
  offence(
    'a review closed with an open action',
    ['review-actions-have-ended'],
    (at) => review('PIR-PLANT-69', 'held', at),
    (at) => review('PIR-PLANT-69', 'closed', later(at, -minute), { lessons: 'Look sooner' }),
  ),
]

/** Configuration, and the rules themselves. */
const ofRules: readonly Offence[] = [
  wrong(
    'a schema that nobody can read',
    ['rules-readable'],
    (_, texts) => replaced(texts, 'schemas/incident/schema.json', '"title": "Incident",', '"title": "Incident"'),
    {
      write: (_, texts) =>
        replaced(texts, 'schemas/incident/schema.json', '"title": "Incident"', '"title": "Incident",'),
    },
  ),
  wrong(
    'a lifecycle that leads to a state it does not have',
    ['rules-readable'],
    (_, texts) => replaced(texts, lifecycle, '{ from: new, to: on_hold }', '{ from: new, to: limbo }'),
    { write: (_, texts) => replaced(texts, lifecycle, '{ from: new, to: limbo }', '{ from: new, to: on_hold }') },
  ),
  {
    kind: 'a step that the same commit makes legal',
    deeds: [
      { write: (at) => incident('INC-PLANT-70', 'new', at) },
      {
        write: (at, texts) => ({
          ...replaced(
            texts,
            lifecycle,
            '{ from: new, to: on_hold }',
            '{ from: new, to: on_hold }\n  - { from: new, to: closed }',
          ),
          ...incident('INC-PLANT-70', 'closed', later(at, -minute), solved),
        }),
        finds: ['transition-allowed'],
      },
      { write: (_, texts) => replaced(texts, lifecycle, '\n  - { from: new, to: closed }', '') },
    ],
  },
  {
    kind: 'a rule that standing records do not meet',
    deeds: [
      { write: (at) => incident('INC-PLANT-71', 'new', at) },
      {
        write: (_, texts) =>
          replaced(texts, lifecycle, 'Reported; nobody works on it yet.\n', 'Reported.\n    requires: [category]\n'),
        finds: ['state-has-fields'],
      },
      {
        write: (_, texts) =>
          replaced(texts, lifecycle, 'Reported.\n    requires: [category]\n', 'Reported; nobody works on it yet.\n'),
      },
    ],
  },
  wrong(
    'a default calendar that does not exist',
    ['default-calendar-exists'],
    (_, texts) => replaced(texts, 'gitsm.yaml', 'calendar: berlin-office', 'calendar: nowhere'),
    { write: (_, texts) => replaced(texts, 'gitsm.yaml', 'calendar: nowhere', 'calendar: berlin-office') },
  ),
  wrong('an import declared when it suits', ['import-boundary'], (_, texts) =>
    replaced(
      texts,
      'gitsm.yaml',
      'version: 1\n',
      `version: 1\nimports: [{ system: other, until: ${'a'.repeat(40)} }]\n`,
    ),
  ),
  wrong(
    'agreements that tie',
    ['sla-order-is-clear'],
    () => ({ ...record('sla', agreement('planted-one', 902)), ...record('sla', agreement('planted-two', 902)) }),
    { write: () => record('sla', { ...agreement('planted-two', 902), state: 'superseded' }) },
  ),
  wrong('an agreement that pauses in no state', ['sla-is-consistent'], () =>
    record('sla', {
      ...agreement('planted-pause', 903),
      targets: { response: { stop: ['in_progress'], pause: ['asleep'], target: 'PT8H' } },
    }),
  ),
  wrong('a calendar that tells an hour twice', ['calendar-is-consistent'], () =>
    record('calendar', {
      id: 'planted-twice',
      title: 'Twice',
      timezone: 'UTC',
      hours: { mon: ['08:00-12:00', '11:00-13:00'] },
    }),
  ),
  // Every type is guarded already, so a further policy is one too many as well.
  wrong('a policy that asks a team nobody has', ['policy-guards-are-clear', 'policy-is-consistent'], () =>
    policy('planted-asks', 'window', 'nobody'),
  ),
  wrong('two policies over one type', ['policy-guards-are-clear'], () => policy('planted-second', 'change', 'cab')),
  wrong('a team that lists somebody twice', ['member-listed-once'], () =>
    record('team', { id: 'planted-team', title: 'Team', members: [{ login: 'ada' }, { login: 'ADA' }] }),
  ),
  wrong('services that depend on each other', ['dependency-without-cycle'], () => ({
    ...record('service', { ...service('planted-hen', 'operational'), depends_on: ['planted-egg'] }),
    ...record('service', { ...service('planted-egg', 'operational'), depends_on: ['planted-hen'] }),
  })),
  wrong('a freeze that ends before it begins', ['window-is-consistent'], () =>
    record('window', {
      id: 'planted-freeze',
      title: 'Freeze',
      kind: 'freeze',
      owner: 'operations',
      from: '2027-08-02T00:00:00Z',
      to: '2027-08-01T00:00:00Z',
      applies_to: { services: ['fax-orders'] },
    }),
  ),
  wrong('a measurement without values', ['series-valid'], () =>
    record('measurement', {
      id: 'planted-measurement',
      title: 'Nothing',
      service: 'webshop',
      unit: 'min',
      source: 'Nobody',
      owner: 'operations',
      file: 'planted-measurement.csv',
    }),
  ),
  wrong('a figure by no formula', ['kpi-is-consistent'], () =>
    record('kpi', {
      id: 'planted-kpi',
      title: 'Luck',
      owner: 'operations',
      unit: 'h',
      direction: 'down',
      target: 8,
      formula: 'luck',
    }),
  ),
]

const lifecycle = 'schemas/incident/lifecycle.yaml'

const major: Data = { major: true, impact: 'high', urgency: 'high', priority: 'P1' }

function problem(id: string, state: string, at: string, more: Data = {}) {
  return record('problem', {
    id,
    title: 'Checkout is slow again and again',
    state,
    service: 'webshop',
    incidents: ['INC-PLANT-01'],
    impact: 'medium',
    urgency: 'medium',
    priority: 'P3',
    reporter: 'ada',
    owner: 'platform',
    opened_at: at,
    ...more,
  })
}

/** The log of a problem whose cause was looked for at once. */
function analysed(at: string): readonly Data[] {
  return [step(at, 'assess'), step(at, 'root_cause_analysis')]
}

function found(at: string): Data {
  return { root_cause: 'Too few servers', resolution_code: 'fix_applied', resolution: 'More servers', resolved_at: at }
}

function accepted(at: string): Data {
  return {
    root_cause: 'Too few servers',
    resolution_code: 'risk_accepted',
    resolution: 'It is lived with',
    resolved_at: at,
    risk_owner: 'ada',
    review_by: '2027-03-31',
  }
}

function restart(id: string, at: string, planned: string, more: Data = {}) {
  return record('change', {
    id,
    title: 'Restart web-1',
    state: 'new',
    change_type: 'standard',
    model: 'restart-web-server',
    parameters: { server: 'web-1' },
    cis: ['web-1'],
    requester: 'erik',
    implementer: 'erik',
    team: 'platform',
    opened_at: at,
    reason: 'It is full\n',
    planned_start: `${planned}T05:00:00Z`,
    planned_end: `${planned}T05:30:00Z`,
    ...more,
  })
}

function request(id: string, state: string, at: string, more: Data = {}) {
  return record('request', {
    id,
    title: 'A laptop',
    state,
    item: 'laptop',
    service: 'customer-accounts',
    requester: 'ines',
    opened_at: at,
    form: { model: '13 inch', keyboard: 'German', needed_by: '2026-12-01' },
    ...more,
  })
}

function release(id: string, state: string, at: string, more: Data = {}) {
  return record('release', {
    id,
    title: 'Search, version 9',
    state,
    release_type: 'minor',
    services: ['catalogue-search'],
    changes: ['CHG-PLANT-54'],
    requester: 'ada',
    owner: 'platform',
    manager: 'dmitri',
    opened_at: at,
    ...more,
  })
}

const readied: Data = {
  deployment_plan: 'As the change says',
  rollback_plan: 'Write the old version',
  approver: 'lena',
  planned_start: '2027-03-16T05:00:00Z',
  planned_end: '2027-03-16T09:00:00Z',
  exit_criteria: [{ criterion: 'Two weeks without an incident', met: false }],
}

function review(id: string, state: string, at: string, more: Data = {}) {
  return record('review', {
    id,
    title: 'Review',
    state,
    of: ['INC-PLANT-01'],
    owner: 'operations',
    facilitator: 'grace',
    held_at: at,
    participants: ['ada', 'bob'],
    summary: 'It was slow',
    actions: [{ title: 'Do better', owner: 'operations', due: '2026-12-31', state: 'open' }],
    ...more,
  })
}

function service(id: string, state: string): Data {
  return { id, title: id, owner: 'platform', tier: 4, state }
}

function policy(id: string, guards: string, team: string, approvals = 1) {
  return record('policy', {
    id,
    title: id,
    guards,
    rules: [{ name: 'every edit', when: {}, require: { approvals, from: [team] } }],
  })
}

function agreement(id: string, order: number): Data {
  return {
    id,
    title: 'Planted',
    kind: 'sla',
    customer: 'all staff',
    provider: 'service-desk',
    state: 'active',
    applies_to: { type: 'incident', service: ['fax-orders'] },
    order,
    targets: hoursOf('always'),
  }
}

function hoursOf(calendar: string): Data {
  return { response: { stop: ['in_progress', 'resolved', 'closed'], target: 'PT8H', calendar } }
}

/** Things that the rules of GitSM do not allow, each with the commits that do it. */
export const offences: readonly Offence[] = [...ofLives, ...ofFiles, ...ofSense, ...ofTimes, ...ofPractices, ...ofRules]
