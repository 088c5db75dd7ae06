import { textAt, textsAt } from '../core/record.ts'
import type { Searchable } from '../core/searchable.ts'
import { json } from './json.ts'
import { oneLine, paint } from './terminal.ts'

/** Something found, as it is shown. */
export interface Found {
  readonly found: Searchable
  readonly score: number
}

/** What a search found, as JSON. */
export function searchJson(query: string, hits: readonly Found[]): string {
  return json({
    query,
    results: hits.map(({ found: { kind, record, title, outdated }, score }) => ({
      id: record.id,
      type: record.type,
      kind,
      title,
      state: textAt(record.data, 'state') ?? null,
      services: [...textsAt(record.data, 'services'), ...textsAt(record.data, 'service')],
      score,
      outdated: outdated ?? null,
      file: record.file,
    })),
  })
}

/** What a search found, for people: id, kind and title, and the first words of the answer. */
export function searchText(hits: readonly Found[], colour: boolean, width = 100): string {
  if (hits.length === 0) return 'nothing found\n'
  const { bold, dim, yellow } = paint(colour)
  const blocks = hits.map(({ found: { kind, record, title, answer, outdated } }) => {
    const [first = ''] = answer.trim().split('\n')
    const rest = first === '' ? [] : [`  ${cut(oneLine(first), width - 2)}`]
    const warning = outdated === undefined ? [] : [yellow(`  outdated: ${oneLine(outdated)}`)]
    const state = textAt(record.data, 'state') ?? ''
    return [`${bold(record.id)}  ${oneLine(title)}  ${dim(`${kind}, ${state}`)}`, ...rest, ...warning].join('\n')
  })
  return `${blocks.join('\n')}\n`
}

function cut(text: string, most: number): string {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, Math.max(0, most - 1)).join('')}…`
}
