import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** A file of an issue form: as it should be, not there yet, saying something else, or asked for by nothing any more. */
export interface FormFile {
  /** Its name in the folder of the forms. */
  readonly path: string
  readonly state: 'unchanged' | 'missing' | 'outdated' | 'obsolete'
}

/** What `gitsm forms` wrote, or found out of date. */
export interface WrittenForms {
  readonly folder: string
  /** Whether they were only looked at. */
  readonly isChecked: boolean
  readonly files: readonly FormFile[]
}

/** The forms as JSON. */
export function formsJson({ folder, isChecked, files }: WrittenForms): string {
  return json({ folder, checked: isChecked, upToDate: files.every(({ state }) => state === 'unchanged'), files })
}

const done = { unchanged: 'unchanged', missing: 'added', outdated: 'updated', obsolete: 'removed' } as const

/** The forms as a list: what was done to each, or with `--check` what would have to be. */
export function formsText({ folder, isChecked, files }: WrittenForms, colour: boolean): string {
  const { green, red, dim } = paint(colour)
  const rows = files.map(({ path, state }) => {
    const word = isChecked ? state : done[state]
    return [state === 'unchanged' ? dim(word) : isChecked ? red(word) : green(word), oneLine(`${folder}/${path}`)]
  })
  const isDue = files.some(({ state }) => state !== 'unchanged')
  const foot = isChecked && isDue ? `${dim('Run gitsm forms and commit what it writes')}\n` : ''
  return rows.length === 0 ? 'no issue forms\n' : `${columns(rows)}\n${foot}`
}
