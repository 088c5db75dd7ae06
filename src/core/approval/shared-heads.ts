/**
 * An open pull request that was judged, as far as others depend on it: a check run stands on a head, not on one of
 * them.
 */
export interface JudgedPull {
  readonly number: number
  readonly head: string
  /** Name of the branch that it is to be merged into. */
  readonly base: string
  readonly verdict: HeadVerdict
}

/** What a check run on a head may say; only `pass` is green. */
export type HeadVerdict = 'pass' | 'pending' | 'fail'

/** What may be said of a head, and of which pull requests that is. */
export interface JudgedHead {
  readonly head: string
  readonly verdict: HeadVerdict
  readonly because: string
  /** Numbers of those that bring the head to the mainline, lowest first. */
  readonly pulls: readonly number[]
}

/**
 * What may be said of each head. It is green only where every open pull request that brings it to the mainline passes:
 * one that was approved must not carry through another one that nobody looked at. A head that is to go elsewhere, as to
 * a branch from which it could be retargeted, is never green.
 */
export function judgedHeads(open: readonly JudgedPull[], mainline: string): readonly JudgedHead[] {
  const heads = [...new Set(open.map(({ head }) => head))]
  return heads.map((head) => headOf(head, open, mainline))
}

function headOf(head: string, open: readonly JudgedPull[], mainline: string): JudgedHead {
  const sharing = open.filter((pull) => pull.head === head).toSorted((a, b) => a.number - b.number)
  const landing = sharing.filter(({ base }) => base === mainline)
  const pulls = landing.map(({ number }) => number)
  if (landing.length === 0) {
    const bases = [...new Set(sharing.map(({ base }) => base))].join(' and ')
    return {
      head,
      verdict: 'pending',
      because: `it is to be merged into ${bases}, and only ${mainline} is judged`,
      pulls,
    }
  }
  const worst = order.find((verdict) => landing.some((pull) => pull.verdict === verdict)) ?? 'pass'
  if (worst === 'pass') return { head, verdict: worst, because: passText(pulls), pulls }
  const short = landing.filter(({ verdict }) => verdict === worst).map(({ number }) => `#${number}`)
  const others = landing.length === 1 ? '' : `, and ${pulls.map((each) => `#${each}`).join(', ')} share this head`
  return { head, verdict: worst, because: `${short.join(', ')} ${words[worst]}${others}`, pulls }
}

const order: readonly HeadVerdict[] = ['fail', 'pending']

const words = { fail: 'is refused', pending: 'waits for approvals' } as const

function passText(pulls: readonly number[]): string {
  const numbers = pulls.map((each) => `#${each}`).join(', ')
  return pulls.length === 1 ? `${numbers} passes` : `${numbers} share this head and all pass`
}
