import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { always, type Calendar, calendarOf } from '../../src/core/calendar.ts'
import { formatInstant } from '../../src/core/instant.ts'
import type { Data } from '../../src/core/record.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { calendarRecord, instant, lifeOf, over, slaRecord, standing } from './life.ts'

interface LifeVector {
  readonly id: string
  readonly calendar: string
  readonly targets: Data
  readonly edited?: { readonly at: string; readonly targets: Data }
  readonly steps: readonly { readonly at: string; readonly state: string; readonly priority?: string }[]
  readonly expect: readonly ({ readonly as_of: string } & Data)[]
}

/** The shape of `test/data/sla-vectors.yaml`. */
export interface SlaVectors {
  readonly ids: readonly string[]
  readonly inexpressible: { readonly [id: string]: string }
  readonly calendars: { readonly [id: string]: Data }
  readonly elapsed: readonly {
    readonly id: string
    readonly calendar: string
    readonly from: string
    readonly until: string
    readonly minutes: number
    readonly wall?: number
  }[]
  readonly due: readonly {
    readonly id: string
    readonly calendar: string
    readonly start: string
    readonly minutes: number
    readonly due: string
  }[]
  readonly lives: readonly LifeVector[]
}

/** One thing that a vector expects, and what came out. */
export interface VectorResult {
  readonly id: string
  readonly what: string
  readonly expected: unknown
  readonly found: unknown
}

/** Reads the vectors of a file. */
export function readVectors(file: string | URL): SlaVectors {
  return parse(readFileSync(file, 'utf8')) as SlaVectors
}

/** Computes everything that the vectors expect. */
export function runVectors(vectors: SlaVectors): readonly VectorResult[] {
  const calendar = (id: string): Calendar => {
    const found = id === 'always' ? always : calendarOf(vectors.calendars[id] ?? {})
    if (!found) throw new Error(`no calendar: ${id}`)
    return found
  }
  return [
    ...vectors.elapsed.flatMap(({ id, calendar: name, from, until, minutes, wall }) => {
      const [a, b] = [instant(from), instant(until)]
      const what = `open minutes of ${name} from ${from}`
      const onTheWall = wall === undefined ? [] : [{ id, what: 'wall minutes', expected: wall, found: (b - a) / 60 }]
      return [{ id, what, expected: minutes, found: calendar(name).elapsed(a, b) / 60 }, ...onTheWall]
    }),
    ...vectors.due.map(({ id, calendar: name, start, minutes, due }) => {
      const found = calendar(name).due(instant(start), minutes * 60)
      const what = `${minutes} minutes of ${name} from ${start}`
      return { id, what, expected: instant(due), found }
    }),
    ...vectors.lives.flatMap((life) => lifeResults(vectors, life)),
  ]
}

function lifeResults({ calendars }: SlaVectors, life: LifeVector): readonly VectorResult[] {
  const agreement = slaRecord('agreed', { targets: life.targets })
  const named = Object.entries(calendars).map(([id, data]) => calendarRecord(id, data))
  const start = '1970-01-01T00:00:00Z'
  const edited = life.edited && { at: life.edited.at, record: slaRecord('agreed', { targets: life.edited.targets }) }
  const levels = edited
    ? over([...[...named, agreement].map((record) => ({ at: start, record })), edited], life.calendar)
    : standing([...named, agreement], life.calendar)
  const moments = lifeOf(life.steps.map(({ at, state, priority }) => ({ at, state, set: { priority } })))
  return life.expect.flatMap(({ as_of: asOf, ...expected }) => {
    const read = readings({ type: 'incident', id: life.id, moments }, levels, instant(asOf))
    return Object.entries(expected).flatMap(([target, fields]): readonly VectorResult[] => {
      if (target === 'next_due') {
        const dues = read.filter(({ stop }) => stop === null).flatMap(({ due }) => due ?? [])
        const found = dues.length === 0 ? null : formatInstant(Math.min(...dues))
        return [{ id: life.id, what: `next due as of ${asOf}`, expected: fields, found }]
      }
      const reading = read.find((one) => one.target === target)
      const shown: Data = reading
        ? {
            ...reading,
            start: formatInstant(reading.start),
            due: reading.due === null ? null : formatInstant(reading.due),
            elapsed: reading.elapsed / 60,
            wall: reading.wall / 60,
            paused: reading.paused / 60,
            left: (reading.allowed - reading.elapsed) / 60,
          }
        : {}
      return Object.entries(fields as Data).map(([field, value]) => {
        return { id: life.id, what: `${field} of ${target} as of ${asOf}`, expected: value, found: shown[field] }
      })
    })
  })
}
