import { type RecordChange, valueText } from '../core/cmdb/field-history.ts'
import type { RecordName } from '../core/find-record.ts'
import { formatInstant, humanInstant } from '../core/instant.ts'
import { isSame } from '../core/same.ts'
import { json } from './json.ts'
import { oneLine, paint } from './terminal.ts'

/** The history of a record's fields as JSON; `from` and `to` are `null` where the field was, or is, not there. */
export function fieldHistoryJson({ type, id }: RecordName, changes: readonly RecordChange[]): string {
  return json({
    id,
    type,
    changes: changes.map(({ commit: { commit, at, by, provenance }, file, kind, reason, fields }) => ({
      commit,
      at: formatInstant(at),
      by,
      provenance,
      kind,
      file,
      ...(reason === undefined ? {} : { reason }),
      fields: fields.map(({ field, from, to }) => ({ field, from: from ?? null, to: to ?? null })),
    })),
  })
}

/** The history of a record's fields for people: a heading for each commit, a line for each field. Times in UTC. */
export function fieldHistoryText({ id }: RecordName, changes: readonly RecordChange[], colour: boolean): string {
  const { bold, dim } = paint(colour)
  const parts = changes.map(({ commit, kind, file, reason, fields }) => {
    const head = `${humanInstant(commit.at)}  ${bold(oneLine(commit.by))}  ${kind}${kind === 'moved' ? ` to ${oneLine(file)}` : ''}  ${dim(commit.commit.slice(0, 10))}`
    const lines = fields.map(({ field, from, to }) =>
      kind === 'added'
        ? `  ${oneLine(field)}: ${shown(to)}`
        : `  ${oneLine(field)}: ${Array.isArray(from) && Array.isArray(to) ? listed(from, to) : `${shown(from)} ${dim('→')} ${shown(to)}`}`,
    )
    return [head, ...(reason === undefined ? [] : [`  cannot be read: ${oneLine(reason)}`]), ...lines].join('\n')
  })
  return `${[bold(id), ...(parts.length === 0 ? ['no changes'] : parts)].join('\n')}\n`
}

/** What a list lost and gained; where only the order differs, both as they are. */
function listed(from: readonly unknown[], to: readonly unknown[]): string {
  const without = (list: readonly unknown[], others: readonly unknown[]) =>
    list.filter((item) => !others.some((other) => isSame(item, other)))
  const parts = [
    ...without(from, to).map((item) => `− ${shown(item)}`),
    ...without(to, from).map((item) => `+ ${shown(item)}`),
  ]
  return parts.length === 0 ? `${shown(from)} → ${shown(to)}` : parts.join('  ')
}

/** How much of a value a line shows. */
const longest = 120

function shown(value: unknown): string {
  const signs = [...oneLine(valueText(value).trimEnd())]
  return signs.length > longest ? `${signs.slice(0, longest - 1).join('')}…` : signs.join('')
}
