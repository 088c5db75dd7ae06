import { join, relative, sep } from 'node:path'
import { configFile } from '../adapters/config.ts'
import { fileDigest } from '../adapters/file-digest.ts'
import { isShallow, repositoryRoot } from '../adapters/git/revision.ts'
import { type GitDir, runGit } from '../adapters/git/run.ts'
import { readWorkflows } from '../adapters/workflow-files.ts'
import { readWorkingTree } from '../adapters/working-tree.ts'
import { governingTeams } from '../core/approval/guarded.ts'
import { membersOf } from '../core/approval/person.ts'
import { policyOf } from '../core/approval/policy.ts'
import { unownedPlaces } from '../core/doctor/code-owners.ts'
import { type Known, known, unknown } from '../core/doctor/known.ts'
import type { LocalFacts } from '../core/doctor/local-examinations.ts'
import { Fault } from '../core/fault.ts'
import type { TreeFile } from '../core/tree.ts'
import { graveRules } from '../core/workflow/grave-rules.ts'
import { judgeWorkflow } from '../core/workflow/rules.ts'
import { enginePath } from './init-files.ts'
import { ledgerSource, shortRef } from './ledger-source.ts'
import { load, type Snapshot } from './load.ts'
import type { World } from './world.ts'

/** What this machine can tell of a service repository. Only that there is none is a `Fault`; all else is a finding. */
export async function localFacts(world: World, git: GitDir): Promise<LocalFacts> {
  const root = await repositoryRoot(git)
  const [said, shallow, { trusted }] = await Promise.all([
    runGit(git, ['--version']),
    isShallow(git),
    ledgerSource(git),
  ])
  const { snapshot, wrong } = configurationOf(
    readWorkingTree(root, [configFile, 'schemas', 'records/policy', 'records/team']),
  )
  const { files, unreadable } = readWorkflows(root)
  return {
    git: said.toString('utf8').trim().replace('git version ', ''),
    node: process.versions.node,
    shallow,
    configuration: wrong,
    governors: snapshot ? known(governorsIn(snapshot)) : unknown('the configuration cannot be read'),
    ledger: trusted && shortRef(trusted.ref),
    engine: await engineOf(world, root),
    shipped: shippedWorkflows(world, root),
    unsafe: [
      ...files.flatMap((file) => judgeWorkflow(file, graveRules).map(({ path, message }) => `${path}: ${message}`)),
      ...unreadable.map((path) => `${path}: it cannot be read`),
    ],
    unowned: unownedPlaces(codeOwnersOf(root)),
  }
}

/** Teams and rules as they stand in the working tree, or what keeps them from being read. */
function configurationOf(tree: readonly TreeFile[]): { readonly snapshot?: Snapshot; readonly wrong: string } {
  try {
    return { snapshot: load(tree), wrong: '' }
  } catch (error) {
    if (error instanceof Fault) return { wrong: error.message }
    throw error
  }
}

/** How many people the policies on governance can ask: those of all teams that they name, each once. */
function governorsIn({ records }: Snapshot): number {
  const teams = governingTeams(records.ofType('policy').map(policyOf))
  return new Set(teams.flatMap((team) => membersOf(records, team) ?? []).map(({ login }) => login.toLowerCase())).size
}

/** The copy that workflows run beside the program that asks; a copy that asks about itself can tell nothing. */
async function engineOf({ program }: World, root: string): Promise<LocalFacts['engine']> {
  const [own, asking] = await Promise.all([fileDigest(join(root, enginePath)), fileDigest(program)])
  if (own === undefined) return unknown(`${enginePath} is not there`)
  if (relative(root, program).split(sep).join('/') === enginePath) {
    return unknown(`the copy in the repository cannot vouch for itself: it is sha256 ${own}; ask an installed gitsm`)
  }
  return known({ own, asking: asking ?? '' })
}

const [shippedFolder, workflowFolder] = ['starter/dot-github/workflows', '.github/workflows']

/** The workflows of the repository beside those that this program brings along. */
function shippedWorkflows({ packageRoot }: World, root: string): Known<{ missing: string[]; changed: string[] }> {
  const shipped = readWorkingTree(packageRoot, [shippedFolder])
  if (shipped.length === 0) return unknown('this copy of the program brings no workflows along; ask an installed gitsm')
  const here = new Map(readWorkingTree(root, [workflowFolder]).map((file) => [file.path, textOf(file)]))
  const [missing, changed]: [string[], string[]] = [[], []]
  for (const file of shipped) {
    const path = file.path.replace(shippedFolder, workflowFolder)
    const text = here.get(path)
    if (text === undefined) missing.push(path)
    else if (text !== textOf(file)) changed.push(path)
  }
  return known({ missing, changed })
}

/** CODEOWNERS counts where GitHub finds it first. */
function codeOwnersOf(root: string): string | undefined {
  const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']
  const found = places.flatMap((place) => readWorkingTree(root, [place]))[0]
  return found && textOf(found)
}

/** Line ends are git's business. */
function textOf({ bytes }: TreeFile): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array()).replaceAll('\r\n', '\n')
}
