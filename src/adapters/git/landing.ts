import { firstParents } from './first-parent.ts'
import { isAncestor } from './ledger-branch.ts'
import { type GitDir, runGit } from './run.ts'

/** What a pull request became: mainline commits that follow each other, and the one that they came upon. */
export interface Landing {
  readonly base: string
  /** Oldest first. */
  readonly commits: readonly string[]
}

/** A pull request that was merged. */
export interface MergedHead {
  readonly head: string
  /** The commit that the forge says it became, or the last of them. */
  readonly merged?: string
  /** The commit of the base that it was opened upon, as the forge tells it. */
  readonly from?: string
}

/**
 * The mainline commits that a pull request became, by what really lies on the first-parent chain up to a tip: a merge,
 * one commit that squashes all, the rebased copies of its own, or these themselves. `undefined` where it is not there.
 */
export async function landingOf(
  git: GitDir,
  tip: string,
  { head, merged, from }: MergedHead,
): Promise<Landing | undefined> {
  const chain = await firstParents(git, tip)
  const last = merged !== undefined && chain.includes(merged) ? merged : await broughtBy(git, chain, head)
  const place = last === undefined ? -1 : chain.indexOf(last)
  const base = chain[place - 1]
  if (last === undefined || base === undefined) return undefined
  const [only] = await commitsOf(git, [last], '--no-walk')
  if (!only || only.parents.length > 1) return { base, commits: [last] }
  const begun = from === undefined ? -1 : chain.indexOf(from)
  const forward = begun >= 0 ? place - begun : 1
  const count = last === head ? forward : await countCopies(git, { last, base, head })
  const commits = chain.slice(Math.max(1, place + 1 - Math.max(1, count)), place + 1)
  return { base: chain[place - commits.length] ?? base, commits }
}

/** The first commit of a chain that has another one in its history; that is itself where it lies on the chain. */
async function broughtBy(git: GitDir, chain: readonly string[], head: string): Promise<string | undefined> {
  if (chain.includes(head)) return head
  const tip = chain.at(-1) ?? ''
  if (!(await isAncestor(git, head, tip))) return undefined
  const path = await runGit(git, ['rev-list', '--first-parent', '--ancestry-path', `${head}..${tip}`])
  const bearing = new Set(path.toString('utf8').split('\n').filter(Boolean))
  return chain.find((commit) => bearing.has(commit))
}

/** How many commits of the mainline, up to the last, are copies of those of a pull request. */
async function countCopies(
  git: GitDir,
  { last, base, head }: { readonly last: string; readonly base: string; readonly head: string },
): Promise<number> {
  const own = await commitsOf(git, [head, `^${base}`], '--no-merges')
  return rebased(await commitsOf(git, [last], '--first-parent', `--max-count=${Math.max(1, own.length)}`), own)
}

interface Signed {
  readonly parents: readonly string[]
  /** Who wrote it, and what they said: a rebase keeps these. */
  readonly words: string
}

/** Commits, newest first. */
async function commitsOf(git: GitDir, revisions: readonly string[], ...options: string[]): Promise<readonly Signed[]> {
  const told = await runGit(git, ['log', '-z', '--format=%P%x01%an%x01%ae%x01%B', ...options, ...revisions, '--'])
  return told
    .toString('utf8')
    .split('\0')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [parents = '', ...words] = part.split('\x01')
      return { parents: parents.split(' ').filter(Boolean), words: words.join('\x01').trim() }
    })
}

/** How many of the newest mainline commits are copies of a pull request's own, of which some may have been left out. */
function rebased(mainline: readonly Signed[], own: readonly Signed[]): number {
  let next = 0
  let count = 0
  for (const { words, parents } of mainline) {
    const at = own.findIndex((each, place) => place >= next && each.words === words)
    if (at < 0 || parents.length > 1) break
    next = at + 1
    count += 1
  }
  return count
}
