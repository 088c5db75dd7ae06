import { type Basis, basisOf } from '../../../src/core/csi/basis.ts'
import type { Data } from '../../../src/core/record.ts'
import type { IncidentFacts, LifeFacts } from '../../../src/core/report.ts'
import { facts, incident } from '../../reports/web-shop.ts'

/** What the steps share, of declared facts. */
export function basis(given: Parameters<typeof facts>[0]): Basis {
  return basisOf(facts(given))
}

const twoDigits = (count: number): string => String(count).padStart(2, '0')

/** A day of 2026 by its number, with a time: `onDay(0, 8)` is `2026-01-01T08:00`. */
export function onDay(day: number, hour = 8, minute = 0): string {
  const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)
  return `${date}T${twoDigits(hour)}:${twoDigits(minute)}`
}

/** An incident opened at a time and resolved an hour later, or still open. */
export function opened(id: string, at: string, fields: Data = {}, isOpen = false): IncidentFacts {
  const end = new Date(Date.parse(`${at}:00Z`) + 3_600_000).toISOString().slice(0, 16)
  return incident(id, fields, [{ at, state: 'new' }, ...(isOpen ? [] : [{ at: end, state: 'resolved' }])])
}

/** A change whose work began at a time, and ended two hours later. */
export function change(id: string, at: string, fields: Data = {}): LifeFacts {
  const end = new Date(Date.parse(`${at}:00Z`) + 7_200_000).toISOString().slice(0, 16)
  const { readings: _, ...life } = incident(id, { title: `Change ${id}`, ...fields }, [
    { at, state: 'implement' },
    { at: end, state: 'closed' },
  ])
  return { ...life, type: 'change', file: `records/change/2026/${id}.yaml` }
}
