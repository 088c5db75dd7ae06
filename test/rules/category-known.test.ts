import { categoryKnown } from '../../src/rules/category-known.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'

cases(categoryKnown, {
  'a category of the taxonomy passes': { now: { [file]: 'category: network\n' } },
  'an incident without a category passes': { now: { [file]: 'id: INC-1\n' } },
  'another word is reported': { now: { [file]: 'category: netwrk # <- There is no category netwrk\n' } },
  'without a taxonomy the words are free': {
    now: { [file]: 'category: anything\n' },
    rulebook: ({ config, types }) => ({ config: { ...config, categories: [] }, types }),
  },
})
