import { isAncestor, ledgerBranch } from '../adapters/git/ledger-branch.ts'
import { cloneRemotes, isBare, remoteHead } from '../adapters/git/remotes.ts'
import { type BranchTip, branchTips, contentAt, currentBranch, tipsByName } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { evidencePolicyOf } from '../core/evidence.ts'
import { type CloneRemotes, mainlineName, mainlineRemote, namingRemote } from '../core/ledger/trusted-remote.ts'
import { isData } from '../core/record.ts'
import { configurationFile } from './mainline-contents.ts'

/**
 * Where a ledger is read from: one branch, which this clone's set-up and governance name, and never whoever wrote most.
 */
export interface LedgerSource {
  /** The branch that is believed; absent where it is not here. */
  readonly trusted?: BranchTip
  /** This clone's own branch, which may be the same. */
  readonly own?: BranchTip
  /** How the own branch lies to the one that is believed, where both are here and differ. */
  readonly standing?: 'behind' | 'ahead' | 'diverged'
  /** The remote whose ledger is believed, whether it is here or not; absent where this clone's own is. */
  readonly believed?: string
  /** The remote that the mainline comes from; absent where this clone is on its own. */
  readonly mainline?: string
  /** What a reader must know of what was not believed, in sentences. */
  readonly notes: readonly string[]
}

/**
 * Finds the branch that holds the ledger to be believed: that of the remote which `evidence.ledger` of the mainline
 * names, else of the one that the mainline comes from; this clone's own where there is no such remote. A caller that
 * writes may name another remote.
 */
export async function ledgerSource(git: GitDir, named?: string): Promise<LedgerSource> {
  const tips = await branchTips(git, ledgerBranch)
  if (tips.length === 0 && named === undefined) return { notes: [] }
  const remotes = await cloneRemotes(git)
  const { remote: usual, branch } = await mainlineHere(git, remotes)
  const configured = branch && (await configuredRemote(git, branch))
  const remote = named ?? configured ?? usual
  const own = tips.find(({ ref }) => ref === ownRef)
  const trusted = remote === undefined ? own : tips.find(({ ref }) => ref === trackingRef(remote, ledgerBranch))
  const standing = own && trusted && (await standingOf(git, own, trusted))
  const others = tips.filter(({ ref }) => ref !== ownRef && ref !== trusted?.ref)
  return {
    ...(own && { own }),
    ...(trusted && { trusted }),
    ...(standing && { standing }),
    ...(remote !== undefined && { believed: remote }),
    ...(usual !== undefined && { mainline: usual }),
    notes: [
      ...(remote !== undefined && !trusted ? [missingLedger(remote, remotes.names.includes(remote), own)] : []),
      ...(remote !== undefined && standing === 'ahead' ? [unpushedLedger(remote)] : []),
      ...(others.length === 0 ? [] : [foreignLedgers(others, trusted, remote)]),
    ],
  }
}

const ownRef = `refs/heads/${ledgerBranch}`

/** The branch that holds what a remote was last seen to have of one of its own. */
export function trackingRef(remote: string, branch: string): string {
  return `refs/remotes/${remote}/${branch}`
}

/** A branch as people name it: `origin/gitsm-ledger`. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(heads|remotes)\//, '')
}

/** The remote that the mainline comes from and the branch that it is read from here, both as far as they are known. */
export async function mainlineHere(
  git: GitDir,
  remotes: CloneRemotes,
): Promise<{ remote?: string; branch?: BranchTip }> {
  const [bare, current] = await Promise.all([isBare(git), currentBranch(git)])
  const naming = namingRemote(remotes, current)
  const head = naming === undefined ? undefined : await remoteHead(git, naming)
  const candidates = ['main', 'master', ...(head === undefined ? [] : [head])]
  const found = await tipsByName(git, candidates)
  const known = (ref: string, name: string) => found.get(name)?.find((tip) => tip.ref === ref)
  const has = (each: string) =>
    known(`refs/heads/${each}`, each) !== undefined || known(trackingRef('origin', each), each) !== undefined
  const name = mainlineName({ ...(head !== undefined && { defaultBranch: head }), has }, naming, current)
  // The branches of a bare repository are what was pushed to it, or what it mirrors.
  const remote = bare ? undefined : mainlineRemote(remotes, name)
  if (name === undefined) return remote === undefined ? {} : { remote }
  const tracked = remote === undefined ? undefined : known(trackingRef(remote, name), name)
  const branch = tracked ?? known(`refs/heads/${name}`, name)
  return { ...(remote !== undefined && { remote }), ...(branch && { branch }) }
}

/** The remote that `evidence.ledger` in `gitsm.yaml` names at the end of a branch. */
async function configuredRemote(git: GitDir, { tip }: BranchTip): Promise<string | undefined> {
  const content = await contentAt(git, tip, configurationFile)
  const data = content && readYaml(configurationFile, content).data
  return isData(data) ? evidencePolicyOf(data['evidence']).ledger : undefined
}

async function standingOf(git: GitDir, own: BranchTip, trusted: BranchTip): Promise<LedgerSource['standing']> {
  if (own.tip === trusted.tip) return undefined
  if (await isAncestor(git, own.tip, trusted.tip)) return 'behind'
  return (await isAncestor(git, trusted.tip, own.tip)) ? 'ahead' : 'diverged'
}

/** That the ledger to be believed is not here, and how to get it. */
export function missingLedger(remote: string, isSetUp = true, own?: BranchTip): string {
  const unread = own ? `; ${ledgerBranch} of this clone alone is not believed` : ''
  const add = isSetUp ? '' : `git remote add ${remote} <address>, then `
  return `The ledger of ${remote} is not here, so no time is attested${unread}. Cure: ${add}git fetch ${remote} ${ledgerBranch}:${trackingRef(remote, ledgerBranch)}`
}

function unpushedLedger(remote: string): string {
  return `${ledgerBranch} of this clone holds entries that ${remote} does not have; they are not believed until they are pushed. Cure: git push ${remote} ${ledgerBranch}`
}

function foreignLedgers(
  others: readonly BranchTip[],
  trusted: BranchTip | undefined,
  remote: string | undefined,
): string {
  const names = others.map(({ ref }) => shortRef(ref)).join(', ')
  const believed = trusted ? shortRef(trusted.ref) : remote === undefined ? ledgerBranch : `that of ${remote}`
  return `Not read: ${names}; only ${believed} is believed. If another one is right, name its remote under evidence.ledger in gitsm.yaml`
}
