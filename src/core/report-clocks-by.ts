import { compare } from './diagnostic.ts'
import { valueIn } from './kpi-life.ts'
import type { Clock, TargetClocks } from './kpi-sla.ts'
import { addTo } from './lists-by-key.ts'
import { type RecordDoc, textAt, textsAt } from './record.ts'
import { words } from './report-page.ts'
import { isNotEmpty, type TallyLine, tallyLine } from './report-tally.ts'
import type { TimeSpan } from './time-span.ts'

/** What became of the clocks of one service or customer, for one target of all SLAs together. */
export interface ClocksByPart extends TallyLine {
  readonly target: string
}

/** The clocks of SLAs by service and target: where most went wrong first. */
export function clocksByService(targets: readonly TargetClocks[], period: TimeSpan): readonly ClocksByPart[] {
  return linesOf(targets, period, ({ clocks }) => partsOf(clocks, servicesOf))
}

/** The clocks of SLAs by customer and target: where most went wrong first. */
export function clocksByCustomer(
  targets: readonly TargetClocks[],
  slas: readonly RecordDoc[],
  period: TimeSpan,
): readonly ClocksByPart[] {
  const customers = new Map(slas.map(({ id, data }) => [id, textAt(data, 'customer') ?? '']))
  return linesOf(targets, period, ({ sla, clocks }) => new Map([[customers.get(sla) ?? '', clocks]]))
}

type Parts = ReadonlyMap<string, readonly Clock[]>

function linesOf(
  targets: readonly TargetClocks[],
  period: TimeSpan,
  partsIn: (target: TargetClocks) => Parts,
): readonly ClocksByPart[] {
  const groups = new Map<string, { readonly part: string; readonly target: string; readonly clocks: Clock[] }>()
  for (const target of targets.filter(({ kind }) => kind === 'sla')) {
    for (const [part, clocks] of partsIn(target)) {
      const key = JSON.stringify([part, target.target])
      const group = groups.get(key) ?? { part, target: target.target, clocks: [] }
      for (const clock of clocks) group.clocks.push(clock)
      groups.set(key, group)
    }
  }
  const lines = [...groups.values()]
    .map(({ part, target, clocks }) => ({ ...tallyLine(part || null, clocks, period), target: words(target) }))
    .filter(isNotEmpty)
  const missed = new Map<string | null, number>()
  for (const { name, breached, overdue } of lines) missed.set(name, (missed.get(name) ?? 0) + breached + overdue)
  return lines.toSorted(
    (a, b) =>
      (missed.get(b.name) ?? 0) - (missed.get(a.name) ?? 0) ||
      compare(a.name ?? '\uffff', b.name ?? '\uffff') ||
      compare(a.target, b.target),
  )
}

/** Clocks by part; those of a record that belongs to several parts, as a change does to services, count for each. */
function partsOf(clocks: readonly Clock[], partsIn: (clock: Clock) => readonly string[]): Parts {
  const parts = new Map<string, Clock[]>()
  for (const clock of clocks) {
    for (const part of new Set(partsIn(clock))) {
      addTo(parts, part, clock)
    }
  }
  return parts
}

function servicesOf({ record: { data } }: Clock): readonly string[] {
  const several = textsAt(data, 'services')
  return several.length > 0 ? several : [valueIn('service', data) ?? '']
}
