import { riskAnswersOffered } from '../../src/rules/risk-answers-offered.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change/CHG-1.yaml'
const answers = (lines: string) => ({ now: { [file]: `id: CHG-1\nstate: new\nrisk_answers:\n${lines}` } })

cases(riskAnswersOffered, {
  'answers that are offered pass': answers('  tested: same_environment\n  backout: minutes\n'),
  'an unknown question': answers('  testd: same_environment # <- The risk questionnaire does not ask testd\n'),
  'an unknown answer': answers('  backout: never # <- backout cannot be answered with never\n'),
  'answers that stood before are not asked again': {
    before: { [file]: 'id: CHG-1\nrisk_answers: { old: a }\n' },
    now: { [file]: 'id: CHG-1\nrisk_answers: { old: a }\n' },
  },
})
