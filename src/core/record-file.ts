import type { Diagnostic } from './diagnostic.ts'
import type { Rulebook } from './facts.ts'
import { nearest } from './nearest.ts'
import { recordPath } from './record-path.ts'
import type { TreeFile } from './tree.ts'

/** Files that may lie beside records without being any: notes for people, and data that a record refers to. */
const beside = /(^|\/)(\.git[a-z]+|README\.md)$|\.csv$/

/**
 * What a file below `records/` is, judged before it is read: a record of a known type, something to leave alone, or
 * something that may not stand there.
 */
export function classify(
  { path, mode }: Pick<TreeFile, 'path' | 'mode'>,
  { types, config }: Rulebook,
): { readonly type: string; readonly basename: string } | Diagnostic | undefined {
  const wrong = (rule: string, message: string, hint: string, refused = false): Diagnostic => ({
    rule,
    severity: 'error',
    message,
    place: { file: path, route: [] },
    hint,
    ...(refused && { refused }),
  })
  if (mode !== 'file') {
    const what = mode === 'symlink' ? 'a symbolic link' : 'a submodule'
    return wrong('file-mode', `A record cannot be ${what}`, 'Replace it by an ordinary file', true)
  }
  if (beside.test(path)) return undefined
  const found = recordPath(path)
  if (!found) {
    const hint = /\.ya?ml$/i.test(path) ? 'Records are records/<type>/…/<id>.yaml' : 'Keep other files outside records/'
    return wrong('record-path', 'This file is no record', hint)
  }
  const type = types.get(found.type)
  if (!type) {
    const guess = nearest(found.type, types.keys())
    const known = guess ? `Did you mean records/${guess}/?` : `schemas/ knows ${[...types.keys()].join(', ')}`
    return wrong('type-known', `There is no record type ${found.type}`, known)
  }
  if (type.prefix !== undefined && config.practices && !config.practices.includes(type.name)) {
    return wrong('type-in-use', `${type.name} is not in use here`, `Add ${type.name} to practices in gitsm.yaml`)
  }
  return found
}
