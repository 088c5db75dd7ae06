import type { RecordIndex } from './facts.ts'
import { type Data, isData, listAt, textAt } from './record.ts'
import type { RecordType } from './record-type.ts'

/** What to ask for a required field that a new record has not got yet. */
export interface Question {
  readonly field: string
  readonly title: string
  readonly description: string
  /** The values that the field can take, where they are known and few; empty when any text may do. */
  readonly choices: readonly string[]
  /** An answer to begin with, where one is likely. */
  readonly suggestion?: string
}

/** How many values are still a list to choose from. */
const most = 40

/** The questions for the top-level fields that a type requires and a record lacks, in the order of the schema. */
export function questionsFor(
  { schema, references }: RecordType,
  data: Data,
  records: RecordIndex,
  fieldSchema: (field: string) => Data,
): readonly Question[] {
  const suggestions = schema['x-suggestions']
  const required = listAt(schema, 'required').filter((field): field is string => typeof field === 'string')
  return required
    .filter((field) => !Object.hasOwn(data, field))
    .map((field) => {
      const described = fieldSchema(field)
      const targets = references.filter(({ path: [first, second] }) => first === field && second === undefined)
      const known = targets.flatMap(({ to }) => to).flatMap((to) => records.ofType(to).map(({ id }) => id))
      const listed = listAt(described, 'enum').filter((value): value is string => typeof value === 'string')
      const choices = listed.length > 0 ? listed : known
      const suggestion = isData(suggestions) ? textAt(suggestions, field) : undefined
      return {
        field,
        title: textAt(described, 'title') ?? field,
        description: textAt(described, 'description') ?? '',
        choices: choices.length <= most ? choices : [],
        ...(suggestion !== undefined && { suggestion }),
      }
    })
}
