import { changeKeepsType } from '../../src/rules/change-keeps-type.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change/CHG-1.yaml'
const was = (state: string, more = '') => ({ [file]: `id: CHG-1\nstate: ${state}\nchange_type: normal\n${more}` })

cases(changeKeepsType, {
  'a new change may still become another type': {
    before: was('new'),
    now: { [file]: 'id: CHG-1\nstate: new\nchange_type: emergency\n' },
  },
  'one that is assessed may not': {
    before: was('assess'),
    now: {
      [file]:
        'id: CHG-1\nstate: assess\nchange_type: emergency # <- CHG-1 is assess: change_type cannot change any more\n',
    },
  },
  'nor may it become unauthorised': {
    before: was('authorize'),
    now: was('authorize', 'unauthorised: true # <- CHG-1 is authorize: unauthorised cannot change any more\n'),
  },
  'saying that it is not unauthorised changes nothing': {
    before: was('authorize'),
    now: was('authorize', 'unauthorised: false\n'),
  },
})
