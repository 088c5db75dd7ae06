import { compare } from '../../src/core/diagnostic.ts'
import type { Explanation } from '../../src/core/explain.ts'
import { indexRecords } from '../../src/core/facts.ts'
import type { MainlineCommit } from '../../src/core/history.ts'
import { type Instant, parseInstant } from '../../src/core/instant.ts'
import { parsePeriod } from '../../src/core/period.ts'
import type { Reading, ReadingStatus } from '../../src/core/reading.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import type {
  HistoryGap,
  ImprovingFacts,
  IncidentFacts,
  LifeFacts,
  RecordFacts,
  ReportFacts,
} from '../../src/core/report.ts'
import type { Moment } from '../../src/core/timeline.ts'
import { pageNamesOf } from '../../src/reports/index.ts'
import { shipped } from '../support/shipped.ts'

/** Reads an instant of a test; a mistake in the test is thrown at once. */
export function at(text: string): Instant {
  const instant = parseInstant(text.length === 16 ? `${text}:00Z` : text)
  if (instant === undefined) throw new Error(`${text} is no instant`)
  return instant
}

/** One step of an incident: when it was recorded, its state, and fields that change with it. */
export interface Step {
  readonly at: string
  readonly state: string
  readonly hold?: string
  readonly declared?: string
  readonly set?: Data
}

/** An incident told by its steps; `opened_at` is the first one unless `fields` says otherwise. */
export function incident(
  id: string,
  fields: Data,
  steps: readonly Step[],
  readings: readonly Reading[] = [],
): IncidentFacts {
  const opened = steps[0]?.at ?? ''
  let data: Data = {
    id,
    title: `Incident ${id}`,
    priority: 'P3',
    service: 'webshop',
    opened_at: `${opened}:00Z`,
    ...fields,
  }
  const moments: Moment[] = steps.map((step, index) => {
    data = { ...data, ...step.set, state: step.state }
    const commit: MainlineCommit = {
      commit: String(index).padStart(40, 'a'),
      position: index,
      at: at(step.at),
      provenance: 'claimed',
      by: 'Ada',
    }
    return {
      commit,
      recorded: at(step.at),
      ...(step.declared === undefined ? {} : { declared: at(step.declared) }),
      state: step.state,
      ...(step.hold === undefined ? {} : { holdReason: step.hold }),
      data,
    }
  })
  return { type: 'incident', id, file: `records/incident/2026/${id}.yaml`, data, moments, readings }
}

/** Any other record that has states, told by its steps. */
export function life(type: string, id: string, fields: Data, steps: readonly Step[]): LifeFacts {
  const { data, moments } = incident(id, fields, steps)
  return { type, id, file: `records/${type}/2026/${id}.yaml`, data, moments }
}

/** A reading of the SLA `webshop-gold`, in hours. */
export function reading(
  record: string,
  fields: Partial<Omit<Reading, 'start' | 'stop'>> & {
    readonly start: string
    readonly stop?: string
    readonly used: number
    readonly of: number
  },
): Reading {
  const { start, stop, used, of, ...rest } = fields
  const status: ReadingStatus = used > of ? 'breached' : stop === undefined ? 'running' : 'met'
  return {
    record,
    sla: 'webshop-gold',
    kind: 'sla',
    target: 'resolution',
    cycle: 1,
    priority: 'P3',
    status,
    start: at(start),
    stop: stop === undefined ? null : at(stop),
    due: at(start) + of * 3600,
    elapsed: used * 3600,
    wall: used * 3600,
    paused: 0,
    allowed: of * 3600,
    atRisk: stop === undefined && used <= of && used * 100 >= of * 75,
    provenance: 'claimed',
    doubtful: false,
    gaps: [],
    retrospective: false,
    breaches: used > of ? [at(start) + of * 3600] : [],
    dueEffective: at(start) + of * 3600,
    atRiskAt: at(start) + of * 2700,
    targetHistory: [{ from: at(start), priority: 'P3', allowed: of * 3600, elapsed: 0, exceeded: false }],
    breachedOnReprioritise: false,
    cancelledLate: false,
    skew: null,
    ...rest,
  }
}

/** A record of configuration. */
export function record(type: string, id: string, data: Data): RecordDoc {
  return { type, id, file: `records/${type}/${id}.yaml`, data: { id, ...data } }
}

/** Facts about a period of an organisation; `text` stands in every field that is free text. */
export function facts(given: {
  readonly period: string
  readonly asOf?: string
  readonly since?: string
  readonly zone?: string
  readonly incidents: readonly IncidentFacts[]
  readonly clocked?: readonly RecordFacts[]
  readonly slas?: readonly RecordDoc[]
  readonly services?: readonly RecordDoc[]
  readonly teams?: readonly RecordDoc[]
  readonly gaps?: readonly HistoryGap[]
  readonly organisation?: string
  readonly improving?: Partial<ImprovingFacts>
  readonly findings?: ReportFacts['findings']
  readonly governed?: ReportFacts['governed']
  readonly decisions?: ReportFacts['decisions']
  readonly judged?: ReportFacts['judged']
  /** Records with states besides incidents, those with clocks and improvements. */
  readonly lives?: readonly LifeFacts[]
  /** Records of the tree besides those that are given otherwise. */
  readonly tree?: readonly RecordDoc[]
  readonly accounts?: readonly Explanation[]
}): ReportFacts {
  const zone = given.zone ?? 'UTC'
  const period = parsePeriod(given.period, zone)
  if (!period) throw new Error(`${given.period} is no period`)
  const services = given.services ?? [record('service', 'webshop', { title: 'Web shop', state: 'operational' })]
  const teams = given.teams ?? [record('team', 'operations', { title: 'Operations' })]
  const slas = given.slas ?? [
    record('sla', 'webshop-gold', { title: 'Gold support', customer: 'retail', objective: 95, state: 'active' }),
  ]
  const { kpis = [], measurements = [], commentary = [], improvements = [] } = given.improving ?? {}
  const lives = [
    ...[...given.incidents, ...(given.clocked ?? [])].map(({ readings: _, ...life }) => life),
    ...improvements.map((improvement) => ({ type: 'improvement', ...improvement })),
    ...(given.lives ?? []),
  ].toSorted((a, b) => compare(a.type, b.type) || compare(a.id, b.id))
  const tree = [...services, ...teams, ...slas, ...kpis, ...measurements, ...commentary, ...(given.tree ?? [])]
  return {
    config: {
      organisation: given.organisation ?? 'Web shop',
      timezone: zone,
      calendar: 'always',
      categories: [],
      shard: 'month',
      reports: { path: 'reports' },
      imports: [],
    },
    commit: 'c0ffee'.padEnd(40, '0'),
    asOf: given.asOf === undefined ? period.until : at(given.asOf),
    period,
    since: given.since === undefined ? at('2020-01-01T00:00') : at(given.since),
    commits: 42,
    incidents: given.incidents,
    clocked: given.clocked ?? [],
    lives,
    tree: indexRecords([...lives.map(({ type, id, file, data }) => ({ type, id, file, data })), ...tree]),
    rulebook: shipped.rulebook,
    ...{ services, teams, slas },
    improving: {
      kpis: [],
      measurements: [],
      commentary: [],
      series: new Map(),
      calendars: new Map(),
      records: lives,
      changes: lives.filter(({ type }) => type === 'change'),
      improvements: [],
      ...given.improving,
    },
    accounts: given.accounts ?? [],
    gaps: given.gaps ?? [],
    findings: given.findings ?? [],
    governed: given.governed ?? [],
    decisions: given.decisions ?? [],
    judged: given.judged ?? null,
    published: [],
    pages: pageNamesOf({ reports: { path: 'reports' } }),
    evidence: { counts: { attested: 0, signed: 0, observed: 0, claimed: 0 }, findings: [], doubted: [], notes: [] },
  }
}
