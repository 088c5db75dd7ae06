import type { FieldEdit, FileContent } from '../../core/file-content.ts'
import { type Data, isData } from '../../core/record.ts'
import { largestFile } from '../../core/tree.ts'
import { characters, decode } from './encoding.ts'
import { type EverydayFields, everyday, everydayFields } from './everyday.ts'
import { type EditedFields, editedFields } from './everyday-edit.ts'
import { readAnyForm, readYaml, type YamlReading } from './read.ts'

/** How many files are remembered: those read last. */
const most = 16_384

/**
 * Reads the versions of files one after the other. Each is compared with the one before it, so that of a record that
 * lives through many small edits only these are read.
 */
export class FileVersions {
  readonly #last = new Map<string, { readonly fields: EverydayFields; readonly version: number }>()
  #version = 0

  /** What the next version of a file says, or why it cannot be read. */
  read(path: string, bytes: Uint8Array): FileContent | { readonly reason: string } {
    const before = this.#last.get(path)
    this.#last.delete(path)
    const edited = before && bytes.length <= largestFile ? editedFields(characters(bytes), before.fields) : undefined
    if (before && edited && hasSameId(edited, before.fields)) {
      return new EditedContent(edited.text, this.#remember(path, edited), {
        follows: before.version,
        names: edited.names,
        kept: edited.kept,
        values: edited.values,
      })
    }
    const { text, offence } = bytes.length > largestFile ? unread : decode(bytes)
    if (offence) return contentOf(readYaml(path, bytes))
    const fields = everydayFields(text)
    if (!fields) return contentOf(readAnyForm(path, text))
    return { data: fields.data, version: this.#remember(path, fields) }
  }

  /** Forgets a file that is gone, or is no file any more. */
  forget(path: string): void {
    this.#last.delete(path)
  }

  #remember(path: string, { text, names, starts, nodes }: EverydayFields): number {
    this.#last.set(path, { fields: { text, names, starts, nodes }, version: this.#version })
    if (this.#last.size > most) {
      const [oldest = path] = this.#last.keys()
      this.#last.delete(oldest)
    }
    return this.#version++
  }
}

const unread = { text: '', offence: true } as const

function hasSameId({ names, kept }: EditedFields, before: EverydayFields): boolean {
  const at = names.indexOf('id')
  return at < 0 ? !before.names.includes('id') : kept[at] !== -1
}

function contentOf({ data, diagnostics }: YamlReading): FileContent | { readonly reason: string } {
  if (isData(data)) return { data }
  const [first] = diagnostics
  if (!first) return { reason: 'it was no mapping of fields' }
  return { reason: `${first.message}${first.span ? ` (line ${first.span.line})` : ''}` }
}

/** A version of which only the edit was read. */
class EditedContent implements FileContent {
  readonly #text: string
  readonly version: number
  readonly edit: FieldEdit

  constructor(text: string, version: number, edit: FieldEdit) {
    this.#text = text
    this.version = version
    this.edit = edit
  }

  get data(): Data {
    const data = everyday(this.#text)
    if (!isData(data)) throw new TypeError('A text that was read by its edit is not in the everyday form')
    return data
  }
}
