import { idUnique } from '../../src/rules/id-unique.ts'
import { cases } from '../support/cases.ts'

cases(idUnique, {
  'different ids pass': {
    now: { 'records/incident/INC-1.yaml': 'id: INC-1\n', 'records/incident/INC-2.yaml': 'id: INC-2\n' },
  },
  'a service and its SLA may share a slug': {
    now: { 'records/service/webshop.yaml': 'id: webshop\n', 'records/sla/webshop.yaml': 'id: webshop\n' },
  },
  'one id in two folders is reported at the second': {
    now: {
      'records/incident/2026/01/INC-1.yaml': 'id: INC-1\n',
      'records/incident/2026/02/INC-1.yaml': 'id: INC-1 # <- id INC-1 is already taken\n',
    },
  },
  'ids that differ in letter case only are reported': {
    now: {
      'records/team/ops.yaml': 'id: ops\n',
      'records/team/x/OPS.yaml': 'id: OPS # <- id OPS differs from ops in letter case only\n',
    },
  },
})
