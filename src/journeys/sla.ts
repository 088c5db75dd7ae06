import type { EvidenceAccount } from '../core/evidence-account.ts'
import { type ExitCode, exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { RecordName } from '../core/find-record.ts'
import type { Instant } from '../core/instant.ts'
import type { Reading } from '../core/reading.ts'
import type { SummedReading } from '../core/reading-summary.ts'
import { removedCalendars } from '../core/removed-calendar.ts'
import type { ServiceLevels } from '../core/service-levels.ts'
import { readings } from '../core/sla-reading.ts'
import { readingsJson, readingsMarkdown, readingsText } from '../render/readings.ts'
import { clockedRecords, gatherAgreed, gatherClocks, inOrder } from './clocks.ts'
import type { History } from './history.ts'
import { auditedEvidence } from './ledger-findings.ts'
import { namedInHistory } from './named-record.ts'
import { sayEvidence, sayWarnings } from './say-evidence.ts'
import { keepSettled, settledClocks } from './settled-clocks.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm sla` is asked: which records, as of when, and what makes it fail. */
export interface SlaOptions {
  readonly ids: readonly string[]
  readonly asOf?: Instant
  readonly failOn?: string
  /** List stopped and cancelled clocks too where no record is named. */
  readonly all?: boolean
}

/** The readings of every clock, or of those of some records. Without an as-of instant, as of the moment of the call. */
export async function sla(world: World, { ids, asOf = world.now, failOn, all = false }: SlaOptions): Promise<Outcome> {
  if (failOn !== undefined && failOn !== 'breached' && failOn !== 'at-risk') {
    throw new Fault(`--fail-on cannot be ${JSON.stringify(failOn)}`, { cure: 'Use breached or at-risk' })
  }
  const listed = { all: all || ids.length > 0, isJson: world.format === 'json' }
  const { tip, history, levels, found, besides } =
    ids.length > 0 ? await named(world, ids, asOf) : await every(world, asOf, listed)
  const evidence = failOn === undefined ? history.evidence : await auditedEvidence(world, history.evidence)
  sayEvidence(world, evidence)
  const judging = new Set(found.map((reading) => reading.sla))
  const warnings = removedCalendars(levels, asOf, (id) => ids.length === 0 || judging.has(id))
  sayWarnings(world, warnings)
  const told = { commit: tip, asOf, readings: found, evidence, warnings, isGate: failOn !== undefined }
  const out = listed.isJson
    ? readingsJson(told)
    : world.format === 'markdown'
      ? readingsMarkdown(told, listed.all, besides)
      : readingsText(told, world.colour, listed.all, besides)
  return { code: failing([...found, ...besides], evidence, failOn), out }
}

interface Found {
  readonly tip: string
  readonly history: History
  readonly levels: ServiceLevels
  readonly found: readonly Reading[]
  /** Those that stopped and are not listed. */
  readonly besides: readonly SummedReading[]
}

async function named(world: World, ids: readonly string[], asOf: Instant): Promise<Found> {
  const { tip, history, records, levels } = await gatherClocks(world)
  const asked = await Promise.all(ids.map((id) => namedInHistory(world, id, records)))
  return { tip, history, levels, found: asked.flatMap((record) => readings(record, levels, asOf)), besides: [] }
}

/** The readings of all records; where only open clocks are listed, an earlier run may know those that have stopped. */
async function every(
  world: World,
  asOf: Instant,
  { all, isJson }: { readonly all: boolean; readonly isJson: boolean },
): Promise<Found> {
  const agreed = await gatherAgreed(world)
  const { tip, history, levels } = agreed
  const { packed, commitOf } = history
  const settled = all || isJson ? new Map<number, readonly SummedReading[]>() : settledClocks(agreed, asOf)
  const fresh = new Map<number, readonly Reading[]>()
  const named: { readonly record: RecordName; readonly readings: readonly Reading[] }[] = []
  for (const number of packed.numbers()) {
    if (settled.has(number)) continue
    const [record] = clockedRecords([packed.historyOf(number, commitOf)])
    const own = record ? readings(record, levels, asOf) : []
    fresh.set(number, own)
    if (record) named.push({ record: { type: record.type, id: record.id }, readings: own })
  }
  keepSettled(agreed, asOf, settled, fresh)
  const found = named.toSorted((a, b) => inOrder(a.record, b.record)).flatMap(({ readings: own }) => own)
  return { tip, history, levels, found, besides: [...settled.values()].flat() }
}

/**
 * A gate passes only by times that can be relied on: where evidence is contradicted, readings may be better than the
 * truth.
 */
function failing(found: readonly SummedReading[], { findings }: EvidenceAccount, failOn: string | undefined): ExitCode {
  const late = found.some(({ status }) => status === 'breached')
  const close = failOn === 'at-risk' && found.some(({ atRisk }) => atRisk)
  return failOn !== undefined && (late || close || findings.length > 0) ? exit.findings : exit.pass
}
