import { ledgerRefs } from '../adapters/git/ledger-branch.ts'
import { exit } from '../core/exit.ts'
import { ledgerJson, ledgerText } from '../render/ledger.ts'
import { readLedger } from './ledger-reading.ts'
import type { Outcome, World } from './world.ts'

/** Lists what the ledger saw: in JSON all of it, for people the newest entries. */
export async function showLedger(world: World, last: number): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  const refs = await ledgerRefs(git)
  const ledger = await readLedger(git, refs)
  const account = {
    commit: ledger?.commit ?? null,
    refs: refs.map(({ ref }) => ref),
    entries: ledger?.entries ?? [],
  }
  const out = world.format === 'json' ? ledgerJson(account) : ledgerText(account, last, world.colour)
  return { code: exit.pass, out }
}
