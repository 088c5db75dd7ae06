import { digestOf } from '../adapters/git/ledger-branch.ts'
import { fetchLedger } from '../adapters/git/ledger-write.ts'
import { knownRemote } from '../adapters/git/remote-access.ts'
import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { PullRequestSummary } from '../adapters/github/pull-request.ts'
import { formatYaml } from '../adapters/yaml/format.ts'
import { exit } from '../core/exit.ts'
import type { Seconds } from '../core/instant.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import { decisionData, decisionKey, decisionPath } from '../core/ledger/decision-file.ts'
import { type Recorded, type RecordedDecision, recordedJson, recordedText } from '../render/record.ts'
import { type ContradictedDecision, contradictedOnGitHub, denialOf } from './contradicted.ts'
import { decidedOnClose, decidedOnMerge } from './decided.ts'
import type { NewDecision } from './decided-as.ts'
import { type AskedOnGitHub, endedOnGitHub, type FoundEnded } from './ended-on-github.ts'
import { type EndedPull, endedAsTold, type ToldPull } from './ended-pull.ts'
import { gitHubIfAny, gitHubOf } from './github-connection.ts'
import { type AppendOptions, entryAddition, entryOn, notBelieved, sightAsked } from './ledger-append.ts'
import { type Ledger, readDecisions, readFurthestLedger } from './ledger-reading.ts'
import { ledgerSource } from './ledger-source.ts'
import { addToLedger } from './ledger-writing.ts'
import { askForRatifications } from './ratification.ts'
import { sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm record` is asked: which pull requests have ended, beside what an entry of the ledger needs. */
export interface RecordOptions extends AppendOptions {
  /** A pull request that a file tells of. */
  readonly told?: ToldPull
  /** The pull requests that GitHub is asked about; without, all that ended lately. */
  readonly asked?: AskedOnGitHub
}

/** How far before the last entry a sweep looks back: for as long runs may have failed. */
const lookBack: Seconds = 7 * 86_400

/**
 * Writes into the ledger what was decided on pull requests that have ended, in one commit with the entry that says
 * which commit the mainline ends in. What the ledger knows already is not written again; when another run is faster,
 * what that wrote stands, and this is written after it.
 */
export async function record(world: World, options: RecordOptions): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  await refuseShallow(git)
  const seen = await sightAsked(git, options)
  const remote = options.push === undefined ? undefined : await knownRemote(git, options.push)
  if (remote !== undefined) await fetchLedger(git, remote)
  const { ended, notes, contradicted } = await endedPulls(world, options, { ...seen, remote })
  const known = believable(await decisionsHere(git), contradicted)
  const decided = withDenials(world, await decidedOn(world, ended, known), contradicted)
  const written = await addToLedger(world, git, remote, async (ledger) => {
    const made = await entryOn(world, git, ledger, seen, remote)
    const decisions = await asRecorded(git, ledger, decided, contradicted)
    const fresh = decisions.filter(({ isNew }) => isNew)
    const entry = made.isNew ? entryAddition(made.entry) : undefined
    const files = fresh.map(({ decision }) => ({ path: decision.file, text: formatYaml(decisionData(decision)) }))
    const addition = {
      files: [...(entry?.files ?? []), ...files],
      message: [...(entry ? [entry.message] : []), ...fresh.map(lineOf)].join('\n\n'),
      at: entry?.at ?? Math.max(world.now, made.entry.at),
    }
    return { told: { ...made, decisions }, ...(addition.files.length > 0 && { addition }) }
  })
  const ratifications = remote === undefined ? [] : await askForRatifications(world, { remote, branch: seen.branch })
  const { unread } = await notBelieved(git, remote)
  const remarks = [...notes, ...(unread === undefined ? [] : [unread])]
  return told(world, {
    ...written,
    contradicted,
    ratifications,
    notes: remarks,
    ...(remote !== undefined && { remote }),
  })
}

/**
 * The pull requests that have ended: the one that a file tells of, or those that GitHub knows of, where it may be
 * asked.
 */
async function endedPulls(
  world: World,
  { told: file, asked }: RecordOptions,
  {
    tip,
    branch,
    remote = 'origin',
  }: { readonly tip: string; readonly branch: string; readonly remote?: string | undefined },
): Promise<FoundEnded & { readonly contradicted: readonly ContradictedDecision[] }> {
  const git = { dir: world.dir, env: world.env }
  if (file) return { ended: [await endedAsTold(world, git, tip, file)], notes: [], contradicted: [] }
  const github = asked ? await gitHubOf(world) : await gitHubIfAny(world)
  if (!github)
    return {
      ended: [],
      contradicted: [],
      notes: ['No forge was asked about pull requests: set GITHUB_TOKEN, or tell of one with --pull'],
    }
  const ledger = await readFurthestLedger(git, await ledgerSource(git))
  const there = ledger ? (await readDecisions(git, ledger)).decisions : []
  const search = { ...{ git, github, remote, branch, tip }, reader: world.reader ?? sharingReader() }
  const contradicted = await contradictedOnGitHub(search, ledger, there, world.now - lookBack)
  const known = believable(there, contradicted)
  const isKnown = ({ number, head, mergedAt }: PullRequestSummary): boolean =>
    known.some(
      (each) =>
        each.pullRequest === number && each.head === head && (each.outcome === 'merged') === (mergedAt !== null),
    )
  const since = (ledger?.entries.at(-1)?.at ?? world.now) - lookBack
  // Who names one wants it looked at again.
  const wanted = asked && 'commit' in asked ? { commit: await resolveCommit(git, asked.commit) } : asked
  const found = await endedOnGitHub(world, { ...search, isKnown: asked ? () => false : isKnown }, wanted ?? { since })
  return { ...found, contradicted }
}

/** The decisions without those that GitHub contradicts: they are no reason to look no further. */
function believable(
  decisions: readonly LedgerDecision[],
  contradicted: readonly ContradictedDecision[],
): readonly LedgerDecision[] {
  const files = new Set(contradicted.map(({ decision }) => decision.file))
  return decisions.filter(({ file }) => !files.has(file))
}

/**
 * What was decided, and a denial of each decision that GitHub contradicts. Where the same was approved all the same, by
 * others than the ledger says, nothing is denied.
 */
function withDenials(
  { now, version }: Pick<World, 'now' | 'version'>,
  decided: readonly NewDecision[],
  contradicted: readonly ContradictedDecision[],
): readonly NewDecision[] {
  const keys = new Set(decided.map(decisionKey))
  const untrue = contradicted.filter(({ decision }) => !keys.has(decisionKey(decision)))
  return [...decided, ...untrue.map((each) => denialOf(each, { at: now, engine: version }))]
}

/** What was decided on each. */
async function decidedOn(
  world: World,
  ended: readonly EndedPull[],
  known: readonly LedgerDecision[],
): Promise<readonly NewDecision[]> {
  const deciding = { git: { dir: world.dir, env: world.env }, reader: world.reader ?? sharingReader() }
  const decided: NewDecision[] = []
  for (const { pull, at, landing } of ended) {
    const asked = { pull, at, engine: world.version, base: landing.base }
    const { commits } = landing
    decided.push(
      ...(commits
        ? await decidedOnMerge(deciding, { ...asked, commits }, [...known, ...decided.map(placed)])
        : await decidedOnClose(deciding, asked)),
    )
  }
  return decided
}

/**
 * Each with the file that it has, or gets: it is new where the ledger has neither that one nor one that was met and
 * that GitHub does not contradict.
 */
async function asRecorded(
  git: GitDir,
  ledger: Ledger | undefined,
  decided: readonly NewDecision[],
  contradicted: readonly ContradictedDecision[],
): Promise<readonly RecordedDecision[]> {
  const there = ledger && decided.length > 0 ? (await readDecisions(git, ledger)).decisions : []
  const files = new Set(there.map(({ file }) => file))
  const met = new Set(
    believable(there, contradicted)
      .filter(({ verdict }) => verdict.met)
      .map(decisionKey),
  )
  return decided.map((each) => {
    const decision = placed(each)
    return { decision, isNew: !files.has(decision.file) && !met.has(decisionKey(decision)) }
  })
}

function placed(decision: NewDecision): LedgerDecision {
  return { ...decision, file: decisionPath(decision, digestOf) }
}

/** The decisions of the ledger as it is here. */
async function decisionsHere(git: GitDir): Promise<readonly LedgerDecision[]> {
  const ledger = await readFurthestLedger(git, await ledgerSource(git))
  return ledger ? (await readDecisions(git, ledger)).decisions : []
}

function lineOf({ decision }: RecordedDecision): string {
  const { pullRequest, outcome, subject, verdict } = decision
  return `Pull request ${pullRequest}, ${outcome}: ${subject} ${verdict.met ? 'approved' : 'not approved'}`
}

function told(world: World, recorded: Recorded): Outcome {
  const { entry, isNew, decisions, contradicted, ratifications, notes } = recorded
  for (const note of notes) world.say(`note: ${note}`)
  const sound =
    !(isNew && entry.event === 'rewritten') &&
    !decisions.some(isUnauthorised) &&
    contradicted.length === 0 &&
    !ratifications.some(({ isOverdue }) => isOverdue)
  return {
    code: sound ? exit.pass : exit.findings,
    out: world.format === 'json' ? recordedJson(recorded) : recordedText(recorded, world.colour),
  }
}

/** Whether something reached the mainline that nobody had approved, and no approval may follow. */
function isUnauthorised({ decision }: RecordedDecision): boolean {
  return decision.outcome === 'merged' && !decision.verdict.met && decision.due === undefined
}
