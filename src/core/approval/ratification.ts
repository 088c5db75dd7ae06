import { type Data, isData, listAt, textAt } from '../record.ts'

/** A mainline commit that an entry of a record's log asks to have approved afterwards. */
export interface RatifiedCommit {
  readonly commit: string
  /** Index of the entry. */
  readonly entry: number
}

/** The commits that entries appended to a log ask to have approved afterwards. */
export function ratifiedCommits(before: Data, after: Data): readonly RatifiedCommit[] {
  const known = listAt(before, 'log').length
  return listAt(after, 'log').flatMap((each, entry) => {
    const commit = entry >= known && isData(each) ? textAt(each, 'ratifies') : undefined
    return commit === undefined ? [] : [{ commit, entry }]
  })
}
