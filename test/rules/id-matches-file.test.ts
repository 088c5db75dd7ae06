import { idMatchesFile } from '../../src/rules/id-matches-file.ts'
import { cases } from '../support/cases.ts'

cases(idMatchesFile, {
  'an id equal to the file name passes, wherever the folder': {
    now: { 'records/incident/a/b/INC-1.yaml': 'id: INC-1\n' },
  },
  'another id is reported where it is written': {
    now: {
      'records/incident/INC-1.yaml': 'title: x\nid: INC-2 # <- id INC-2 differs from the file name INC-1.yaml\n',
    },
  },
  'letter case counts': {
    now: { 'records/team/Ops.yaml': 'id: ops # <- id ops differs from the file name Ops.yaml\n' },
  },
})
