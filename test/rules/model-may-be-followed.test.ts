import { modelMayBeFollowed } from '../../src/rules/model-may-be-followed.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change-model/patch.yaml'
const asOf = '2026-11-21T12:00:00Z'
const good = 'published_at: 2026-01-01\nexpires: 2026-12-31\nmax_failure_rate: 50\nmin_changes: 2\n'
const failed = (number: number) => ({
  [`records/change/CHG-${number}.yaml`]: `id: CHG-${number}\nmodel: patch\noutcome: unsuccessful_backed_out\nactual_end: 2026-10-0${number}T10:00:00Z\n`,
})

cases(modelMayBeFollowed, {
  'a model in its time': { asOf, now: { [file]: `id: patch\nstate: published\n${good}` } },
  'a model that has expired': {
    asOf: '2027-01-01T12:00:00Z',
    now: {
      [file]: `id: patch\nstate: published # <- No standard change may follow patch: it expired on 2026-12-31\n${good}`,
    },
  },
  'a model that has suspended itself': {
    asOf,
    now: {
      [file]: `id: patch\nstate: published # <- No standard change may follow patch: it has suspended itself: 2 of 2 changes failed (CHG-1, CHG-2), at most 50 % may\n${good}`,
      ...failed(1),
      ...failed(2),
    },
  },
  "a draft and a retired model are nobody's hope": {
    asOf,
    now: { [file]: 'id: patch\nstate: draft\n', 'records/change-model/old.yaml': 'id: old\nstate: retired\n' },
  },
  'nothing is due where no instant is given': { now: { [file]: 'id: patch\nstate: published\nexpires: 2020-01-01\n' } },
})
