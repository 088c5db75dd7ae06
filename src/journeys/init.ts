import { existsSync, realpathSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { type AddedFile, addFile } from '../adapters/add-file.ts'
import { makeFolder } from '../adapters/atomic-write.ts'
import { configFile } from '../adapters/config.ts'
import { repositoryRoot } from '../adapters/git/revision.ts'
import { askGit, type GitDir, runGit } from '../adapters/git/run.ts'
import { readWorkingTree } from '../adapters/working-tree.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant } from '../core/instant.ts'
import { judgedPaths } from '../core/record-path.ts'
import { type InitOutcome, initText } from '../render/init.ts'
import { json } from '../render/json.ts'
import { configPath, formsConfiguration, formsFolder, formsOfTree, formTexts } from './form-files.ts'
import { type InitOptions, starterChoices } from './init-answers.ts'
import { broughtAlong, type FirstMember, firstConfiguration, fixedFiles } from './init-files.ts'
import { load } from './load.ts'
import { gitSetting } from './person.ts'
import { plainReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/**
 * Makes a folder a service repository: git where there is none, schemas, templates, workflows, and a small
 * configuration where there is no `gitsm.yaml` yet. It only adds: what stands there is kept and named. It commits nothing.
 */
export async function init(world: World, options: InitOptions): Promise<Outcome> {
  const root = resolve(world.dir, options.dir)
  const brought = await broughtAlong(world)
  const [standing] = existsSync(root) ? readWorkingTree(root, [configFile]) : []
  const choices = await starterChoices(world, brought, { root, ...(standing && { standing }) }, options)
  makeFolder(root)
  const git: GitDir = { dir: root, env: world.env }
  const made = await withRepository(git)
  const begins = standing === undefined
  const files = [
    ...(await fixedFiles(world, brought, choices)),
    ...(begins
      ? firstConfiguration(brought, choices, await firstMember(git), formatInstant(world.now).slice(0, 10))
      : []),
  ]
  const { written, kept } = addAll(root, files, world.say)
  const forms = addAll(root, issueFormFiles(root, world.say), world.say)
  const outcome: InitOutcome = {
    dir: relative(world.dir, root) || '.',
    repository: made ? 'made' : 'found',
    ...choices,
    written: [...written, ...forms.written],
    kept: [...kept, ...(begins ? [] : [configFile]), ...forms.kept],
  }
  return { code: exit.pass, out: world.format === 'json' ? json(outcome) : initText(outcome, world.colour) }
}

/** The issue forms that the records and schemas of the folder ask for; none where these cannot be read. */
function issueFormFiles(root: string, say: World['say']): readonly AddedFile[] {
  try {
    const tree = readWorkingTree(root, judgedPaths)
    const registry = plainReader.registry(tree)
    const texts = formTexts(formsOfTree(load(tree, registry), registry))
    return [[configPath, formsConfiguration] as const, ...texts].map(([name, content]) => {
      return { path: `${formsFolder}/${name}`, content, executable: false }
    })
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    say(`No issue forms were made: ${fault.message}`)
    return []
  }
}

/** Makes a repository unless the folder is the root of one already; says whether it did. */
async function withRepository(git: GitDir): Promise<boolean> {
  const inside = await askGit(git, ['rev-parse', '--git-dir'])
  if (inside.code !== 0 && /not a git repository/i.test(inside.stderr)) {
    await runGit(git, ['init', '--quiet', '--initial-branch=main'])
    return true
  }
  const root = await repositoryRoot(git)
  if (realpathSync(root) === realpathSync(git.dir)) return false
  throw new Fault(`${git.dir} lies inside the repository ${root}`, {
    cure: `Make its root the service repository (gitsm init ${root}), or name a folder outside it`,
  })
}

/** Whoever makes the repository, as git knows them; `undefined` where their address gives no login. */
async function firstMember(git: GitDir): Promise<FirstMember | undefined> {
  const [login = ''] = (await gitSetting(git, 'user.email')).split('@')
  const name = await gitSetting(git, 'user.name')
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(login)) return undefined
  return { login, ...(name !== '' && { name }) }
}

/** Adds the files in order. When the disk refuses one, those before it are named and stay: the command can go on. */
function addAll(
  root: string,
  files: readonly AddedFile[],
  say: World['say'],
): { readonly written: readonly string[]; readonly kept: readonly string[] } {
  const [written, kept]: [string[], string[]] = [[], []]
  for (const file of files) {
    try {
      if (addFile(root, file)) written.push(file.path)
      else kept.push(file.path)
    } catch (error) {
      for (const path of written) say(`written: ${path}`)
      if (!(error instanceof Fault) || written.length === 0) throw error
      const before = `${written.length} file${written.length === 1 ? '' : 's'} had been written before, as listed above`
      throw new Fault(`${error.message}; ${before}`, {
        cure: `${error.cure}; gitsm init goes on where it ended`,
        code: error.code,
        cause: error,
      })
    }
  }
  return { written, kept }
}
