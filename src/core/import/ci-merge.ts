import type { Route } from '../place.ts'
import { type Data, isData, listAt, textAt } from '../record.ts'
import { isSame } from '../same.ts'

/** A change of one place in a record: a value to be set, or an item to be appended to a list. */
export type MergeEdit =
  | { readonly route: Route; readonly value: unknown }
  | { readonly route: Route; readonly append: unknown }

/** What brings a record into line with what another tool tells. */
export interface Merge {
  readonly edits: readonly MergeEdit[]
  /** Items of lists that the record has and the tool no longer tells, as `depends_on san-1`. They stay. */
  readonly untold: readonly string[]
}

/**
 * The edits that bring a record into line with the fields told: values are replaced, mappings are filled, lists are
 * added to. Nothing is taken away, because what people added by hand cannot be told from what the tool has dropped; it
 * is named instead. A dependency keeps the redundancy that the record gives it, unless the tool tells one.
 */
export function mergeOf(data: Data, fields: Data, at: Route = []): Merge {
  const merges = Object.entries(fields).map(([field, told]): Merge => {
    const [route, standing] = [[...at, field], Object.hasOwn(data, field) ? data[field] : undefined]
    if (isSame(standing, told)) return { edits: [], untold: [] }
    if (isData(told) && isData(standing)) return mergeOf(standing, told, route)
    if (Array.isArray(told) && Array.isArray(standing)) return mergeList(listAt(data, field), told, route)
    return { edits: [{ route, value: told }], untold: [] }
  })
  return { edits: merges.flatMap(({ edits }) => edits), untold: merges.flatMap(({ untold }) => untold) }
}

function mergeList(standing: readonly unknown[], told: readonly unknown[], route: Route): Merge {
  const names = standing.map(nameOf)
  const edits = told.flatMap((item): readonly MergeEdit[] => {
    const index = names.indexOf(nameOf(item))
    if (index === -1) return [{ route, append: item }]
    const tellsMore = isData(item) && isData(item['at_least'])
    return tellsMore && !isSame(standing[index], item) ? [{ route: [...route, index], value: item }] : []
  })
  const toldNames = told.map(nameOf)
  const untold = names.filter((name) => !toldNames.includes(name)).map((name) => `${String(route.at(-1))} ${name}`)
  return { edits, untold }
}

/** The id that an item of a list is about. */
function nameOf(item: unknown): string {
  return isData(item) ? (textAt(item, 'ci') ?? '') : String(item)
}
