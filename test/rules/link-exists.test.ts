import { linkExists } from '../../src/rules/link-exists.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const change = { 'records/change/CHG-20260302-AB12.yaml': 'id: CHG-20260302-AB12\n' }
const article = { 'records/knowledge/KB-20260302-AB12.yaml': 'id: KB-20260302-AB12\n' }

cases(linkExists, {
  'a link to a record that is there passes': {
    now: {
      [file]: 'id: INC-1\ncaused_by: CHG-20260302-AB12\nknowledge: [KB-20260302-AB12]\n',
      ...change,
      ...article,
    },
  },
  'an id made here that nobody has is refused where it stands': {
    now: {
      [file]:
        'id: INC-1\ncaused_by: CHG-20260302-AB13 # <- There is no change CHG-20260302-AB13\nknowledge:\n  - KB-20260302-ZZ99 # <- There is no knowledge KB-20260302-ZZ99\n',
      ...change,
    },
  },
  'a record of another type is not what is meant': {
    now: { [file]: 'id: INC-1\nproblem: PRB-20260302-AB12 # <- There is no problem PRB-20260302-AB12\n', ...change },
  },
  'ids of other tools are taken as they are': {
    now: { [file]: 'id: INC-1\ncaused_by: CHG0000097\nproblem: "Overload in promotions"\nchange: CHG-7\n' },
  },
  'a type that is not in use says nothing': {
    now: { [file]: 'id: INC-1\ncaused_by: CHG-20260302-AB13\n' },
    rulebook: (shipped) => ({
      ...shipped,
      types: new Map([...shipped.types].filter(([name]) => name !== 'change')),
    }),
  },
})
