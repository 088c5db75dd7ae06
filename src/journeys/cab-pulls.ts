import type { ProposedChange } from '../core/cab/item.ts'
import type { Remark } from '../core/cab/minutes.ts'
import type { Period } from '../core/period.ts'
import type { Tentative } from '../core/tentative.ts'
import type { CabOptions } from './cab.ts'
import type { Tip } from './tip.ts'
import type { World } from './world.ts'

/** What a board wants to know of pull requests. */
export interface CabPulls {
  /** What the open ones propose. */
  readonly tentative: readonly Tentative[]
  /** The changes among it, by id. */
  readonly proposed: ReadonlyMap<string, ProposedChange>
  /** What reviewers said in the week. */
  readonly remarks: readonly Remark[]
  /** Why nothing is known of them; `null` where it is. */
  readonly without: string | null
}

export async function cabPulls(_world: World, _tip: Tip, _week: Period, _options: CabOptions): Promise<CabPulls> {
  return { tentative: [], proposed: new Map(), remarks: [], without: 'no token for GitHub is set (GITHUB_TOKEN)' }
}
