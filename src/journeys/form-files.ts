import type { Registry } from '../adapters/registry.ts'
import { issueFormText, madeBy } from '../adapters/yaml/issue-form-text.ts'
import type { IssueForm } from '../core/issue-form/form.ts'
import { issueForms } from '../core/issue-form/forms.ts'
import { templateOf } from '../core/issue-form/template.ts'
import type { Snapshot } from './load.ts'

/** The issue forms of a tree. */
export function formsOfTree(
  { rulebook, records }: Pick<Snapshot, 'rulebook' | 'records'>,
  registry: Registry,
): readonly IssueForm[] {
  return issueForms({ rulebook, records, fieldSchema: registry.fieldSchema })
}

/** Where GitHub looks for issue forms. */
export const formsFolder = '.github/ISSUE_TEMPLATE'

/** The file that says how forms are offered, below the folder of the forms. */
export const configPath = 'config.yml'

/** Issues without a form are not offered: nothing could be made of them. */
export const formsConfiguration = 'blank_issues_enabled: false\n'

/** The files of issue forms by their names. */
export function formTexts(forms: readonly IssueForm[]): ReadonlyMap<string, string> {
  return new Map(forms.map((form) => [`${form.name}.yml`, issueFormText(templateOf(form))]))
}

/** Whether `gitsm forms` made a file, so that it may write it anew or remove it. */
export function isMade(text: string): boolean {
  return text.startsWith(madeBy)
}
