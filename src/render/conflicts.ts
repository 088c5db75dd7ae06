import { type ChangeConflicts, type Pair, pairsOf } from '../core/conflict-report.ts'
import { slotHorizon } from '../core/conflict-slot.ts'
import { isOpen, type SettledConflict } from '../core/conflict-waiver.ts'
import { formatInstant, humanDuration, type Instant } from '../core/instant.ts'
import { cellText, codeText, inlineText } from '../core/markdown.ts'
import { textAt } from '../core/record.ts'
import { localTime } from '../core/report-time.ts'
import type { TimeSpan } from '../core/time-span.ts'
import { counted } from './counted.ts'
import { json } from './json.ts'
import { columns, oneLine, type Paint, paint } from './terminal.ts'

/** What was asked and found: one change, or all open ones, to be told in a zone. */
export interface ConflictList {
  readonly asOf: Instant
  readonly zone: string
  /** Whether one change was asked for: then it is told even where it collides with nothing. */
  readonly one: boolean
  readonly changes: readonly ChangeConflicts[]
  /** The open pull request that proposes a change, by the id of the change. */
  readonly proposedIn: ReadonlyMap<string, number>
}

/** Conflicts as JSON, change by change; `pairs` names the changes that collide with each other, each two once. */
export function conflictsJson({ asOf, changes, proposedIn }: ConflictList): string {
  return json({
    asOf: formatInstant(asOf),
    changes: changes.map(({ change, planned, conflicts, open, slot }) => ({
      id: change.id,
      file: change.file,
      title: textAt(change.data, 'title') ?? null,
      state: textAt(change.data, 'state') ?? null,
      pull: proposedIn.get(change.id) ?? null,
      plannedStart: planned ? formatInstant(planned.from) : null,
      plannedEnd: planned ? formatInstant(planned.until) : null,
      open,
      conflicts: conflicts.map(conflictJson),
      ...(slot !== undefined && {
        nextFreeSlot: slot && { from: formatInstant(slot.from), until: formatInstant(slot.until) },
      }),
    })),
    pairs: pairsOf(changes).map(({ ids, conflicts }) => ({
      changes: ids,
      kinds: [...new Set(conflicts.map(({ kind }) => kind))],
      open: conflicts.some(isOpen),
    })),
  })
}

function conflictJson(conflict: SettledConflict) {
  const { kind, with: other, over, from, until, blocks, waiver, flaw, because } = conflict
  return {
    kind,
    with: other,
    over,
    from: formatInstant(from),
    until: formatInstant(until),
    blocks,
    open: isOpen(conflict),
    waiver: waiver ?? null,
    ...(flaw && { waiverDoesNotCount: flaw.because }),
    because,
  }
}

/** Conflicts for people: what is open first, then what is waived or merely worth knowing. */
export function conflictsText(list: ConflictList, colour: boolean): string {
  const colours = paint(colour)
  if (list.one) return `${list.changes.map((each) => oneText(each, list, colours)).join('\n\n')}\n`
  const pairs = pairsOf(list.changes)
  const windows = list.changes.filter(({ conflicts }) => conflicts.some(blocksByWindow))
  const parts = [
    ...(pairs.length === 0 ? [] : [pairs.map((pair) => pairText(pair, list, colours)).join('\n')]),
    ...windows.map(({ conflicts, ...rest }) =>
      oneText({ ...rest, conflicts: conflicts.filter(blocksByWindow) }, list, colours),
    ),
    sum(list.changes, pairs.length),
  ]
  return `${parts.join('\n\n')}\n`
}

/** In a list of all changes, advice about windows would hide what matters. */
function blocksByWindow({ with: { type }, blocks }: SettledConflict): boolean {
  return type === 'window' && blocks
}

function sum(changes: readonly ChangeConflicts[], pairs: number): string {
  const open = changes.filter((each) => each.open > 0).length
  return `${counted(changes.length, 'open change')}, ${counted(pairs, 'pair')} that collide, ${open} with open conflicts`
}

function oneText(
  { change, planned, conflicts, slot, open }: ChangeConflicts,
  { zone, proposedIn }: ConflictList,
  colours: Paint,
): string {
  const title = `${oneLine(textAt(change.data, 'title') ?? '')}${inPull(change.id, proposedIn)}`
  const when = planned ? spanText(planned, zone) : 'without planned times, so nothing collides yet'
  const head = `${colours.bold(oneLine(change.id))}  ${title}\n  ${colours.dim(when)}`
  if (!planned) return head
  if (conflicts.length === 0) return `${head}\n  ${colours.green('no conflicts')}`
  const rows = conflicts.map((conflict) => [
    `  ${mark(conflict, colours)}`,
    conflict.kind,
    `${oneLine(sentence(conflict))}\n${' '.repeat(4)}${colours.dim(spanText(conflict, zone))}`,
  ])
  const free =
    open === 0 || slot === undefined ? [] : [`  ${colours.green('next free')}: ${freeText(planned, slot, zone)}`]
  return [head, columns(rows), ...free].join('\n')
}

function freeText(planned: TimeSpan, slot: TimeSpan | null, zone: string): string {
  return slot ? spanText(slot, zone) : `no time of ${humanDuration(planned.until - planned.from)} within ${horizon}`
}

const horizon = `${slotHorizon / 86_400} days`

/** Where a change is proposed, unless it stands in the tree. */
function inPull(id: string, proposedIn: ConflictList['proposedIn']): string {
  const pull = proposedIn.get(id)
  return pull === undefined ? '' : ` (proposed in #${pull})`
}

function pairText({ ids, conflicts }: Pair, { zone, proposedIn }: ConflictList, colours: Paint): string {
  const [first] = conflicts
  const worst = conflicts.find(isOpen) ?? first
  if (!first || !worst) return ''
  const kinds = [...new Set(conflicts.map(({ kind }) => kind))].join(', ')
  const both = ids.map((id) => `${colours.bold(oneLine(id))}${inPull(id, proposedIn)}`).join(' and ')
  return `${mark(worst, colours)}  ${both}  ${kinds}: ${oneLine(sentence(worst))}\n    ${colours.dim(spanText(first, zone))}`
}

function mark(conflict: SettledConflict, { red, yellow, dim }: Paint): string {
  return isOpen(conflict) ? red('open  ') : conflict.waiver ? yellow('waived') : dim('advice')
}

function sentence({ because, waiver, flaw }: SettledConflict): string {
  if (waiver) return `${because}; waived by ${waiver.approver}: ${waiver.reason}`
  return flaw ? `${because}; the waiver does not count: ${flaw.because}` : because
}

/** A stretch on the clocks of a zone, with UTC beside it unless that is the zone. */
function spanText(span: TimeSpan, zone: string): string {
  const local = `${between(span, zone)} ${zone}`
  return zone === 'UTC' ? local : `${local} (${between(span, 'UTC')} UTC)`
}

function between({ from, until }: TimeSpan, zone: string): string {
  const [begin, end] = [localTime(from, zone), localTime(until, zone)]
  return `${begin.text} to ${begin.day === end.day ? end.text.slice(11) : end.text}`
}

/** Conflicts as Markdown: one table a change, safe to be part of any page. */
export function conflictsMarkdown(list: ConflictList): string {
  const told = list.one ? list.changes : list.changes.filter(({ conflicts }) => conflicts.some(({ blocks }) => blocks))
  const parts = told.map(({ change, planned, conflicts, slot, open }) => {
    const pull = inPull(change.id, list.proposedIn)
    const head = `## ${codeText(change.id)} ${inlineText(textAt(change.data, 'title') ?? '')}${pull}\n`
    if (!planned) return `${head}\nWithout planned times, so nothing collides yet.\n`
    const when = `\nPlanned from ${spanText(planned, list.zone)}.\n`
    if (conflicts.length === 0) return `${head}${when}\nNo conflicts.\n`
    const rows = conflicts.map((conflict) => [
      isOpen(conflict) ? '**open**' : conflict.waiver ? 'waived' : 'advice',
      codeText(conflict.kind),
      codeText(conflict.with.id),
      cellText(spanText(conflict, list.zone)),
      cellText(sentence(conflict), 400),
    ])
    const table = [['', 'Conflict', 'With', 'When', 'Because'], ['---', '---', '---', '---', '---'], ...rows]
    const free = open === 0 || slot === undefined ? '' : `\nNext free: ${freeText(planned, slot, list.zone)}.\n`
    return `${head}${when}\n${table.map((row) => `| ${row.join(' | ')} |\n`).join('')}${free}`
  })
  const pairs = pairsOf(list.changes)
  return `# Conflicts of changes\n\n${list.one ? '' : `${sum(list.changes, pairs.length)}.\n\n`}${parts.join('\n')}`
}
