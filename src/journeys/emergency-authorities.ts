import { authorisedStates } from '../core/deployment/authorised-state.ts'
import type { Authority } from '../core/deployment/authority.ts'
import { textAt } from '../core/record.ts'
import { changeAuthority } from './change-authority.ts'
import { decisionLedger } from './decision-ledger.ts'
import type { Tip } from './tip.ts'
import { sharingReader } from './tree-reader.ts'
import type { World } from './world.ts'

/**
 * Whether the emergency changes that are under way or in review were approved, by id; nothing where no history is at
 * hand.
 */
export async function emergencyAuthorities(
  world: World,
  { git, commit, snapshot }: Tip,
): Promise<ReadonlyMap<string, Authority>> {
  const lifecycle = snapshot.rulebook.types.get('change')?.lifecycle
  const states = lifecycle ? authorisedStates(lifecycle) : new Set<string>()
  const asked = snapshot.records
    .ofType('change')
    .filter(({ data }) => textAt(data, 'change_type') === 'emergency' && states.has(textAt(data, 'state') ?? ''))
  if (asked.length === 0) return new Map()
  const ledger = await decisionLedger(git, commit)
  const at = world.asOf ?? world.now
  const search = {
    git,
    tip: commit,
    reader: sharingReader(),
    ledger,
    trustMainline: false,
    acceptPending: true,
    at,
    now: world.now,
  }
  const told = new Map<string, Authority>()
  for (const change of asked) told.set(change.id, await changeAuthority(search, change))
  return told
}
