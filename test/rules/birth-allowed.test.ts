import { birthAllowed } from '../../src/rules/birth-allowed.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'

cases(birthAllowed, {
  'a new incident is born new': { now: { [file]: 'id: INC-1\nstate: new\n' } },
  'filed after the fact it may be born resolved': { now: { [file]: 'id: INC-1\nstate: resolved\n' } },
  'none is born closed': { now: { [file]: 'id: INC-1\nstate: closed # <- INC-1 cannot be born closed\n' } },
  'the log tells the birth': {
    now: { [file]: 'id: INC-1\nstate: closed\nlog: [{ state: new }, { state: resolved }, { state: closed }]\n' },
  },
  'a birth that the log names wrongly is reported there': {
    now: {
      [file]:
        'id: INC-1\nstate: in_progress\nlog:\n  - { state: on_hold } # <- INC-1 cannot be born on_hold\n  - { state: in_progress }\n',
    },
  },
  'what stood before is not born': { before: { [file]: 'state: resolved\n' }, now: { [file]: 'state: closed\n' } },
  'fields that a birth requires are asked for': {
    now: { [file]: 'id: INC-1\nstate: new # <- INC-1 cannot be born new without category\n' },
    rulebook: ({ config, types }) => {
      const incident = types.get('incident')
      const lifecycle = incident?.lifecycle
      if (!incident || !lifecycle) throw new Error('no incident')
      const initial = [{ state: 'new', requires: ['category'] }]
      return { config, types: new Map([['incident', { ...incident, lifecycle: { ...lifecycle, initial } }]]) }
    },
  },
})
