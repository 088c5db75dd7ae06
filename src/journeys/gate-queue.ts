import { checkRuns } from '../adapters/github/check-run.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Judgement } from '../core/judgement.ts'
import { inlineText } from '../core/markdown.ts'
import { annotationsOf } from '../render/annotations.ts'
import type { GateRow } from '../render/gate-sweep.ts'
import { headline } from '../render/headline.ts'
import { judgementOf } from './conclude.ts'
import { faultOf } from './fault-of.ts'
import { gateCheck, judgeFacts, readFacts } from './judge-pull.ts'
import { type OpenPulls, type QueuedCommit, queuedCommits } from './open-pulls.ts'
import { publishCheck } from './publish-gate.ts'
import { type Queued, type QueuedPull, queuedPulls } from './queued-pulls.ts'
import type { World } from './world.ts'

/** Judges the commits of the merge queue anew: what passed when it was queued must pass as it would be merged now. */
export async function gateQueue(world: World, open: OpenPulls, asked: string | undefined): Promise<readonly GateRow[]> {
  const queue = await queuedCommits(open)
  const wanted = asked === undefined ? queue : queue.filter(({ commit }) => commit === asked)
  if (asked !== undefined && wanted.length === 0) {
    throw new Fault(`The merge queue of ${open.base.name} has no commit ${asked.slice(0, 12)}`, {
      cure: 'Name a commit that a branch below gh-readonly-queue/ ends in; leave the option out to judge all of them',
    })
  }
  const rows: GateRow[] = []
  for (const queued of wanted) rows.push(await gateQueued(world, open, queued))
  return rows
}

async function gateQueued(world: World, open: OpenPulls, queued: QueuedCommit): Promise<GateRow> {
  let numbers: readonly number[] = []
  const about = { head: queued.commit, isQueued: true } as const
  try {
    const runs = await checkRuns(open.github, queued.commit, gateCheck)
    const made = await queuedPulls(open, queued)
    numbers = made.pulls.map(({ pull }) => pull.number)
    const externalId = `${numbers.join('+')}:${queued.commit}:${made.onto}`
    const [newest] = runs
    if (newest?.conclusion === 'failure' && newest.externalId === externalId) {
      return {
        ...about,
        pulls: numbers,
        outcome: 'current',
        verdict: 'fail',
        said: newest.title ?? '',
        code: exit.findings,
        notes: [],
      }
    }
    const told = made.isWhole ? await judgedQueue(world, open, made.pulls) : unknownContent(made)
    const { passes, title, summary, judgements } = told
    const wanted = {
      ...{ name: gateCheck, head: queued.commit, externalId, title, summary },
      conclusion: passes ? ('success' as const) : ('failure' as const),
      annotations: judgements.flatMap(annotationsOf),
    }
    const written = await publishCheck(open.github, wanted, runs)
    const [verdict, code] = passes ? (['pass', exit.pass] as const) : (['fail', exit.findings] as const)
    return { ...about, pulls: numbers, outcome: 'judged', verdict, said: title, code, ...written }
  } catch (error) {
    const fault = faultOf(error)
    return { ...about, pulls: numbers, outcome: 'undecided', said: fault.message, code: fault.code, fault, notes: [] }
  }
}

interface Told {
  readonly passes: boolean
  readonly title: string
  readonly summary: string
  readonly judgements: readonly Judgement[]
}

/** Each pull request of the queue is judged as it is merged onto those before it; all must pass. */
async function judgedQueue(world: World, open: OpenPulls, queued: readonly QueuedPull[]): Promise<Told> {
  const judged: { readonly number: number; readonly judgement: Judgement }[] = []
  for (const { pull, onto } of queued) {
    const facts = await readFacts(world, open, pull.number)
    if (facts.head !== pull.head || facts.base !== open.base.name) {
      throw new Fault(`Pull request ${pull.number} moved on while it was judged`, {
        cure: 'Run the command again',
        code: exit.outside,
      })
    }
    judged.push({ number: pull.number, judgement: judgementOf(await judgeFacts(world, open, facts, { into: onto })) })
  }
  const stopping = judged.filter(({ judgement }) => judgement.gate?.verdict !== 'pass')
  const lines = judged.map(({ number, judgement }) => `- #${number}: ${inlineText(headline(judgement))}`)
  const title =
    stopping.length === 0
      ? `All of ${judged.map(({ number }) => `#${number}`).join(', ')} may be merged`
      : `${stopping.map(({ number }) => `#${number}`).join(', ')} may not be merged`
  const judgements = judged.map(({ judgement }) => judgement)
  return { passes: stopping.length === 0, title, summary: lines.join('\n'), judgements }
}

/** What nobody proposed in an open pull request was approved by nobody. */
function unknownContent({ pulls }: Queued): Told {
  const known =
    pulls.length === 0 ? 'no open pull request' : `more than ${pulls.map(({ pull }) => `#${pull.number}`).join(', ')}`
  const title = `It holds ${known} as they are now`
  const summary = `${title}, so nobody can say what was approved. Take it out of the queue and add it again.`
  return { passes: false, title, summary, judgements: [] }
}
