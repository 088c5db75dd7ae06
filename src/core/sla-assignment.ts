import { type ClockEvent, clockStart } from './clock-event.ts'
import { compare } from './diagnostic.ts'
import { addTo } from './lists-by-key.ts'
import { covers, priorityOf } from './sla.ts'
import { type Beat, type Cycle, cyclesOf } from './sla-cycle.ts'

/** A cycle that an agreement was given: where it was in force, and how it ended. */
export interface AssignedCycle {
  readonly cycle: Cycle
  /** The beats that belong to it, from the beginning on. */
  readonly beats: readonly Beat[]
  /** The event at which the agreement began to cover the record. */
  readonly covered: Beat
  /** The event at which it ceased to, while the clock had not stopped. */
  readonly cancelled?: Beat
}

/**
 * The cycles that a record's events give to agreements.
 *
 * For each kind and target name the covering agreement with the lowest order has the clock (of equals the first by id).
 * One that begins to cover a record takes the clock with all that it would have counted since the record began; one
 * that ceases to is cancelled there, unless its clock had stopped: that verdict stands, and nobody else is given the
 * clock until it runs again.
 */
export function assignedCycles(type: string, events: readonly ClockEvent[]): readonly AssignedCycle[] {
  const start = clockStart(events)
  const rivals = new Map<string, Cycle[]>()
  for (const [id, names] of candidates(type, events)) {
    for (const name of names) {
      for (const cycle of cyclesOf(type, id, name, events, start)) {
        if (!cycle.beats.some(({ covered }) => covered)) continue
        const slot = `${cycle.kind} ${cycle.target}`
        addTo(rivals, slot, cycle)
      }
    }
  }
  return [...rivals.values()].flatMap((cycles) => {
    const winners = events.map((_, index) => winnerAt(cycles, index))
    return cycles.flatMap((cycle) => assignments(cycle, winners))
  })
}

/** The target names of every agreement of which some version covers the record at some event. */
function candidates(type: string, events: readonly ClockEvent[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const contents = [...new Set(events.map(({ moment }) => moment.data))]
  for (const edition of new Set(events.map((event) => event.edition))) {
    for (const [id, sla] of edition?.slas ?? []) {
      const matrix = edition?.config.matrix
      if (!contents.some((data) => covers(sla, type, data, priorityOf(data, matrix)))) continue
      const names = found.get(id) ?? new Set()
      for (const name of sla.targets.keys()) names.add(name)
      found.set(id, names)
    }
  }
  return found
}

function winnerAt(cycles: readonly Cycle[], index: number): Cycle | undefined {
  let winner: { readonly cycle: Cycle; readonly order: number } | undefined
  for (const cycle of cycles) {
    const beat = beatAt(cycle, index)
    if (!beat?.covered) continue
    const { order } = beat.sla
    if (winner && (order - winner.order || compare(cycle.sla, winner.cycle.sla)) >= 0) continue
    winner = { cycle, order }
  }
  return winner?.cycle
}

function beatAt({ beats }: Cycle, index: number): Beat | undefined {
  const [first] = beats
  return first && beats[index - first.index]
}

function assignments(cycle: Cycle, winners: readonly (Cycle | undefined)[]): readonly AssignedCycle[] {
  const found: AssignedCycle[] = []
  let covered: Beat | undefined
  for (const [position, beat] of cycle.beats.entries()) {
    const before = cycle.beats[position - 1]
    const liveBefore = before === undefined || before.phase !== 'stopped'
    const wins = winners[beat.index] === cycle
    if (!covered) {
      if (wins && (liveBefore || beat.phase !== 'stopped')) covered = beat
    } else if (!wins && (liveBefore || beat.phase !== 'stopped')) {
      const beats = cycle.beats.slice(0, position)
      found.push(liveBefore ? { cycle, beats, covered, cancelled: beat } : { cycle, beats, covered })
      covered = undefined
    }
  }
  if (covered) found.push({ cycle, beats: cycle.beats, covered })
  return found
}
