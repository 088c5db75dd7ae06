import { standardFollowsModel } from '../../src/rules/standard-follows-model.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change/CHG-1.yaml'

const model = (lines = '') => ({
  'records/ci/web-1.yaml': 'id: web-1\n',
  'records/ci/web-2.yaml': 'id: web-2\n',
  'records/change-model/restart.yaml': `id: restart
state: published
published_at: '2026-01-01'
expires: '2026-12-31'
max_duration: PT30M
parameters:
  server: { description: The server., kind: ci, values: [web-1, web-2, web-9] }
  times: { description: How often., kind: number, optional: true }
defaults:
  title: Restart {server}
  cis: ["{server}"]
  implementation_plan: Restart it.
  risk: high
${lines}`,
})

const base: Readonly<Record<string, string>> = {
  id: 'CHG-1',
  title: 'Restart web-1',
  state: 'scheduled',
  change_type: 'standard',
  model: 'restart',
  parameters: '{ server: web-1 }',
  cis: '[web-1]',
  risk: 'high',
  opened_at: "'2026-11-01T08:00:00Z'",
  planned_start: "'2026-11-02T08:00:00Z'",
  planned_end: "'2026-11-02T08:30:00Z'",
}

/** A standard change with some fields written otherwise, left out, or added. */
function change(fields: Readonly<Record<string, string | undefined>> = {}): Readonly<Record<string, string>> {
  const all = Object.entries({ ...base, ...fields }).filter(([, value]) => value !== undefined)
  return { [file]: all.map(([field, value]) => `${field}: ${value}\n`).join('') }
}

const born = (fields: Readonly<Record<string, string | undefined>>, lines?: string) => ({
  before: model(lines),
  now: { ...model(lines), ...change(fields) },
})

cases(standardFollowsModel, {
  'a change that differs in the parameters only passes': born({}),
  'it may leave out what its model says in words, or say the same': born({
    title: undefined,
    implementation_plan: 'Restart it.',
  }),
  'another plan': born({ implementation_plan: 'Pull the plug. # <- implementation_plan is not what restart says' }),
  'another item': born({
    cis: '[web-1, web-2] # <- cis is not what restart says',
  }),
  'an item that is not the parameter': born({
    parameters: '{ server: web-1 } # <- web-1 is not among the cis of the change',
    cis: '[web-2] # <- cis is not what restart says',
  }),
  'less risk than the model declares': born({ risk: 'low # <- risk is not what restart says' }),
  'a risk that is left out': born({ risk: undefined, model: 'restart # <- risk is not what restart says' }),
  'a service that the model does not name': born({
    services: '[webshop] # <- restart says nothing of services, so its changes cannot',
  }),
  'a parameter that the model does not have': born({
    parameters: '{ server: web-1, force: true } # <- restart has no parameter force',
  }),
  'a parameter that is missing': born({
    parameters: '{ times: 2 } # <- restart asks for the parameter server',
    title: 'x # <- title is not what restart says',
    cis: '[web-1] # <- cis is not what restart says',
  }),
  'a value that is not allowed': born({
    title: undefined,
    parameters: '{ server: db } # <- db is not among the values that the model allows',
    cis: '[db]',
  }),
  'an item that does not exist': born({
    title: undefined,
    parameters: '{ server: web-9 } # <- There is no ci web-9',
    cis: '[web-9]',
  }),
  'a value of another kind': born({
    parameters: '{ server: web-1, times: often } # <- This parameter is a number',
  }),
  'more time than the model allows': born({
    planned_end: "'2026-11-02T08:30:01Z' # <- Changes of restart last PT30M at most",
  }),
  'a model that has expired by the planned time': born({
    model: 'restart # <- CHG-1 cannot follow restart: it expired on 2026-12-31',
    planned_start: "'2027-01-01T08:00:00Z'",
    planned_end: "'2027-01-01T08:10:00Z'",
  }),
  'a model that is suspended': {
    before: model(),
    now: {
      ...model(),
      'records/change-model/restart.yaml': (model()['records/change-model/restart.yaml'] ?? '').replace(
        'published\n',
        'suspended\n',
      ),
      ...change({ model: 'restart # <- CHG-1 cannot follow restart: it is suspended' }),
    },
  },
  'a change that was born before may finish': {
    before: { ...model(), ...change() },
    now: {
      ...model(),
      'records/change-model/restart.yaml': (model()['records/change-model/restart.yaml'] ?? '').replace(
        'published\n',
        'suspended\n',
      ),
      ...change({ state: 'implement' }),
    },
  },
  'a model that fails too often': {
    before: model(),
    now: {
      ...model('max_failure_rate: 30\nmin_changes: 1\n'),
      'records/change/CHG-0.yaml':
        "id: CHG-0\nstate: closed\nmodel: restart\noutcome: unsuccessful_backed_out\nactual_end: '2026-10-01T08:00:00Z'\n",
      ...change({
        model:
          'restart # <- CHG-1 cannot follow restart: it has suspended itself: 1 of 1 changes failed (CHG-0), at most 30 % may',
      }),
    },
  },
  'a waiver, which nobody would approve': born({
    waivers:
      '[{ conflict: ci_in_blackout, approver: lena }] # <- restart says nothing of waivers, so its changes cannot',
  }),
  'a change that is told only when it is over is asked as well': born({
    state: 'closed',
    cis: '[web-1, web-2] # <- cis is not what restart says',
  }),
  'a change that ends otherwise than it began is asked again': {
    before: { ...model(), ...change({ state: 'review' }) },
    now: { ...model(), ...change({ state: 'closed', cis: '[web-1, web-2] # <- cis is not what restart says' }) },
  },
  'a change that ends as it began may end, whatever its model says by then': {
    before: { ...model(), ...change({ state: 'review' }) },
    now: { ...model('  outage: false\n'), ...change({ state: 'closed' }) },
  },
  'normal changes follow no model': born({ change_type: 'normal', cis: '[web-2]' }),
})
