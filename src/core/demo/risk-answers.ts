import type { Data } from '../record.ts'

/** Answers to the questions of the risk assessment, as they usually come together. */
export const riskAnswers: {
  readonly tested: Data
  readonly elsewhere: Data
  readonly known: Data
} = {
  tested: { tested: 'same_environment', backout: 'minutes', experience: 'often' },
  elsewhere: { tested: 'same_environment', backout: 'minutes', experience: 'often' },
  known: { tested: 'same_environment', backout: 'minutes', experience: 'often' },
}
