import { changeIsConsistent } from '../../src/rules/change-is-consistent.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change/CHG-1.yaml'
const change = (lines: string, type = 'normal') => ({
  now: { [file]: `id: CHG-1\nstate: scheduled\nchange_type: ${type}\ncis: [web-1]\n${lines}` },
})
const planned = "planned_start: '2026-11-24T05:00:00Z'\nplanned_end: '2026-11-24T07:00:00Z'\n"
const closed = (lines: string) => ({
  now: { [file]: `id: CHG-1\nstate: closed\nchange_type: normal\ncis: [web-1]\n${lines}` },
})

cases(changeIsConsistent, {
  'a planned change passes': change(`${planned}outage: true\noutage_minutes: 120\n`),
  'an end before the start': change(
    "planned_start: '2026-11-24T07:00:00Z'\nplanned_end: '2026-11-24T08:00:00+01:00' # <- The change is planned to end before it begins\n",
  ),
  'a start without an end': change("planned_start: '2026-11-24T07:00:00Z' # <- planned_start stands alone\n"),
  'work before the planned time': change(
    `${planned}actual_start: '2026-11-24T04:59:59Z' # <- actual_start lies outside of the planned time\n`,
  ),
  'work after it': change(
    `${planned}actual_start: '2026-11-24T05:00:00Z'\nactual_end: '2026-11-24T07:00:01Z' # <- actual_end lies outside of the planned time\n`,
  ),
  'work up to the planned end passes': change(`${planned}actual_end: '2026-11-24T07:00:00Z'\n`),
  'a reason for another time passes': change(
    `${planned}actual_end: '2026-11-24T09:00:00Z'\nwindow_deviation_reason: x\n`,
  ),
  'an outage without a length': change('outage: true # <- An outage lasts some time\n'),
  'minutes without an outage': change('outage_minutes: 5 # <- There are minutes of an outage, but no outage\n'),
  'an outage longer than the change': change(
    `${planned}outage: true\noutage_minutes: 121 # <- An outage of 121 minutes is longer than the planned time of 120\n`,
  ),
  'a change of nothing': {
    now: {
      [file]:
        'id: CHG-1 # <- CHG-1 changes neither a service nor a configuration item\nstate: new\nchange_type: normal\ncis: []\n',
    },
  },
  'an unauthorised change that was planned': {
    now: {
      [file]:
        'id: CHG-1\nchange_type: normal # <- An unauthorised change cannot be normal\nunauthorised: true\ncis: [a]\n',
    },
  },
  'a standard change without a model': {
    now: { [file]: 'id: CHG-1\nchange_type: standard # <- CHG-1 is a standard change without a model\ncis: [a]\n' },
  },
  'a model on a normal change': change('model: m # <- model belongs to standard changes, and CHG-1 is normal\n'),
  'an open task at the end': closed(
    'outcome: successful\ntasks:\n  - { title: a, done: true }\n  - title: Tell marketing\n    done: false # <- CHG-1 is closed with an open task: Tell marketing\n',
  ),
  'a failure that does not say what it caused': closed(
    'outcome: unsuccessful_backed_out # <- CHG-1 was unsuccessful_backed_out: which incidents did it cause?\n',
  ),
  'a failure that caused nothing passes': closed('outcome: unsuccessful_backed_out\nincidents_caused: []\n'),
  'a closed change on hold': closed(
    'outcome: successful\non_hold: { reason: x } # <- CHG-1 is closed and waits for nothing\n',
  ),
})
