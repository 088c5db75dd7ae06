import { ledgerRefs } from '../adapters/git/ledger-branch.ts'
import { ledgerTampers } from '../adapters/git/ledger-history.ts'
import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import { exit } from '../core/exit.ts'
import type { LedgerFinding } from '../core/ledger/finding.ts'
import { type LedgerVerification, ledgerVerificationJson, ledgerVerificationText } from '../render/ledger.ts'
import { gatherHistory } from './history.ts'
import { readDecisions } from './ledger-reading.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm ledger verify` is asked. */
export interface LedgerVerifyOptions {
  /** The digest of an entry that somebody noted elsewhere, which the ledger must still hold. */
  readonly contains?: string
}

/**
 * Verifies the ledger: that its chain holds, that its branch was only ever added to, that the branches of this clone
 * agree, that the evidence of decisions can be read, and that the mainline up to HEAD goes on from every tip it saw.
 */
export async function verifyLedger(world: World, { contains }: LedgerVerifyOptions): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  await refuseShallow(git)
  const { evidence } = await gatherHistory(git, await resolveCommit(git, 'HEAD'))
  const { ledger } = evidence
  const { decisions, unreadable } = ledger ? await readDecisions(git, ledger) : { decisions: [], unreadable: [] }
  const tampers = ledger ? await ledgerTampers(git, ledger.commit) : []
  const findings: readonly LedgerFinding[] = [
    ...tampers.map(({ commit, message }) => ({ rule: 'ledger-append-only' as const, commit, message, hint: restore })),
    ...evidence.findings,
    ...unreadable.map(({ file, message }) => ({
      rule: 'decision-readable' as const,
      path: file,
      message,
      hint: restore,
    })),
    ...missingAnchor(contains, ledger?.entries ?? []),
  ]
  const verification: LedgerVerification = {
    commit: ledger?.commit ?? null,
    refs: (await ledgerRefs(git)).map(({ ref }) => ref),
    entries: ledger?.entries ?? [],
    decisions: decisions.length,
    findings,
  }
  return {
    code: findings.length === 0 ? exit.pass : exit.findings,
    out:
      world.format === 'json'
        ? ledgerVerificationJson(verification)
        : ledgerVerificationText(verification, world.colour),
  }
}

const restore = 'Compare with a clone that was made before, and restore the branch from it'

function missingAnchor(
  contains: string | undefined,
  entries: readonly { readonly digest: string }[],
): readonly LedgerFinding[] {
  if (contains === undefined || entries.some(({ digest }) => digest === contains)) return []
  const message = `No entry that holds is ${contains}: the ledger was replaced, or cut off before it`
  return [{ rule: 'ledger-chain', message, hint: restore }]
}
