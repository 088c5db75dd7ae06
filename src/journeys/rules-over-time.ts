import { pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { walkMainline } from '../adapters/git/walk.ts'
import { readRegistry } from '../adapters/registry.ts'
import type { Rulebook } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import type { MainlineCommit } from '../core/history.ts'

/** The rules of the mainline from a commit on. */
interface RulesFrom {
  readonly position: number
  readonly rulebook: Rulebook
}

/** A commit that left rules nobody can read; those before it stay in force. */
export interface BrokenRules {
  readonly commit: MainlineCommit
  readonly message: string
}

/** The rules that each commit of the mainline found: those of its parent, and for types that it brings its own. */
export async function gatherRules(
  git: GitDir,
  tip: string,
  commits: readonly MainlineCommit[],
): Promise<{ readonly at: (position: number) => Rulebook | undefined; readonly broken: readonly BrokenRules[] }> {
  const steps = await walkMainline(await pathRoot(git), tip, rulePaths)
  const versions: RulesFrom[] = []
  const broken: BrokenRules[] = []
  for (const [position, { commit, touches }] of steps.entries()) {
    if (touches.length === 0) continue
    try {
      const tree = await readTree(git, commit, rulePaths)
      if (tree.length > 0) versions.push({ position, rulebook: readRegistry(tree).rulebook })
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault
      const known = commits[position]
      if (known) broken.push({ commit: known, message: fault.message })
    }
  }
  return { at: (position) => rulesAt(versions, position), broken }
}

const rulePaths = ['gitsm.yaml', 'schemas']

function rulesAt(versions: readonly RulesFrom[], position: number): Rulebook | undefined {
  const found = versions.findLast((version) => version.position < position)?.rulebook
  const own = versions.findLast((version) => version.position === position)?.rulebook
  if (!found || !own) return found
  return { ...found, types: new Map([...own.types, ...found.types]) }
}
