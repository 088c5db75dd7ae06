import { compare } from './diagnostic.ts'
import { type TimeQuality, timeQuality } from './evidence-account.ts'
import type { DoubtfulDate } from './history.ts'
import type { Instant, Seconds } from './instant.ts'
import { type Share, type Spread, spreadOf } from './kpi-figure.ts'
import { addTo } from './lists-by-key.ts'
import { isWithin } from './period.ts'
import type { LifeFacts, ReportFacts } from './report.ts'
import { type RecordLink, recordLink, words } from './report-page.ts'
import { isFiledAfterTheFact } from './retrospective.ts'
import { declaredAt } from './timeline.ts'

/** How the times of the steps and edits of one record type in the period are known. */
export interface TypeTimes extends TimeQuality {
  readonly type: string
  /** How much later steps were recorded than they are said to have happened, of those that declare a time. */
  readonly skew: Spread
}

/** The times of the period by record type, the type with most first. */
export function timesByType({ lives, period }: Pick<ReportFacts, 'lives' | 'period'>): readonly TypeTimes[] {
  const types = new Map<string, LifeFacts[]>()
  for (const life of lives) {
    addTo(types, life.type, life)
  }
  return [...types]
    .map(([type, records]) => {
      const moments = records.flatMap((record) => record.moments).filter(({ recorded }) => isWithin(period, recorded))
      const skews = records.flatMap(({ moments: all }) =>
        all.flatMap((moment, index) => {
          const declared = declaredAt(moment, index === 0)
          return declared === undefined || !isWithin(period, moment.recorded) ? [] : [moment.recorded - declared]
        }),
      )
      return {
        type: words(type),
        ...timeQuality(moments.map(({ commit }) => commit.provenance)),
        skew: spreadOf(skews),
      }
    })
    .filter(({ instants }) => instants > 0)
    .toSorted((a, b) => b.instants - a.instants || compare(a.type, b.type))
}

/** A step whose declared and recorded times lie far apart. */
export interface SkewedStep extends RecordLink {
  readonly state: string
  readonly declared: Instant
  readonly recorded: Instant
  /** Later than declared; negative where it is declared for the future. */
  readonly skew: Seconds
  readonly by: string
}

/** From which distance on a step is named. */
const remarkable: Seconds = 3600

/**
 * The steps recorded in the period at least an hour after, or any time before, they are said to have happened; farthest
 * first.
 */
export function skewedSteps(facts: ReportFacts, page: string): readonly SkewedStep[] {
  return facts.lives
    .flatMap((life) =>
      life.moments.flatMap((moment, index): readonly SkewedStep[] => {
        const declared = declaredAt(moment, index === 0)
        if (declared === undefined || !isWithin(facts.period, moment.recorded)) return []
        const skew = moment.recorded - declared
        if (skew >= 0 && skew < remarkable) return []
        const { state, recorded, commit } = moment
        return [{ ...recordLink(facts, page, life), state: words(state), declared, recorded, skew, by: commit.by }]
      }),
    )
    .toSorted((a, b) => Math.abs(b.skew) - Math.abs(a.skew) || compare(a.id, b.id) || a.recorded - b.recorded)
}

/** The states in which the work on a record of some type is over. */
const finished: { readonly [type: string]: readonly string[] } = {
  incident: ['resolved', 'closed'],
  request: ['fulfilled', 'closed'],
  problem: ['resolved', 'closed'],
  change: ['review', 'closed'],
}

/** The records of one type that were filed when they were over already. */
export interface LateFiling {
  readonly type: string
  /** Of the records that the period brought. */
  readonly share: Share
  /** The first of them in order of id. */
  readonly records: readonly RecordLink[]
  readonly more: number
}

const fewRecords = 5

/** The records that the period brought and that nobody watched, by type. A change that was found is late by nature. */
export function lateFilings(facts: ReportFacts, page: string): readonly LateFiling[] {
  return Object.entries(finished).flatMap(([type, states]): readonly LateFiling[] => {
    const born = facts.lives.filter(
      ({ type: own, moments }) => own === type && isWithin(facts.period, moments[0]?.recorded ?? Number.NaN),
    )
    const late = born
      .filter(({ moments }) => isFiledAfterTheFact(moments, (state) => states.includes(state)))
      .toSorted((a, b) => compare(a.id, b.id))
    const share = { count: late.length, n: born.length }
    const records = late.map((life) => recordLink(facts, page, life))
    return born.length === 0
      ? []
      : [{ type, share, records: records.slice(0, fewRecords), more: Math.max(0, records.length - fewRecords) }]
  })
}

/** A commit of the period whose date others contradict. */
export interface DoubtfulCommit {
  readonly commit: string
  readonly by: string
  readonly kind: DoubtfulDate['kind']
  /** The date that it claims. */
  readonly claimed: Instant
  /** When it counts as made. */
  readonly counted: Instant
}

/**
 * The commits that touched records with states in the period and whose dates did not stand, in the order of the
 * mainline.
 */
export function doubtfulCommits({ lives, period }: Pick<ReportFacts, 'lives' | 'period'>): readonly DoubtfulCommit[] {
  const found = new Map<string, DoubtfulCommit & { readonly position: number }>()
  for (const { commit, recorded } of lives.flatMap(({ moments }) => moments)) {
    const { doubt, by, position } = commit
    if (!doubt || !isWithin(period, recorded)) continue
    const known = { by, position, kind: doubt.kind, claimed: doubt.claimed, counted: recorded }
    found.set(commit.commit, { commit: commit.commit.slice(0, 10), ...known })
  }
  return [...found.values()].toSorted((a, b) => a.position - b.position).map(({ position: _, ...each }) => each)
}

/** Who brought steps and edits to the mainline in the period. */
export interface Recorder {
  readonly by: string
  readonly commits: number
  /** The record types that they touched, in alphabetical order. */
  readonly types: readonly string[]
}

/** The authors of the commits of the period that touched records with states, those with most commits first. */
export function recorders({ lives, period }: Pick<ReportFacts, 'lives' | 'period'>): readonly Recorder[] {
  const people = new Map<string, { commits: Set<string>; types: Set<string> }>()
  for (const { type, moments } of lives) {
    for (const { commit, recorded } of moments) {
      if (!isWithin(period, recorded)) continue
      const person = people.get(commit.by) ?? { commits: new Set(), types: new Set() }
      people.set(commit.by, person)
      person.commits.add(commit.commit)
      person.types.add(words(type))
    }
  }
  return [...people]
    .map(([by, { commits, types }]) => ({ by, commits: commits.size, types: [...types].toSorted(compare) }))
    .toSorted((a, b) => b.commits - a.commits || compare(a.by, b.by))
}
