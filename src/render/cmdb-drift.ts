import type { AttributeDrift, DriftReport } from '../core/cmdb/drift.ts'
import { formatInstant, humanInstant } from '../core/instant.ts'
import { textAt } from '../core/record.ts'
import { counted } from './counted.ts'
import { json } from './json.ts'
import { columns, oneLine, paint, printable } from './terminal.ts'

/** A change that is proposed for a drift, as a file. */
export interface Proposal {
  readonly id: string
  readonly ci: string
  readonly file: string
  readonly text: string
}

/** What a comparison with reality has to tell. */
export interface DriftTelling extends DriftReport {
  /** Lines that could not be read as observations. */
  readonly refused: readonly { readonly line: number; readonly reason: string }[]
  readonly proposals: readonly Proposal[]
  readonly written: boolean
}

/** Drift as JSON: what differs, what is not recorded, not seen or could not be read, and the changes proposed. */
export function driftJson({
  compared,
  outdated,
  drifts,
  unrecorded,
  unseen,
  refused,
  proposals,
  written,
}: DriftTelling): string {
  return json({
    compared,
    outdated,
    drifts: drifts.map(({ record, kind, attributes, seenAt, change }) => ({
      ci: record.id,
      file: record.file,
      owner: textAt(record.data, 'owner') ?? null,
      kind,
      seenAt: formatInstant(seenAt),
      attributes: attributes.map((each) => ({
        ...each,
        intended: each.intended ?? null,
        seenAt: formatInstant(each.seenAt),
      })),
      change: change ?? null,
    })),
    unrecorded: unrecorded.map(({ ci, seenAt }) => ({ ci, seenAt: formatInstant(seenAt) })),
    unseen,
    refused,
    proposals: proposals.map(({ id, ci, file }) => ({ id, ci, file })),
    written,
  })
}

/** Drift for people: each difference, what it is explained by, and the proposed changes as they would be written. */
export function driftText(telling: DriftTelling, colour: boolean): string {
  const { compared, outdated, drifts, unrecorded, unseen, refused, proposals, written } = telling
  const { bold, dim, yellow } = paint(colour)
  const rows = drifts.flatMap(({ record, kind, attributes, seenAt, change }) => {
    const explained = change === undefined ? '' : `under ${change}`
    if (kind === 'gone') {
      return [
        [
          bold(record.id),
          yellow(`was seen, but is ${textAt(record.data, 'state')}`),
          humanInstant(seenAt),
          dim(explained),
        ],
      ]
    }
    return attributes.map((each) => [bold(record.id), difference(each), humanInstant(each.seenAt), dim(explained)])
  })
  const parts = [
    `${counted(compared, 'item')} compared, ${drifts.length} ${drifts.length === 1 ? 'differs' : 'differ'}, ${unrecorded.length} without a record, ${unseen.length} in use and not seen`,
    ...(outdated > 0
      ? [
          `${counted(outdated, 'observation')} older than the last verification ${outdated === 1 ? 'says' : 'say'} nothing`,
        ]
      : []),
    ...(rows.length > 0 ? [columns([['item', 'difference', 'seen (UTC)', ''].map(dim), ...rows])] : []),
    ...(unrecorded.length > 0
      ? [
          `${bold('without a record')}\n${columns(unrecorded.map(({ ci, seenAt }) => [`  ${ci}`, `seen ${humanInstant(seenAt)}`]))}`,
        ]
      : []),
    ...(refused.length > 0
      ? [
          `${bold('not understood')}\n${refused.map(({ line, reason }) => `  line ${line}: ${oneLine(reason)}`).join('\n')}`,
        ]
      : []),
    ...proposals.map(({ file, text }) =>
      written ? `written  ${file}` : `${dim(`proposed: ${file}`)}\n${printable(text).trimEnd()}`,
    ),
    ...(proposals.length > 0 && !written ? ['Nothing was written; --write writes the proposed changes.'] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function difference({ name, intended, observed }: AttributeDrift): string {
  const said = intended === undefined ? 'not recorded' : oneLine(String(intended))
  return `${name}: ${said} → ${oneLine(String(observed))}`
}
