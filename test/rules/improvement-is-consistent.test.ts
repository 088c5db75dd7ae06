import { improvementIsConsistent } from '../../src/rules/improvement-is-consistent.ts'
import { cases } from '../support/cases.ts'

const file = 'records/improvement/IMP-1.yaml'
const kpis = {
  'records/kpi/down.yaml': 'id: down\ndirection: down\nmeasurement: load\n',
  'records/kpi/up.yaml': 'id: up\ndirection: up\nmeasurement: load\n',
  'records/kpi/gap.yaml': 'id: gap\ndirection: up\n',
}

/** An improvement with the lines given; those left out are right. */
function improvement(state: string, lines: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const all: Record<string, string> = {
    service: 'webshop',
    kpi: 'down',
    baseline: '{ value: 10, from: 2026-01-01, to: 2026-03-01 }',
    target: '5',
    tasks: '[{ title: Do it, done: true }]',
    implemented_at: '2026-03-31T20:00:00Z',
    measured_period: '{ from: 2026-04-01, to: 2026-06-01 }',
    measured_value: '4',
    result: 'achieved',
    ...lines,
  }
  const text = Object.entries(all).map(([field, value]) => (value === '' ? '' : `${field}: ${value}\n`))
  return { ...kpis, [file]: `id: IMP-1\nstate: ${state}\n${text.join('')}` }
}

cases(improvementIsConsistent, {
  'an improvement that reached its target passes': { now: improvement('closed', { observe_days: '61' }) },
  'one that is better than its baseline is a part of it': {
    now: improvement('closed', { measured_value: '5.01', result: 'partially_achieved' }),
  },
  'one that is as bad as before is none': {
    now: improvement('closed', { measured_value: '10', result: 'not_achieved' }),
  },
  'where more is better, everything is the other way around': {
    now: improvement('closed', { kpi: 'up', target: '20', measured_value: '20' }),
  },
  'a new one need not know anything': {
    now: { [file]: 'id: IMP-1\nstate: new\n' },
  },
  'a practice will do in place of a service': { now: improvement('closed', { service: '', practice: 'change' }) },
  'a rejected one may aim at a gap': { now: improvement('rejected', { kpi: 'gap', target: '', result: '' }) },
  'nothing that shall become better is reported': {
    now: improvement('accepted # <- IMP-1 is accepted and does not say what shall become better', { service: '' }),
  },
  'work without anything to be done is reported': {
    now: improvement('in_progress # <- IMP-1 is in_progress without anything to be done', { tasks: '[]' }),
  },
  'a task that is not done is reported where the work is said to be': {
    now: improvement('review', {
      tasks:
        '\n  - { title: Do it, done: true }\n  - title: Tell them # <- IMP-1 is review, but this task is not done\n    done: false',
    }),
  },
  'a task may be open while the work goes on': {
    now: improvement('in_progress', { tasks: '[{ title: Do it }]' }),
  },
  'a change that is still under way is reported': {
    now: {
      'records/change/CHG-1.yaml': 'id: CHG-1\nstate: closed\n',
      'records/change/CHG-2.yaml': 'id: CHG-2\nstate: implement\n',
      ...improvement('review', {
        changes: '\n  - CHG-1\n  - CHG-2 # <- IMP-1 is review, but CHG-2 is still implement',
      }),
    },
  },
  'changes may be under way while the work goes on': {
    now: {
      'records/change/CHG-2.yaml': 'id: CHG-2\nstate: implement\n',
      ...improvement('in_progress', { changes: '[CHG-2]', tasks: '' }),
    },
  },
  'a period that ends as it begins is reported': {
    now: improvement('closed', {
      baseline: '\n  value: 10\n  from: 2026-01-01\n  to: 2026-01-01 # <- The period of baseline ends before it begins',
    }),
  },
  'a measured period that runs backwards is reported': {
    now: improvement('closed', {
      measured_period:
        '\n  from: 2026-06-01\n  to: 2026-05-01 # <- The period of measured_period ends before it begins',
    }),
  },
  'measuring before it was in place is reported, by the day of the zone': {
    now: improvement('closed', {
      implemented_at: '2026-03-31T22:00:01Z',
      measured_period: '\n  from: 2026-04-01 # <- It was measured before it was in place\n  to: 2026-06-01',
    }),
  },
  'a baseline from after the improvement is reported': {
    now: improvement('closed', {
      baseline:
        '\n  value: 10\n  from: 2026-04-01 # <- The baseline begins when the improvement was in place\n  to: 2026-05-01',
    }),
  },
  'fewer days than agreed are reported': {
    now: improvement('closed', {
      observe_days: '62',
      measured_period:
        '\n  from: 2026-04-01\n  to: 2026-06-01 # <- The measured period has 61 days, and 62 were agreed',
    }),
  },
  'a target that is no better than the baseline is reported': {
    now: improvement('assess', { target: '10 # <- The target is no better than the baseline of 10' }),
  },
  'a target on the wrong side is reported': {
    now: improvement('assess', { kpi: 'up', target: '9 # <- The target is no better than the baseline of 10' }),
  },
  'an indicator that cannot be measured is reported': {
    now: improvement('assess', {
      kpi: 'gap # <- gap cannot be measured yet, so nothing could show what IMP-1 brings',
      target: '11',
      result: '',
    }),
  },
  'a result that the values do not say is reported': {
    now: improvement('closed', {
      measured_value: '6',
      result: 'achieved # <- The result is partially_achieved, by the figures of this record',
    }),
  },
  'modesty is reported too': {
    now: improvement('closed', { result: 'not_achieved # <- The result is achieved, by the figures of this record' }),
  },
})
