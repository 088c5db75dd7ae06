import { changeModelIsConsistent } from '../../src/rules/change-model-is-consistent.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change-model/m.yaml'

cases(changeModelIsConsistent, {
  'a model that uses its parameters passes': {
    now: {
      [file]:
        "id: m\nparameters: { server: { kind: ci } }\ndefaults: { title: 'Restart {server}', cis: ['{server}'] }\npublished_at: '2026-01-01'\nexpires: '2026-01-01'\n",
    },
  },
  'a misspelt parameter': {
    now: {
      [file]:
        "id: m\nparameters: { server: { kind: ci } }\ndefaults:\n  title: 'Restart {sever}' # <- m has no parameter sever\n  cis: ['{server}']\n",
    },
  },
  'an end before the beginning': {
    now: {
      [file]:
        "id: m\nparameters: {}\ndefaults: {}\npublished_at: '2026-02-01'\nexpires: '2026-01-31' # <- m expires before it is published\n",
    },
  },
})
