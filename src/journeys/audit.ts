import { digestOf } from '../adapters/git/ledger-branch.ts'
import { resolveCommit } from '../adapters/git/revision.ts'
import { readTree } from '../adapters/git/tree.ts'
import { type Audit, type AuditedPopulation, isClean } from '../core/audit/audit.ts'
import { type PopulationMember, populationKinds, populationOf } from '../core/audit/population.ts'
import { sampleOf, sampleSeed } from '../core/audit/sample.ts'
import {
  type AuditedDecision,
  auditedSteps,
  dutiesOf,
  lastWritten,
  type SampledRecord,
} from '../core/audit/sampled-record.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { MainlineCommit } from '../core/history.ts'
import { formatInstant, type Instant } from '../core/instant.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import { decisionSubject } from '../core/ledger/decision-file.ts'
import { type Data, textAt } from '../core/record.ts'
import { readings } from '../core/sla-reading.ts'
import type { TimeSpan } from '../core/time-span.ts'
import { auditJson, auditText } from '../render/audit.ts'
import { auditMarkdown } from '../render/audit-markdown.ts'
import { writeAuditPack } from './audit-pack.ts'
import { type Clocks, gatherClocks } from './clocks.ts'
import { periodArguments } from './period-arguments.ts'
import { plainReader } from './tree-reader.ts'
import { type VerifiedMainline, verifyMainline } from './verify-mainline.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm audit` is asked. */
export interface AuditOptions {
  /** A date in the zone of the reports, or an instant. */
  readonly from: string
  readonly to: string
  /** How many records of each population are looked at. */
  readonly sample: number
  /** What the sample is drawn by, which the auditor names and those who are audited could not know. */
  readonly seed?: string
  /** The folder that the pack is written to, instead of printing it. */
  readonly out?: string
}

/**
 * Gathers what an auditor asks about a period: how much there was, a sample, and of each record in it who did what
 * when, who approved it, and what `verify` finds. The same commit, ledger, period and as-of give the same pack.
 */
export async function audit(world: World, { from, to, sample, seed, out }: AuditOptions): Promise<Outcome> {
  if (seed !== undefined && !/^[\x21-\x7e]{1,200}$/.test(seed)) throw unfitSeed()
  const git = { dir: world.dir, env: world.env }
  const commit = await resolveCommit(git, 'HEAD')
  const { reader = plainReader } = world
  const { rulebook } = reader.registry(await readTree(git, commit, ['gitsm.yaml', 'schemas']))
  const { organisation, timezone } = rulebook.config
  const span = periodArguments(from, to, timezone)
  const clocks = await gatherClocks(world, commit)
  const asOf = world.asOf ?? Math.min(span.until, clocks.history.commits.at(-1)?.at ?? span.until)
  const verified = await verifyMainline({ ...world, asOf }, {})
  const about = {
    organisation,
    asked: { from, to, sample, ...(seed !== undefined && { seed }) },
    asOf,
    commit,
    engine: world.version,
  }
  const told = auditOf(about, span, clocks, verified)
  const code = isClean(told) ? exit.pass : exit.findings
  if (out !== undefined) return { code, out: await writeAuditPack(world, out, told) }
  const render = { json: auditJson, markdown: auditMarkdown }[world.format === 'json' ? 'json' : 'markdown']
  return { code, out: world.format === 'text' ? auditText(told, world.colour) : render(told) }
}

function unfitSeed(): Fault {
  return new Fault('A seed is 1 to 200 letters, digits and signs without spaces', {
    cure: 'Name one that those who are audited could not know before: --seed "$(openssl rand -hex 16)"',
  })
}

function auditOf(
  about: Pick<Audit, 'organisation' | 'asked' | 'asOf' | 'commit' | 'engine'>,
  span: TimeSpan,
  clocks: Clocks,
  { verification, decisions }: VerifiedMainline,
): Audit {
  const { history } = clocks
  const { evidence, commits } = history
  const isWithin = ({ at }: { readonly at: Instant }): boolean => at >= span.from && at < span.until
  const last = commits.findLast(({ at }) => at < span.until)?.commit
  const seed = sampleSeed(about.asked.seed ?? last ?? about.commit, formatInstant(span.from), formatInstant(span.until))
  const drawn = populationKinds.map((kind) => {
    const members = populationOf(kind, history.records.values(), span)
    const keys = sampleOf(
      members.map(({ key }) => key),
      about.asked.sample,
      seed,
      digestOf,
    )
    const sampled = keys.flatMap(({ key }) => members.find((member) => member.key === key) ?? [])
    return { kind, members, sampled }
  })
  const findings = verification.findings.filter(({ commit }) => isWithin(commit))
  const decided = auditedDecisions(decisions, verification, commits, history.records)
  const gathered = { clocks, findings, decided, asOf: about.asOf, until: span.until }
  const anchor = evidence.ledger?.entries.at(-1)
  return {
    ...about,
    ...span,
    seed,
    ...(last !== undefined && { last }),
    commits: countsOf(commits.filter(isWithin)),
    ...(evidence.believed && { ledger: evidence.believed }),
    ...(anchor && { anchor: { sequence: anchor.sequence, digest: anchor.digest } }),
    populations: drawn.map(({ kind, members, sampled }): AuditedPopulation => {
      const born = members.filter(({ isNew }) => isNew).length
      return { kind, members: members.map(({ key }) => key), born, sampled: sampled.map(({ key }) => key) }
    }),
    sample: drawn.flatMap(({ sampled }) => sampled.map((member) => sampledRecord(member, gathered))),
    decisions: decided.filter(({ decision, commit }) => isWithin(commit ?? decision)),
    findings,
    ledgerFindings: verification.ledger.findings,
    unvouched: verification.unvouched.filter(isWithin).map(({ commit }) => commit),
    awaited: verification.awaited
      .filter(({ commit }) => commits.some((each) => each.commit === commit.commit && isWithin(each)))
      .map(({ id, commit, until }) => ({ id, commit: commit.commit, until })),
  }
}

/** Every decision of the ledger with the commit that it let in last; those that a finding speaks of do not hold. */
function auditedDecisions(
  decisions: readonly LedgerDecision[],
  { ledger }: VerifiedMainline['verification'],
  commits: readonly MainlineCommit[],
  records: Clocks['history']['records'],
): readonly AuditedDecision[] {
  const doubted = new Set(ledger.findings.flatMap(({ rule, path }) => (rule === 'decision-holds' ? (path ?? []) : [])))
  const byId = new Map(commits.map((each) => [each.commit, each]))
  return decisions.map((decision) => {
    const commit = byId.get(decision.commits.at(-1) ?? '')
    const revisions = records.get(decision.subject)?.revisions ?? []
    const left = revisions.findLast(
      (each) => each.kind === 'written' && (!commit || each.commit.position <= commit.position),
    )
    const data: Data = left?.kind === 'written' ? left.data : {}
    return { decision, ...(commit && { commit }), holds: !doubted.has(decision.file), duties: dutiesOf(data, decision) }
  })
}

interface Gathered {
  readonly clocks: Clocks
  readonly findings: Audit['findings']
  readonly decided: readonly AuditedDecision[]
  readonly asOf: Instant
  readonly until: Instant
}

function sampledRecord(member: PopulationMember, { clocks, findings, decided, asOf, until }: Gathered): SampledRecord {
  const { key, history } = member
  const { type, id } = history
  const written = lastWritten(member, until)
  const clocked = clocks.records.find((each) => each.type === type && each.id === id)
  return {
    ...{ key, type, id },
    title: textAt(written?.data ?? {}, 'title') ?? '',
    state: textAt(written?.data ?? {}, 'state') ?? '',
    ...(written && { file: written.file, at: written.commit }),
    steps: auditedSteps(member),
    decisions: decided.filter(({ decision }) => decision.subject === decisionSubject(key)),
    readings: clocked ? readings(clocked, clocks.levels, asOf) : [],
    findings: findings.filter((finding) => finding.type === type && finding.id === id),
  }
}

function countsOf(commits: readonly MainlineCommit[]): Audit['commits'] {
  const counts = { attested: 0, signed: 0, observed: 0, claimed: 0 }
  for (const { provenance } of commits) counts[provenance] += 1
  return counts
}
