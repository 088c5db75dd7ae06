import type { CheckRunText } from '../adapters/github/check-run-content.ts'
import type { PullRequestSummary } from '../adapters/github/pull-request.ts'
import type { HeadVerdict, JudgedHead } from '../core/approval/shared-heads.ts'
import { exit } from '../core/exit.ts'
import type { Fault } from '../core/fault.ts'
import { keptStateText } from '../core/gate/kept-state.ts'
import type { Judgement } from '../core/judgement.ts'
import { inlineText } from '../core/markdown.ts'
import { annotationsOf } from '../render/annotations.ts'
import { headline } from '../render/headline.ts'
import { judgementMarkdown } from '../render/judgement-markdown.ts'
import { stateOf } from './gate-state.ts'
import { gateCheck, type JudgedPull } from './judge-pull.ts'
import type { OpenPulls } from './open-pulls.ts'
import type { World } from './world.ts'

/** A pull request that was judged, or why it could not be. */
export interface Tried {
  readonly pull: PullRequestSummary
  readonly judged?: JudgedPull
  readonly judgement?: Judgement
  readonly fault?: Fault
}

/** Where a pull request stands. What could not be decided passes nowhere, and fails where waiting would not help. */
export function verdictOf({ judgement, fault }: Tried): HeadVerdict {
  return judgement?.gate?.verdict ?? (fault && isLasting(fault) ? 'fail' : 'pending')
}

/**
 * Whether the same would come of it the next time: it is unsafe or too large, or the base itself cannot be judged by.
 */
function isLasting({ code }: Fault): boolean {
  return code === exit.refused || code === exit.usage
}

const conclusions = { pass: 'success', fail: 'failure', pending: undefined } as const

/** What the check run on a head says of all pull requests that end there. */
export function checkRunText(
  world: World,
  open: OpenPulls,
  tried: readonly Tried[],
  { head, verdict, because }: JudgedHead,
): CheckRunText {
  const numbers = tried.map(({ pull }) => pull.number).join('+')
  const [first] = tried
  const title = tried.length === 1 && first ? titleOf(first) : `Shared by ${tried.length} pull requests: ${because}`
  const lines = tried.map((each) => `- #${each.pull.number}: ${inlineText(titleOf(each))}${cureOf(each)}`)
  // What is green is judged anew each time, so nothing is kept with it.
  const kept = verdict === 'pass' ? [] : keptWith(world, open, tried)
  const pages = tried.flatMap(({ judgement }) => (judgement ? [judgementMarkdown(judgement)] : []))
  return {
    name: gateCheck,
    head,
    externalId: `${numbers}:${head}:${open.base.commit}`,
    conclusion: conclusions[verdict],
    title,
    summary: [lines.join('\n'), ...kept].join('\n\n'),
    ...(pages.length > 0 && { text: pages.join('\n\n---\n\n') }),
    annotations: tried.flatMap(({ judgement }) => (judgement ? annotationsOf(judgement) : [])),
  }
}

function titleOf({ judgement, fault }: Tried): string {
  if (judgement) return headline(judgement)
  if (fault && isLasting(fault)) return `Cannot be judged: ${fault.message}`
  return `Not decided yet: ${fault?.message ?? 'nothing was judged'}`
}

function cureOf({ fault }: Tried): string {
  return fault ? `. ${inlineText(fault.cure)}` : ''
}

/** What the decision rests on, where there is one about each of them. */
function keptWith(world: World, open: OpenPulls, tried: readonly Tried[]): readonly string[] {
  const read = tried.flatMap(({ judged }) => (judged ? [{ pull: judged.facts, reviews: judged.facts.reviews }] : []))
  if (read.length < tried.length) return []
  const decisions = tried.flatMap(({ judgement }) => judgement?.gate?.decisions ?? [])
  const expires = decisions.flatMap((each) => each.expires ?? [])
  return [keptStateText(stateOf(world, open, read, expires))]
}
