import { compare } from './diagnostic.ts'
import { significance } from './kpi-comparison.ts'
import { type Share, shareOf } from './kpi-figure.ts'
import { type Dimension, valueIn } from './kpi-life.ts'
import { type Clock, isBreached, type TargetClocks } from './kpi-sla.ts'
import { fisherExact, holm, leastFisher } from './kpi-statistics.ts'
import { addTo } from './lists-by-key.ts'
import { isWithin, type Period } from './period.ts'

/** A place where a target is missed more often than elsewhere, beyond chance. */
export interface Concentration {
  readonly dimension: Dimension
  readonly value: string
  readonly sla: string
  readonly title: string
  readonly target: string
  /** Breached, of the clocks with the value that stopped in the period. */
  readonly here: Share
  /** Breached, of all the other clocks of the same target. */
  readonly elsewhere: Share
  /** Fisher's exact probability after Holm's correction over everything that was looked at. */
  readonly p: number
}

/** What a search for concentrations found, and in how many places it looked. */
export interface ConcentrationSearch {
  readonly tested: number
  /** Places with too few clocks to tell, whatever became of them. */
  readonly tooFew: number
  readonly found: readonly Concentration[]
}

/** The fewest stopped clocks, here and elsewhere, for a place to be looked at. */
const fewestClocks = 5

/** Looks for values of the dimensions whose clocks breach more often than the rest of the same target. */
export function findConcentrations(
  targets: readonly TargetClocks[],
  period: Period,
  dimensions: readonly Dimension[],
): ConcentrationSearch {
  const places = targets.flatMap((target) => {
    const stopped = target.clocks.filter(
      ({ reading: { stop, retrospective } }) => stop !== null && !retrospective && isWithin(period, stop),
    )
    return dimensions.flatMap((dimension) => comparisons(target, stopped, dimension))
  })
  const looked = places.filter(({ here, elsewhere }) => isTellable(here, elsewhere))
  const corrected = holm(looked.map(({ p }) => p))
  const found = looked
    .map((place, index) => ({ ...place, p: corrected[index] ?? 1 }))
    .filter(({ here, elsewhere, p }) => p < significance && here.count * elsewhere.n > elsewhere.count * here.n)
    .sort((a, b) => b.here.count - a.here.count || a.p - b.p || compare(a.value, b.value))
  return { tested: looked.length, tooFew: places.length - looked.length, found }
}

function isTellable(here: Share, elsewhere: Share): boolean {
  return here.n >= fewestClocks && elsewhere.n >= fewestClocks && leastFisher(here, elsewhere) < significance
}

function comparisons(target: TargetClocks, stopped: readonly Clock[], dimension: Dimension): readonly Concentration[] {
  const groups = new Map<string, Clock[]>()
  for (const clock of stopped) {
    const value = valueIn(dimension, clock.record.data)
    if (value === null) continue
    addTo(groups, value, clock)
  }
  const all = shareOf(stopped, isBreached)
  return [...groups].flatMap(([value, clocks]) => {
    const here = shareOf(clocks, isBreached)
    const elsewhere = { count: all.count - here.count, n: all.n - here.n }
    const { sla, title, target: name } = target
    return [{ dimension, value, sla, title, target: name, here, elsewhere, p: fisherExact(here, elsewhere) }]
  })
}
