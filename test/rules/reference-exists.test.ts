import { referenceExists } from '../../src/rules/reference-exists.ts'
import { cases } from '../support/cases.ts'

const webshop = { 'records/service/webshop.yaml': 'id: webshop\n' }
const operations = { 'records/team/operations.yaml': 'id: operations\n' }

cases(referenceExists, {
  'what exists may be named': {
    now: {
      ...webshop,
      ...operations,
      'records/incident/INC-1.yaml': 'id: INC-1\nservice: webshop\nteam: operations\n',
    },
  },
  'a mistyped name is reported at its place': {
    now: { ...webshop, 'records/incident/INC-1.yaml': 'id: INC-1\nservice: webshp # <- There is no service webshp\n' },
  },
  'a record of another type does not do': {
    now: {
      ...operations,
      'records/incident/INC-1.yaml':
        'id: INC-1\nservice: operations # <- operations is a team, but a service is wanted here\n',
    },
  },
  'every item of a list is looked at': {
    now: {
      'records/ci/web-1.yaml': 'id: web-1\n',
      'records/incident/INC-1.yaml': 'id: INC-1\ncis:\n  - web-1\n  - web-2 # <- There is no ci web-2\n',
    },
  },
  'the built-in calendar needs no file': {
    now: {
      'records/sla/gold.yaml': 'id: gold\ntargets:\n  response:\n    calendar: { P1: always, default: always }\n',
    },
  },
  'calendars by priority are looked at': {
    now: {
      'records/sla/gold.yaml':
        'id: gold\ntargets:\n  response:\n    calendar:\n      P1: always\n      default: berlin # <- There is no calendar berlin\n',
    },
  },
})
