import { awaitedOf } from '../core/approval/awaited.ts'
import { unknownWriter } from '../core/approval/decide.ts'
import type { Judgement } from '../core/judgement.ts'
import { codeText, inlineText } from '../core/markdown.ts'
import { judgementMarkdown } from './judgement-markdown.ts'

/** What was judged: a head as merged with the tip of a base. */
export interface JudgedMerge {
  readonly base: string
  readonly baseCommit: string
  readonly head: string
  /** Other open pull requests that end in the same commit, and whether all of them pass. */
  readonly sharing?: readonly { readonly number: number; readonly passes: boolean }[]
}

/** A judgement as the comment that stands on its pull request: what was found, what happens next, what it rests on. */
export function gateComment(judgement: Judgement, merge: JudgedMerge): string {
  const next = nextSteps(judgement, merge).map((step) => `- ${step}`)
  return judgementMarkdown(judgement, [`### What happens next\n\n${next.join('\n')}`, footer(merge)])
}

function nextSteps({ gate }: Judgement, { sharing = [] }: JudgedMerge): readonly string[] {
  const others = sharing
    .filter(({ passes }) => !passes)
    .map(({ number }) => `#${number} ends in the same commit and does not pass: neither of the two does until both do.`)
  if (!gate || gate.verdict === 'fail') {
    return ['Put right what is found above, and push: this comment follows.', ...others]
  }
  const missing = gate.decisions.filter(({ met }) => !met)
  const unwritten = missing.some(({ parts }) => parts.some(({ because }) => because === unknownWriter))
    ? [
        'Whoever wrote the commit adds its address to their account (*Settings → Emails*), or makes the commit anew under an address of their account and pushes it: until then no approval counts.',
      ]
    : []
  const asked = awaitedOf(missing).map(({ approvals, teams, people }) => {
    const who = people.slice(0, 8).map(inlineText).join(', ')
    const more = people.length > 8 ? ` and ${people.length - 8} others` : ''
    const needed = approvals === 1 ? 'One' : String(approvals)
    return `${needed} of ${who}${more} (${inlineText(teams.join(' or '))}): look at the files, then approve with **Review changes**.`
  })
  const holds =
    'An approval holds for what was seen: a later edit of it voids the approval, an update from the base does not.'
  if (gate.verdict === 'pending')
    return [...unwritten, ...asked, holds, 'Whoever of them asks for changes stops it.', ...others]
  const late = missing.some(({ until }) => until !== undefined)
  return [
    ...others,
    ...(others.length > 0 ? [] : ['It can be merged as soon as the other required checks have passed.']),
    ...(late
      ? ['The approval that is still missing can follow after the merge; overdue, the change counts as unauthorised.']
      : []),
    ...(late ? asked : []),
    'What was decided, and by whom, is then kept as evidence on the branch `gitsm-ledger`.',
  ]
}

function footer({ base, baseCommit, head }: JudgedMerge): string {
  const [merged, onto] = [head, baseCommit].map((commit) => codeText(commit.slice(0, 10)))
  return `<sub>Judged: ${merged} as merged with ${codeText(base)} at ${onto}, by the rules there.</sub>`
}
