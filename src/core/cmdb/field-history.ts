import { compare } from '../diagnostic.ts'
import type { MainlineCommit, RecordHistory, Revision } from '../history.ts'
import { type Data, isData, listAt } from '../record.ts'
import { isSame } from '../same.ts'

/** What a commit did to one field, by dotted path; `undefined` where the field was, or is, not there. */
export interface FieldChange {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

/** What one mainline commit did to a record. */
export interface RecordChange {
  readonly commit: MainlineCommit
  readonly file: string
  readonly kind: 'added' | 'edited' | 'moved' | 'removed' | 'unreadable'
  /** Why the version cannot be read, where it cannot. */
  readonly reason?: string
  readonly fields: readonly FieldChange[]
}

/** Who changed which field when: the status accounting of a record, oldest first. What changed nothing is left out. */
export function fieldHistory({ revisions }: Pick<RecordHistory, 'revisions'>): readonly RecordChange[] {
  let before: { readonly data: Data; readonly file: string } | undefined
  return revisions.flatMap((revision): readonly RecordChange[] => {
    const change = changeOf(before, revision)
    if (revision.kind === 'written') before = revision
    else if (revision.kind === 'removed') before = undefined
    return change ? [change] : []
  })
}

function changeOf(
  before: { readonly data: Data; readonly file: string } | undefined,
  revision: Revision,
): RecordChange | undefined {
  const { commit, file } = revision
  if (revision.kind === 'removed') return { commit, file, kind: 'removed', fields: [] }
  if (revision.kind === 'unreadable') return { commit, file, kind: 'unreadable', reason: revision.reason, fields: [] }
  const fields = differences(before?.data ?? {}, revision.data, '')
  if (!before) return { commit, file, kind: 'added', fields }
  if (fields.length > 0) return { commit, file, kind: 'edited', fields }
  return before.file === file ? undefined : { commit, file, kind: 'moved', fields }
}

/** The fields that differ; mappings are looked into, lists are told as a whole, but for what is appended to a log. */
function differences(before: Data, after: Data, path: string): readonly FieldChange[] {
  const names = [...Object.keys(after), ...Object.keys(before).filter((name) => !Object.hasOwn(after, name))]
  return names.flatMap((name): readonly FieldChange[] => {
    const [from, to] = [Object.hasOwn(before, name) ? before[name] : undefined, after[name]]
    if (isSame(from, to)) return []
    const field = path === '' ? name : `${path}.${name}`
    if (isData(from) && isData(to)) return differences(from, to, field)
    if (field === 'log') return appended(listAt(before, 'log'), listAt(after, 'log'))
    return [{ field, from, to }]
  })
}

function appended(before: readonly unknown[], after: readonly unknown[]): readonly FieldChange[] {
  const isLonger = after.length > before.length && before.every((entry, index) => isSame(entry, after[index]))
  if (!isLonger) return [{ field: 'log', from: before, to: after }]
  return after
    .slice(before.length)
    .map((to, index) => ({ field: `log[${before.length + index}]`, from: undefined, to }))
}

/** A value as one line: texts as they are, lists and mappings as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'string') return value
  return JSON.stringify(value, (_, inner: unknown) =>
    isData(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => compare(a, b))) : inner,
  )
}
