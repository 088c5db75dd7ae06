import type { Diagnostic, Severity } from './diagnostic.ts'
import type { Facts } from './facts.ts'

/** What a rule yields: a diagnostic without the rule's own name, and with a severity where that is not the rule's own. */
export type Finding = Omit<Diagnostic, 'rule' | 'severity'> & Partial<Pick<Diagnostic, 'severity'>>

/**
 * One thing that must hold for records. A rule is a value in its own file under `src/rules/`. It may ask for less than
 * all facts.
 */
export interface Rule<Known = Facts> {
  readonly id: string
  readonly severity: Severity
  /** One sentence for the table of rules: what must hold. */
  readonly summary: string
  /**
   * Whether it judges each record by itself and by the records that it names, and tells what it finds in that record's
   * file. A replay then asks it again only about records that could be judged otherwise; others see the whole tree.
   */
  readonly local?: true
  /** The fields that it follows from record to record: what it finds changes with one of them only. */
  readonly links?: readonly string[]
  /**
   * Of a local rule, by the type of the judged record: the types of those it names whose content it looks at. Of others
   * it asks only whether they are there, so that what they say is nothing to it.
   */
  readonly consults?: { readonly [type: string]: readonly string[] }
  check(facts: Known): Iterable<Finding>
}

/** Everything the rules find, stamped with the rule and its severity. */
export function judge<Known = Facts>(rules: readonly Rule<Known>[], facts: NoInfer<Known>): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  for (const { id, severity, check } of rules) {
    for (const finding of check(facts)) found.push({ rule: id, severity, ...finding })
  }
  return found
}
