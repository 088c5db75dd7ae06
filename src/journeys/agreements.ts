import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { resolveCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { readWorkingTree } from '../adapters/working-tree.ts'
import type { Agreements } from '../core/agreements.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { Fault } from '../core/fault.ts'
import { recordPath } from '../core/record-path.ts'
import { judge } from '../core/rule.ts'
import type { TreeFile } from '../core/tree.ts'
import { agreementRules } from '../rules/index.ts'
import { withClosedRecords } from './closed-records.ts'
import { closingRulesUpTo, type FindClosingRules } from './closing-rules.ts'
import { load } from './load.ts'

/** Agreements that somebody proposes, from a revision or a folder. */
export interface ProposedAgreements extends Agreements {
  /** The revision or folder as it was named. */
  readonly name: string
  /** Of a revision. */
  readonly commit?: string
  /** Whether a folder is laid over what the history's tip holds, because it is no whole service repository. */
  readonly isLaidOver: boolean
  readonly files: ReadonlyMap<string, TreeFile>
  /** What is wrong with them. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The files that clocks rest on, with the schemas that judge them. */
const clockPaths: readonly string[] = ['gitsm.yaml', 'records/calendar', 'records/sla', 'schemas']

/** The agreements of a commit. */
export async function agreementsAt(git: GitDir, commit: string): Promise<Agreements> {
  const { records, rulebook } = load(await readTree(git, commit, clockPaths))
  return { records, config: rulebook.config }
}

/**
 * The agreements that `--with` names. A revision, or a folder that holds `schemas/` and so is a whole service
 * repository, stands for itself; the files of any other folder are laid over those of the tip, record by record.
 */
export async function proposedAgreements(git: GitDir, tip: string, name: string): Promise<ProposedAgreements> {
  const { commit, folder } = await meaning(git, name)
  if (commit !== undefined) {
    const closing = closingRulesUpTo(git, async () => commit)
    return { name, commit, isLaidOver: false, ...(await judged(await readTree(git, commit, clockPaths), closing)) }
  }
  const own = readWorkingTree(folder, clockPaths)
  if (own.length === 0) {
    throw new Fault(`${name} holds no agreements`, {
      cure: 'Give a folder with records/sla, records/calendar or gitsm.yaml in it, or a revision',
    })
  }
  const isWhole = own.some(({ path }) => path.startsWith('schemas/'))
  const tree = isWhole ? own : laidOver(await readTree(git, tip, clockPaths), own)
  return {
    name,
    isLaidOver: !isWhole,
    ...(await judged(
      tree,
      closingRulesUpTo(git, async () => tip),
    )),
  }
}

/** What a name means: a folder where it is written as a path, else whichever of the two there is. */
async function meaning(
  git: GitDir,
  name: string,
): Promise<
  { readonly commit: string; readonly folder?: never } | { readonly commit?: never; readonly folder: string }
> {
  const folder = resolve(git.dir, name)
  const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory() === true
  if (/^\.{0,2}\/|^\.{1,2}$|\/$/.test(name)) {
    if (isFolder) return { folder }
    throw new Fault(`There is no folder ${name}`, { cure: 'Name a folder that exists, or a revision' })
  }
  const commit = await resolveCommit(git, name).catch((fault: unknown) => {
    if (isFolder && fault instanceof Fault) return undefined
    throw fault
  })
  if (commit === undefined) return { folder }
  if (!isFolder) return { commit }
  throw new Fault(`${name} is a revision and a folder`, {
    cure: `Write ./${name} for the folder, or refs/heads/${name} for the branch`,
  })
}

/** Files laid over a tree: each takes the place of the same path, and of a record of the same type and name. */
function laidOver(below: readonly TreeFile[], above: readonly TreeFile[]): readonly TreeFile[] {
  const taken = new Set(above.map(({ path }) => placeOf(path)))
  return [...below.filter(({ path }) => !taken.has(placeOf(path))), ...above]
}

function placeOf(path: string): string {
  const record = recordPath(path)
  return record ? `${record.type}/${record.basename}` : path
}

/**
 * What a tree agrees on, and what is wrong with it; agreements that have ended are judged by the rules of their time.
 */
async function judged(
  tree: readonly TreeFile[],
  closing: FindClosingRules,
): Promise<Pick<ProposedAgreements, 'records' | 'config' | 'files' | 'diagnostics'>> {
  const { rulebook, records, unreadable, files, diagnostics } = await withClosedRecords(load(tree), closing)
  const found = [...diagnostics, ...judge(agreementRules, { rulebook, records, unreadable, changes: [] })]
  return { records, config: rulebook.config, files, diagnostics: found }
}
