import { clockTolerance } from '../commit-dates.ts'
import { humanInstant, type Instant, type Seconds } from '../instant.ts'
import type { LedgerFinding } from '../ledger/finding.ts'
import type { JudgedFinding } from '../ledger/judgement.ts'
import { type ChainedJudgement, findingKey, keptFindings } from '../ledger/judgement-chain.ts'
import { judgedSubject, judgementsStopped } from '../ledger/next-judgement.ts'
import type { HistoryFinding } from './history-finding.ts'

/** An approval of which the ledger knows nothing, with the instant from which on every judgement had to say so. */
export interface MissingApproval {
  readonly commit: string
  /** `<type>/<id>`, or a path. */
  readonly subject: string
  /** `null` where it could not follow the commit. */
  readonly since: Instant | null
}

/** What is known now, for judgements to be held against. */
export interface JudgedNow {
  /** Where each commit stands on the mainline that is judged. */
  readonly positions: ReadonlyMap<string, number>
  /** Whether that reaches as far as the ledger does, and was never rewritten. */
  readonly whole: boolean
  /** The last position that was not judged now. */
  readonly after: number
  readonly findings: readonly HistoryFinding[]
  /** Findings that do not count because another tool kept the record then: who judged earlier may not have known that. */
  readonly waived: readonly HistoryFinding[]
  readonly missing: readonly MissingApproval[]
  /** Ids of the rules whose answer depends on when commits were recorded, which may become known later. */
  readonly timed: readonly string[]
  readonly engine: string
  /** When it is asked. */
  readonly at: Instant
}

/** Rules whose answer depends on what the ledger learnt later, or on the clock. */
const changeable: readonly string[] = ['approval-given', 'commit-date-ahead', 'commit-date-behind', 'bootstrap']

/** So many commits that follow settle when a commit counts as made. */
const settling = 5

/**
 * A finding for each judgement in the ledger that left something out which it must have found, told of something that is
 * not so, settled what stands, bears a time that it cannot have been made at, or judged what is not on the mainline. Of
 * what may have looked otherwise then (an approval that could still follow, a date that nothing contradicted yet) it is not
 * held to anything. Another version of GitSM may have found more or less, but not that what it knew of is no more.
 */
export function falseJudgements(judgements: readonly ChainedJudgement[], now: JudgedNow): readonly LedgerFinding[] {
  const ledger = keptFindings([])
  const expected = expectations(now)
  const known = new Set([...now.findings, ...now.waived].map(keyOf))
  let latest = Number.NEGATIVE_INFINITY
  return judgements.flatMap((judgement) => {
    const gone = new Set(
      judgement.settled.flatMap((number) => {
        const finding = ledger.all.get(number)
        return finding ? [findingKey(finding)] : []
      }),
    )
    ledger.take(judgement)
    const { tip, at, engine, untold, found } = judgement
    const dates = datesAmiss(at, latest, now.at)
    if (at <= now.at + clockTolerance) latest = Math.max(latest, at)
    const position = now.positions.get(tip)
    if (position === undefined) {
      const elsewhere = now.whole ? [`judges ${tip.slice(0, 10)}, which is not on the mainline`] : []
      return falseJudgement(judgement, [...dates, ...elsewhere])
    }
    const away = expected.filter((each) => each.position <= position && !ledger.standing.has(each.key))
    const isOther = engine !== now.engine
    const left = isOther ? [] : away.filter((each) => each.isDue(judgement, position))
    const settled = isOther ? away.filter(({ key, isLasting }) => isLasting && gone.has(key)) : []
    return falseJudgement(judgement, [
      ...dates,
      ...(left.length > untold ? left.map(({ told }) => `leaves out ${told}`) : []),
      ...(settled.length > untold ? settled.map(({ told }) => `settles ${told}, which stands`) : []),
      ...(isOther ? [] : found.flatMap((each) => invention(each, now, known) ?? [])),
    ])
  })
}

/** What cannot be right about the time of a judgement; clocks of honest machines differ by less. */
function datesAmiss(at: Instant, latest: Instant, now: Instant): readonly string[] {
  if (at > now + clockTolerance) return ['is dated later than now']
  return at < latest - clockTolerance ? ['is dated before those that it follows'] : []
}

/** A finding of now, and which judgements had to tell of it. */
interface Expectation {
  readonly key: string
  readonly position: number
  readonly told: string
  /** Whether neither the clock nor what the ledger learns later changes it. */
  readonly isLasting: boolean
  isDue(judgement: Pick<ChainedJudgement, 'at'>, tip: number): boolean
}

/** What judgements had to tell of: once for each rule, commit and record, as they do, however often it was found there. */
function expectations({ findings, missing, timed, after }: JudgedNow): readonly Expectation[] {
  const since = new Map(missing.map((each) => [`${each.commit} ${each.subject}`, each.since]))
  const kinds = new Map(findings.map((finding) => [keyOf(finding), finding]))
  return [...kinds].flatMap(([key, finding]): readonly Expectation[] => {
    const { rule, commit } = finding
    const subject = judgedSubject(finding)
    const due = since.get(`${commit.commit} ${subject}`)
    if (commit.position <= after || (changeable.includes(rule) && (rule !== 'approval-given' || due === undefined)))
      return []
    const isTimed = timed.includes(rule)
    return [
      {
        key,
        position: commit.position,
        told: namedIn(rule, subject, commit.commit),
        isLasting: !isTimed && !changeable.includes(rule),
        isDue: ({ at }, tip) =>
          rule === 'approval-given'
            ? due === null || (due !== undefined && at > due + clockTolerance)
            : !isTimed || (tip - commit.position >= settling && (commit.provenance !== 'attested' || commit.at <= at)),
      },
    ]
  })
}

/** What a judgement tells that nothing bears out now, nor could have then; `undefined` where it may be so. */
function invention(
  { rule, commit, subject }: JudgedFinding,
  { positions, after, timed }: JudgedNow,
  known: ReadonlySet<string>,
): string | undefined {
  if (commit === null || changeable.includes(rule) || timed.includes(rule)) return undefined
  const position = positions.get(commit)
  if (position === undefined || position <= after || known.has(findingKey({ rule, commit, subject }))) return undefined
  return `tells of ${namedIn(rule, subject, commit)}, which is not so`
}

function keyOf(finding: HistoryFinding): string {
  return findingKey({ rule: finding.rule, commit: finding.commit.commit, subject: judgedSubject(finding) })
}

function namedIn(rule: string, subject: string, commit: string): string {
  return `${rule}${subject === '' ? '' : ` of ${subject}`} in ${commit.slice(0, 10)}`
}

function falseJudgement({ sequence, at, path }: ChainedJudgement, doubts: readonly string[]): readonly LedgerFinding[] {
  if (doubts.length === 0) return []
  const more = doubts.length > 1 ? `, and ${doubts.length - 1} more like it` : ''
  return [
    {
      rule: 'judgement-holds',
      path,
      message: `Judgement ${sequence} of ${humanInstant(at)} UTC does not hold: it ${doubts[0]}${more}`,
      hint: `Trust the judgements that came after it; git log gitsm-ledger -- ${path} shows who wrote it`,
    },
  ]
}

/** How long judgements may lag behind the entries of the ledger: runs are late, and the sweep comes every six hours. */
const patience: Seconds = 86_400

/** The finding that judgements stopped while the mainline went on; none where they never began, or keep pace. */
export function stoppedJudgements(
  judgements: readonly Pick<ChainedJudgement, 'tip' | 'sequence'>[],
  entries: readonly { readonly tip: string; readonly at: Instant; readonly sequence: number }[],
  positions: ReadonlyMap<string, number>,
  now: Instant,
): readonly LedgerFinding[] {
  const last = judgements.at(-1)
  const until = Math.max(-1, ...judgements.map(({ tip }) => positions.get(tip) ?? -1))
  const waiting = entries.find(({ tip, at }) => (positions.get(tip) ?? -1) > until && at < now - patience)
  if (!last || !waiting) return []
  return [
    {
      rule: judgementsStopped,
      commit: waiting.tip,
      message: `Nobody has judged the mainline since judgement ${last.sequence}, though it went on to ${waiting.tip.slice(0, 10)} (entry ${waiting.sequence}, ${humanInstant(waiting.at)} UTC)`,
      hint: 'Let gitsm verify --push origin run, and look why the workflow gitsm-record does not do it any more',
    },
  ]
}
