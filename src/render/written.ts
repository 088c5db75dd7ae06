import { counted } from './counted.ts'
import { json } from './json.ts'
import { columns, paint } from './terminal.ts'

/** What a command wrote, or found out of date, and what that rests on. */
export interface WrittenFiles {
  readonly commit: string
  readonly asOf: string
  readonly period: string
  /** Those of all periods that are told of. */
  readonly periods: readonly { readonly period: string; readonly asOf: string }[]
  /** The branch of the remote that took them, where they were pushed. */
  readonly branch?: string
  readonly files: readonly { readonly path: string; readonly state: 'written' | 'unchanged' | 'outdated' | 'removed' }[]
}

/** Written reports as JSON. */
export function writtenJson(written: WrittenFiles): string {
  return json(written)
}

/** Written reports as a list, the pictures of a folder counted, with the commit and instant that they rest on. */
export function writtenText({ commit, periods, branch, files }: WrittenFiles, colour: boolean): string {
  const { green, red, dim } = paint(colour)
  const marks = {
    written: green('written'),
    unchanged: dim('unchanged'),
    outdated: red('outdated'),
    removed: green('removed'),
  }
  const rows = withPicturesCounted(files).map(({ path, state }) => [marks[state], path])
  const place = branch === undefined ? '' : `, on ${branch}`
  const told = periods.map(({ period, asOf }) => `${period} as of ${asOf}`).join(', ')
  return `${columns(rows)}\n${dim(`${told}, commit ${commit.slice(0, 10)}${place}`)}\n`
}

const picture = /^(.*charts\/)[^/]+\.svg$/

/** The files in their order; of the pictures of a folder that fared alike one line stands where the first stood. */
function withPicturesCounted(files: WrittenFiles['files']): WrittenFiles['files'] {
  const groups = new Map<string, WrittenFiles['files'][number] & { readonly count: number }>()
  for (const { path, state } of files) {
    const folder = picture.exec(path)?.[1]
    const key = `${state} ${folder ?? path}`
    const count = (groups.get(key)?.count ?? 0) + 1
    groups.set(key, { state, count, path: folder === undefined ? path : `${folder} (${counted(count, 'picture')})` })
  }
  return [...groups.values()]
}
