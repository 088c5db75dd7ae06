import type { Data } from '../record.ts'

/** Texts that can be the id of a record (DESIGN.md §1.9). */
const idForm = /^[A-Za-z0-9][A-Za-z0-9-]{0,127}$/

/** Every text anywhere in a record that could be the id of another one. */
export function mentionsIn(data: Data): ReadonlySet<string> {
  const found = new Set<string>()
  collect(data, found)
  return found
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (idForm.test(value)) found.add(value)
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) collect(each, found)
  }
}

/** Which files mention an id, kept up to date as files change. */
export interface MentionIndex {
  add(file: string, data: Data): void
  remove(file: string, data: Data): void
  filesWith(id: string): Iterable<string>
}

/** An index of mentions without any files. */
export function mentionIndex(): MentionIndex {
  const files = new Map<string, Set<string>>()
  return {
    add(file, data) {
      for (const id of mentionsIn(data)) {
        const known = files.get(id)
        if (known) known.add(file)
        else files.set(id, new Set([file]))
      }
    },
    remove(file, data) {
      for (const id of mentionsIn(data)) {
        const known = files.get(id)
        known?.delete(file)
        if (known?.size === 0) files.delete(id)
      }
    },
    filesWith: (id) => files.get(id) ?? [],
  }
}
