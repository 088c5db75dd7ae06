import { checkRuns } from '../adapters/github/check-run.ts'
import type { PullRequestSummary } from '../adapters/github/pull-request.ts'
import { type ExitCode, exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { type GateRow, gateGithub, gateJson, gateMarkdown, gateText } from '../render/gate-sweep.ts'
import { faultOf } from './fault-of.ts'
import { gateHead, type Head } from './gate-head.ts'
import { gateQueue } from './gate-queue.ts'
import { lookAgain } from './gate-state.ts'
import { gitHubOf } from './github-connection.ts'
import { gateCheck } from './judge-pull.ts'
import { type OpenPulls, withOpenPulls } from './open-pulls.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm gate` is asked. */
export interface GateOptions {
  /** Numbers of pull requests; all that are open where empty. */
  readonly pulls: readonly number[]
  /** A commit of the merge queue; all of them where neither this nor a number is given. */
  readonly mergeGroup?: string
  /** What makes the command fail: a pull request that does not pass, or only one that could not be decided. */
  readonly failOn: 'findings' | 'undecided'
}

/** How often a pull request is judged anew because it moved on meanwhile. */
const rounds = 3

/**
 * The gate for open pull requests into the default branch: judges each whose check is missing, stale or green, and
 * writes what was found. What goes wrong with one of them is told, and keeps none of the others from being judged.
 */
export async function gate(world: World, options: GateOptions, connect: typeof gitHubOf = gitHubOf): Promise<Outcome> {
  return withOpenPulls(world, await connect(world), undefined, async (open) => {
    const rows: GateRow[] = []
    const asked = options.mergeGroup === undefined ? askedPulls(open, options.pulls) : []
    let wanted: readonly PullRequestSummary[] = asked
    for (let round = 1; wanted.length > 0; round++) {
      const moved: PullRequestSummary[] = []
      for (const head of await headsOf(open, wanted, rows)) {
        const outcome = await tryHead(world, open, head, options.pulls.length > 0)
        if (outcome.moved === undefined) rows.push(...outcome.rows)
        else moved.push(...outcome.moved.filter((pull) => pull.open && pull.base === open.base.name))
      }
      wanted = round < rounds ? moved : []
      if (round === rounds) rows.push(...moved.map(restless))
    }
    if (options.pulls.length === 0) rows.push(...(await gateQueue(world, open, options.mergeGroup)))
    const told = rows.toSorted((a, b) => (a.pulls[0] ?? 0) - (b.pulls[0] ?? 0))
    return { code: codeOfAll(told, options.failOn), out: rendered(world, told), verdict: worstOf(told) }
  })
}

/** The pull requests that were asked about, and those that share a head with one of them. */
function askedPulls({ pulls, base }: OpenPulls, numbers: readonly number[]): readonly PullRequestSummary[] {
  if (numbers.length === 0) return pulls
  const missing = numbers.find((number) => !pulls.some((pull) => pull.number === number))
  if (missing !== undefined) {
    throw new Fault(`There is no open pull request ${missing} into ${base.name}`, {
      cure: `The gate judges what is to be merged into ${base.name}; gitsm check --pr ${missing} judges any other`,
    })
  }
  const heads = new Set(pulls.filter(({ number }) => numbers.includes(number)).map(({ head }) => head))
  return pulls.filter(({ head }) => heads.has(head))
}

/** The heads of some pull requests; those that no check stands on come first. */
async function headsOf(
  { github }: OpenPulls,
  pulls: readonly PullRequestSummary[],
  rows: GateRow[],
): Promise<readonly Head[]> {
  const heads: Head[] = []
  for (const sha of new Set(pulls.map(({ head }) => head))) {
    const ending = pulls.filter(({ head }) => head === sha)
    try {
      heads.push({ sha, pulls: ending, checks: await checkRuns(github, sha, gateCheck) })
    } catch (error) {
      rows.push(...ending.map((pull) => undecidedRow(pull, faultOf(error))))
    }
  }
  return heads.toSorted((a, b) => Number(a.checks.length > 0) - Number(b.checks.length > 0))
}

async function tryHead(world: World, open: OpenPulls, head: Head, anew: boolean): ReturnType<typeof gateHead> {
  try {
    if (anew) return await gateHead(world, open, head)
    const { isCurrent, reviews } = await lookAgain(world, open, head)
    if (isCurrent) return { rows: head.pulls.map((pull) => currentRow(pull, head)) }
    return await gateHead(world, open, { ...head, reviews })
  } catch (error) {
    const fault = faultOf(error)
    return { rows: head.pulls.map((pull) => undecidedRow(pull, fault)) }
  }
}

function currentRow({ number, head }: PullRequestSummary, { checks }: Head): GateRow {
  const about = { pulls: [number], head, isQueued: false, notes: [] }
  const verdict = checks[0]?.conclusion === 'failure' ? 'fail' : 'pending'
  return { ...about, outcome: 'current', verdict, said: checks[0]?.title ?? '', code: exit.findings }
}

function undecidedRow({ number, head }: PullRequestSummary, fault: Fault): GateRow {
  const about = { pulls: [number], head, isQueued: false, notes: [] }
  return { ...about, outcome: 'undecided', said: fault.message, code: fault.code, fault }
}

function restless(pull: PullRequestSummary): GateRow {
  const message = `It moved on ${rounds} times while it was judged`
  return undecidedRow(pull, new Fault(message, { cure: 'Run the command again', code: exit.outside }))
}

function codeOfAll(rows: readonly GateRow[], failOn: GateOptions['failOn']): ExitCode {
  const codes = rows.flatMap(({ outcome, code }) => (failOn === 'findings' || outcome === 'undecided' ? [code] : []))
  return codes.toSorted((a, b) => b - a)[0] ?? exit.pass
}

/** The verdict that a workflow is handed on: the worst. */
function worstOf(rows: readonly GateRow[]): string {
  if (rows.some(({ verdict }) => verdict === 'fail')) return 'fail'
  return rows.every(({ verdict }) => verdict === 'pass') ? 'pass' : 'pending'
}

function rendered({ format, colour }: World, rows: readonly GateRow[]): string {
  if (format === 'json') return gateJson(rows)
  if (format === 'markdown') return gateMarkdown(rows)
  return format === 'github' ? gateGithub(rows) : gateText(rows, colour)
}
