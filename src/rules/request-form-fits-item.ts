import type { Rule } from '../core/rule.ts'

/**
 * The answers of an open request fit the form of its catalogue item, and the form itself can be used.
 *
 * What is asked for once need not be asked again by whoever fulfils it. Forms are JSON Schema, so what they find is
 * gathered before the rules decide.
 */
export const requestFormFitsItem: Rule = {
  id: 'request-form-fits-item',
  severity: 'error',
  summary: 'The answers of a request fit the form of its catalogue item',
  local: true,
  *check({ forms = [] }) {
    yield* forms
  },
}
