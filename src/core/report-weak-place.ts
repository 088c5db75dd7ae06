import type { Concentration } from './kpi-concentration.ts'
import { addTo } from './lists-by-key.ts'
import type { ReportFacts } from './report.ts'
import { nameOf } from './report-page.ts'

/** A service, team or category that misses targets more often than the rest, with all the targets that it so misses. */
export interface WeakPlace {
  readonly dimension: Concentration['dimension']
  readonly value: string
  readonly name: string | null
  readonly misses: readonly Concentration[]
}

/** Gathers concentrations by place, in the order in which the places first occur. */
export function weakPlaces(facts: ReportFacts, found: readonly Concentration[]): readonly WeakPlace[] {
  const places = new Map<string, Concentration[]>()
  for (const each of found) {
    const key = JSON.stringify([each.dimension, each.value])
    addTo(places, key, each)
  }
  return [...places.values()].flatMap((misses) => {
    const [first] = misses
    return first
      ? [{ dimension: first.dimension, value: first.value, name: nameOf(facts, first.dimension, first.value), misses }]
      : []
  })
}
