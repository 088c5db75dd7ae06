import { hasCommit } from '../adapters/git/first-parent.ts'
import { digestOf, isAncestor } from '../adapters/git/ledger-branch.ts'
import { fetchLedger, type LedgerAddition } from '../adapters/git/ledger-write.ts'
import { knownRemote } from '../adapters/git/remote-access.ts'
import { currentBranch } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { runAddress } from '../adapters/push-event.ts'
import { Fault } from '../core/fault.ts'
import { type Judgement, judgedText, judgementPath, judgementText } from '../core/ledger/judgement.ts'
import type { ChainedJudgement } from '../core/ledger/judgement-chain.ts'
import { nextJudgement } from '../core/ledger/next-judgement.ts'
import { changesIn, type KeptJudgement, type Verification } from '../render/verify.ts'
import { type Ledger, readFurthestLedger, readJudgements } from './ledger-reading.ts'
import { ledgerSource } from './ledger-source.ts'
import { addToLedger } from './ledger-writing.ts'
import { type VerifiedMainline, verifyMainline } from './verify-mainline.ts'
import type { World } from './world.ts'

/** What was found, and what the ledger keeps of it; nothing where the ledger is not sound, and cannot go on. */
export interface KeptVerification extends VerifiedMainline {
  readonly kept: KeptJudgement | undefined
  /** Why nothing could be kept, though the ledger is sound: the remote did not take it. */
  readonly fault?: Fault
}

/**
 * Judges the mainline up to HEAD by the evidence of the ledger as it stands, and keeps there what was found and what is
 * settled since the judgement before. What the last one says already is not written again. When another run is faster,
 * what that wrote stands, and the mainline is judged anew by it.
 */
export async function keepJudgement(world: World, push: string | undefined): Promise<KeptVerification> {
  const git = { dir: world.dir, env: world.env }
  const remote = push === undefined ? undefined : await knownRemote(git, push)
  if (remote !== undefined) await fetchLedger(git, remote)
  await refuseOtherBranch(git, remote)
  const unsound = await unsoundLedger(git, remote)
  if (unsound !== undefined) {
    world.say(`note: nothing is kept of what was found: ${unsound}`)
    return { ...(await verifyMainline(world, {})), kept: undefined }
  }
  let verified: { readonly by: string | undefined; readonly mainline: VerifiedMainline } | undefined
  const judge = async (ledger: Ledger | undefined) => {
    if (!verified || verified.by !== ledger?.commit) {
      verified = { by: ledger?.commit, mainline: await verifyMainline(world, {}) }
    }
    const { mainline: found } = verified
    const before = ledger ? (await readJudgements(git, ledger)).judgements : []
    const written = (await isJudged(git, found.verification, before)) ? [] : nextOnes(world, found, before)
    const judgement = written.at(-1) ?? before.at(-1)
    if (!judgement) throw new Error('there is no judgement, and none is to be made')
    return {
      told: { mainline: found, judgement, written },
      ...(written.length > 0 && { addition: additionOf(written) }),
    }
  }
  try {
    const { mainline, ...kept } = await addToLedger(world, git, remote, judge)
    return { ...mainline, kept: { ...kept, ...(remote !== undefined && { remote }) } }
  } catch (fault) {
    // What was found is worth telling all the same.
    if (!(fault instanceof Fault && verified)) throw fault
    return { ...verified.mainline, kept: undefined, fault }
  }
}

/** What is checked out has to be the mainline that the ledger is about. */
async function refuseOtherBranch(git: GitDir, remote: string | undefined): Promise<void> {
  const ledger = await readFurthestLedger(git, await ledgerSource(git, remote))
  const [known, here] = [ledger?.entries.at(-1)?.branch, await currentBranch(git)]
  if (known === undefined || here === undefined || known === here) return
  throw new Fault(`The ledger is about the branch ${known}, and this is ${here}`, { cure: `Switch to ${known}` })
}

/** Why nothing can be added to the judgements of the ledger; `undefined` where something can. */
async function unsoundLedger(git: GitDir, remote: string | undefined): Promise<string | undefined> {
  const ledger: Ledger | undefined = await readFurthestLedger(git, await ledgerSource(git, remote))
  if (!ledger) return undefined
  const { broken, diverged } = ledger
  return broken?.message ?? diverged ?? (await readJudgements(git, ledger)).broken?.message
}

/** Whether the last judgement went further than this clone knows the mainline. */
async function isJudged(git: GitDir, { tip }: Verification, before: readonly ChainedJudgement[]): Promise<boolean> {
  const last = before.at(-1)
  return (
    last !== undefined && last.tip !== tip && (await hasCommit(git, last.tip)) && (await isAncestor(git, tip, last.tip))
  )
}

/** So many judgements are kept by one run; the next run tells of what does not fit into them. */
const mostAtOnce = 20

/** The judgements to keep now: more than one where there is more to tell than fits into one. */
function nextOnes(
  world: World,
  found: VerifiedMainline,
  before: readonly ChainedJudgement[],
): readonly ChainedJudgement[] {
  const written: ChainedJudgement[] = []
  while (written.length < mostAtOnce) {
    const next = nextOf(world, found, [...before, ...written])
    if (!next) break
    written.push({ ...next, path: judgementPath(next.sequence), digest: digestOf(judgementText(next)) })
  }
  return written
}

function nextOf(
  { now, env, version }: World,
  { verification }: VerifiedMainline,
  before: readonly ChainedJudgement[],
): Judgement | undefined {
  const { tip, commits, findings, ledger, unvouched } = verification
  const run = runAddress(env)
  return nextJudgement(before, {
    ...{ at: now, tip, commits, findings, ledgerFindings: ledger.findings, unvouched: unvouched.length },
    engine: version,
    evidence: ledger.believed?.commit ?? null,
    run: run === undefined ? null : judgedText(run),
  })
}

function additionOf(written: readonly ChainedJudgement[]): Omit<LedgerAddition, 'parent'> {
  const [first, last] = [written[0], written.at(-1)]
  if (!first || !last) throw new Error('there is no judgement to add')
  const which = first === last ? `Judgement ${last.sequence}` : `Judgements ${first.sequence} to ${last.sequence}`
  const { found, settled } = changesIn(written)
  return {
    files: written.map((each) => ({ path: each.path, text: judgementText(each) })),
    message: `${which}: the mainline up to ${last.tip}, findings ${last.findings}, ${found} new, ${settled} settled`,
    at: last.at,
  }
}
