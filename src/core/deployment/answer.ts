import type { Instant } from '../instant.ts'
import type { BelievedLedger } from '../ledger/believed.ts'
import { textAt } from '../record.ts'
import type { Clearance } from './clearance.ts'
import type { DeploymentTarget } from './target.ts'

/** Whether a deployment may go ahead, by which changes, and as of what. */
export interface GateAnswer {
  readonly met: boolean
  readonly because: string
  readonly target: DeploymentTarget
  readonly at: Instant
  /** The mainline as it was read: the branch and the commit that it ends in. */
  readonly branch: string
  readonly commit: string
  readonly ledger?: BelievedLedger
  /** What keeps anything from passing, whatever the changes say. */
  readonly doubts: readonly string[]
  /** The changes that are about it: those that clear it first, then those that come nearest to it. */
  readonly changes: readonly Clearance[]
}

/** Decides from what is known of each change: one that clears it is enough, unless there is doubt about all of them. */
export function gateAnswer(asked: Omit<GateAnswer, 'met' | 'because'>): GateAnswer {
  const { target, doubts } = asked
  const changes = asked.changes.toSorted((a, b) => nearness(b) - nearness(a) || (a.until ?? 0) - (b.until ?? 0))
  const what = `${target.service} in ${target.environment}`
  const cleared = changes.filter(({ met }) => met)
  const [doubt] = doubts
  const answer = { ...asked, changes }
  if (doubt !== undefined) return { ...answer, met: false, because: `nothing can be cleared: ${doubt}` }
  if (cleared.length > 0) {
    const ids = cleared.map(({ change }) => change.id).join(', ')
    return {
      ...answer,
      met: true,
      because: `${ids} ${cleared.length === 1 ? 'clears' : 'clear'} a deployment of ${what}`,
    }
  }
  const [nearest] = changes
  if (!nearest) return { ...answer, met: false, because: `no open change is about ${what}` }
  const told = `${nearest.change.id} (${textAt(nearest.change.data, 'title') ?? ''}): ${nearest.because}`
  const because =
    changes.length === 1
      ? `${what} is not cleared by ${told}`
      : `none of ${changes.length} open changes about ${what} clears it; nearest comes ${told}`
  return { ...answer, met: false, because }
}

/** How far a change is from clearing: parts that hold, before the first that does not. */
function nearness({ met, parts }: Clearance): number {
  if (met) return Number.POSITIVE_INFINITY
  return parts.findIndex((part) => !part.met)
}
