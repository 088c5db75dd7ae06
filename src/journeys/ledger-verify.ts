import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import { exit } from '../core/exit.ts'
import type { LedgerFinding } from '../core/ledger/finding.ts'
import { type LedgerVerification, ledgerVerificationJson, ledgerVerificationText } from '../render/ledger.ts'
import { ledgerVerificationMarkdown } from '../render/ledger-markdown.ts'
import { gatherHistory } from './history.ts'
import { auditLedger, restoreLedger } from './ledger-findings.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm ledger verify` is asked. */
export interface LedgerVerifyOptions {
  /** The digest of an entry that somebody noted elsewhere, which the ledger must still hold. */
  readonly contains?: string
}

/**
 * Verifies the ledger: that its chain holds, that its branch was only ever added to, that this clone's
 * own branch agrees with the one that is believed, that the evidence of decisions can be read, and that the mainline up
 * to HEAD goes on from every tip it saw.
 */
export async function verifyLedger(world: World, { contains }: LedgerVerifyOptions): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  await refuseShallow(git)
  const { evidence } = await gatherHistory(git, await resolveCommit(git, 'HEAD'))
  const { ledger } = evidence
  for (const note of evidence.notes) world.say(`note: ${note}`)
  const { decisions, findings: found } = await auditLedger(git, evidence)
  const findings = [...found, ...missingAnchor(contains, ledger?.entries ?? [])]
  const verification: LedgerVerification = {
    commit: ledger?.commit ?? null,
    refs: ledger ? [ledger.ref] : [],
    notes: evidence.notes,
    entries: ledger?.entries ?? [],
    decisions: decisions.length,
    findings,
  }
  return {
    code: findings.length === 0 ? exit.pass : exit.findings,
    out:
      world.format === 'json'
        ? ledgerVerificationJson(verification)
        : world.format === 'markdown'
          ? ledgerVerificationMarkdown(verification)
          : ledgerVerificationText(verification, world.colour),
  }
}

function missingAnchor(
  contains: string | undefined,
  entries: readonly { readonly digest: string }[],
): readonly LedgerFinding[] {
  if (contains === undefined || entries.some(({ digest }) => digest === contains)) return []
  const message = `No entry that holds is ${contains}: the ledger was replaced, or cut off before it`
  return [{ rule: 'ledger-chain', message, hint: restoreLedger }]
}
