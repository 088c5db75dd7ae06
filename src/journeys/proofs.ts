import { currentCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { RecordIndex } from '../core/facts.ts'
import type { MainlineCommit } from '../core/history.ts'
import { type Proof, periodOf } from '../core/improvement-proof.ts'
import type { Instant } from '../core/instant.ts'
import { type KpiFacts, type Measured, measureKpi } from '../core/kpi-record.ts'
import { type Change, type RecordDoc, textAt, valueAt } from '../core/record.ts'
import { isSame } from '../core/same.ts'
import type { Series } from '../core/series.ts'
import type { TimeSpan } from '../core/time-span.ts'
import { calendarsOf } from './calendars.ts'
import { type Clocks, gatherClocks } from './clocks.ts'
import { metricFacts } from './kpi-facts.ts'
import { load, type Snapshot } from './load.ts'

/**
 * What an improvement is proven against: the tree that would be merged, and the mainline that it would be merged into.
 */
export interface ProofSource {
  readonly git: GitDir
  /** The mainline so far; HEAD where left out. */
  readonly tip?: string
  readonly asOf: Instant
  /** The tree with the change in it. */
  readonly result: Pick<Snapshot, 'rulebook' | 'records' | 'series'>
  /** The records that the change is judged by. */
  readonly judging: RecordIndex
}

/** Measures the improvements that some changes close. Where none is closed nothing is read. */
export async function gatherProofs(
  source: ProofSource,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, Proof>> {
  const closings = changes.flatMap((change) => (change.kind === 'removed' || !isClosing(change) ? [] : [change.after]))
  if (closings.length === 0) return new Map()
  const tip = source.tip ?? (await currentCommit(source.git))
  const clocks = tip === undefined ? undefined : await gatherClocks(source.git, tip)
  const proofs = new Map<string, Proof>()
  for (const improvement of closings) {
    const id = textAt(improvement.data, 'kpi') ?? ''
    const kpi = source.judging.find('kpi', id) ?? source.result.records.find('kpi', id)
    if (kpi) proofs.set(improvement.id, await prove(source, clocks, improvement, kpi))
  }
  return proofs
}

/** Whether a change closes an improvement, or touches one that is closed otherwise than by a note. */
function isClosing(change: Exclude<Change, { readonly kind: 'removed' }>): boolean {
  const { after } = change
  if (after.type !== 'improvement' || textAt(after.data, 'state') !== 'closed') return false
  if (change.kind === 'added') return true
  const { log: _, ...before } = change.before.data
  const { log: __, ...now } = after.data
  return !isSame(before, now)
}

async function prove(
  source: ProofSource,
  clocks: Clocks | undefined,
  improvement: RecordDoc,
  kpi: RecordDoc,
): Promise<Proof> {
  const { asOf, result } = source
  const zone = result.rulebook.config.timezone
  const measure = (
    span: TimeSpan | undefined,
    until: Instant,
    series: ReadonlyMap<string, Series>,
    records: RecordIndex,
  ): Measured => {
    if (!span) return { gap: 'its period is not given' }
    const known = Math.min(span.until, until)
    const facts: KpiFacts = {
      series,
      calendars: calendarsOf(records),
      ...(clocks && { history: metricFacts(clocks, records, result.rulebook.config, known) }),
    }
    return measureKpi(kpi, facts, span)
  }
  const [before, after] = [
    periodOf(improvement.data, 'baseline', zone),
    periodOf(improvement.data, 'measured_period', zone),
  ]
  return {
    asOf,
    kpi,
    measured: measure(after, asOf, result.series, result.records),
    baseline: await baselineOf(source, clocks, improvement, (at, series) =>
      measure(before, at, series, result.records),
    ),
  }
}

/**
 * The baseline from the data of the commit that it names, else of the one that recorded it; where that commit holds no
 * data of the period, and was not named, from the data of today.
 */
async function baselineOf(
  { git, asOf, result }: ProofSource,
  clocks: Clocks | undefined,
  improvement: RecordDoc,
  measure: (at: Instant, series: ReadonlyMap<string, Series>) => Measured,
): Promise<Measured> {
  const named = valueAt(improvement.data, ['baseline', 'commit'])
  if (typeof named === 'string') {
    const commits = clocks?.history.commits.filter(({ commit }) => commit.startsWith(named)) ?? []
    const [commit] = commits
    if (!commit || commits.length > 1) return { gap: `the mainline has no commit ${named}` }
    return measure(commit.at, await seriesAt(git, commit))
  }
  const recorded = clocks && recordingOf(clocks, improvement)
  if (recorded) {
    const then = measure(recorded.at, await seriesAt(git, recorded))
    if ('figure' in then && then.figure.n > 0) return then
  }
  return measure(asOf, result.series)
}

/** The commit that first said of an improvement what its baseline is. */
function recordingOf({ history }: Clocks, { type, id, data }: RecordDoc): MainlineCommit | undefined {
  return history.records
    .get(`${type}/${id}`)
    ?.revisions.find((revision) => revision.kind === 'written' && isSame(revision.data['baseline'], data['baseline']))
    ?.commit
}

async function seriesAt(git: GitDir, { commit }: MainlineCommit): Promise<ReadonlyMap<string, Series>> {
  return load(await readTree(git, commit, ['gitsm.yaml', 'schemas', 'records/measurement'])).series
}
