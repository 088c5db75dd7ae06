import { knownErrorIsTold } from '../../src/rules/known-error-is-told.ts'
import { cases } from '../support/cases.ts'

const file = 'records/problem/PRB-1.yaml'
const article = 'records/knowledge/KB-1.yaml'
const known = 'id: PRB-1\nstate: root_cause_analysis\nknown_error: true\nroot_cause: Load\nworkaround: Wait\n'

cases(knownErrorIsTold, {
  'root cause, workaround and article make a known error': {
    now: { [file]: `${known}article: KB-1\n`, [article]: 'id: KB-1\nstate: published\n' },
  },
  'other problems need none of them': { now: { [file]: 'id: PRB-1\nknown_error: false\n' } },
  'each that is missing is reported': {
    now: {
      [file]:
        'id: PRB-1\nroot_cause: Load\nknown_error: true # <- PRB-1 is a known error without workaround && PRB-1 is a known error without article\n',
    },
  },
  'a retired article tells nobody': {
    now: {
      [file]: `${known}article: KB-1 # <- The article KB-1 of the known error PRB-1 is retired\n`,
      [article]: 'id: KB-1\nstate: retired\n',
    },
  },
  'once the problem is over its article may retire': {
    now: {
      [file]: `${known.replace('root_cause_analysis', 'closed')}article: KB-1\n`,
      [article]: 'id: KB-1\nstate: retired\n',
    },
  },
})
