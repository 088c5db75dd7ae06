import { exit } from '../core/exit.ts'
import { ledgerJson, ledgerText } from '../render/ledger.ts'
import { ledgerMarkdown } from '../render/ledger-markdown.ts'
import { readLedger } from './ledger-reading.ts'
import { ledgerSource } from './ledger-source.ts'
import type { Outcome, World } from './world.ts'

/** Lists what the ledger saw: in JSON all of it, for people the newest entries. */
export async function showLedger(world: World, last: number): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  const source = await ledgerSource(git)
  const ledger = await readLedger(git, source)
  for (const note of source.notes) world.say(`note: ${note}`)
  const account = {
    commit: ledger?.commit ?? null,
    refs: ledger ? [ledger.ref] : [],
    notes: source.notes,
    entries: ledger?.entries ?? [],
  }
  const out =
    world.format === 'json'
      ? ledgerJson(account)
      : world.format === 'markdown'
        ? ledgerMarkdown(account, last)
        : ledgerText(account, last, world.colour)
  return { code: exit.pass, out }
}
