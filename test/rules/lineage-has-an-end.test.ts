import { lineageHasAnEnd } from '../../src/rules/lineage-has-an-end.ts'
import { cases } from '../support/cases.ts'

const incident = (id: string) => `records/incident/${id}.yaml`

cases(lineageHasAnEnd, {
  'a duplicate of a duplicate leads on to the original': {
    now: {
      [incident('INC-1')]: 'id: INC-1\nduplicate_of: INC-2\n',
      [incident('INC-2')]: 'id: INC-2\nduplicate_of: INC-3\n',
      [incident('INC-3')]: 'id: INC-3\n',
    },
  },
  'a record that names itself is reported': {
    now: { [incident('INC-1')]: 'id: INC-1\nparent: INC-1 # <- INC-1 names itself as parent\n' },
  },
  'two duplicates of each other are reported once': {
    now: {
      [incident('INC-1')]: 'id: INC-1\nduplicate_of: INC-2\n',
      [incident('INC-2')]:
        'id: INC-2\nduplicate_of: INC-1 # <- duplicate_of leads in a circle: INC-2 → INC-1 → INC-2\n',
    },
  },
  'a way into a circle is not the circle': {
    now: {
      [incident('INC-0')]: 'id: INC-0\nparent: INC-1\n',
      [incident('INC-1')]: 'id: INC-1\nparent: INC-2\n',
      [incident('INC-2')]: 'id: INC-2\nparent: INC-1 # <- parent leads in a circle: INC-2 → INC-1 → INC-2\n',
    },
  },
  'lists are followed item by item': {
    now: {
      'records/knowledge/KB-1.yaml': 'id: KB-1\nsupersedes: [KB-2, KB-3]\n',
      'records/knowledge/KB-2.yaml': 'id: KB-2\n',
      'records/knowledge/KB-3.yaml':
        'id: KB-3\nsupersedes: [KB-1] # <- supersedes leads in a circle: KB-3 → KB-1 → KB-3\n',
    },
  },
  'parent and duplicate are two things': {
    now: {
      [incident('INC-1')]: 'id: INC-1\nparent: INC-2\n',
      [incident('INC-2')]: 'id: INC-2\nduplicate_of: INC-1\n',
    },
  },
})
