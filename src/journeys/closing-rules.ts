import { isShallow, pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { type MainlineStep, walkMainline } from '../adapters/git/walk.ts'
import { type Registry, readRegistry } from '../adapters/registry.ts'
import { Fault } from '../core/fault.ts'
import type { Data, RecordDoc } from '../core/record.ts'
import { recordPath, recordsFolder } from '../core/record-path.ts'
import { closingsIn } from './closing-commit.ts'

/** The rules that judged a closed record when it closed, and the commit that closed it; or why they are not known. */
export type ClosingRules = { readonly registry: Registry; readonly commit: string } | { readonly unknown: string }

/** Finds the rules under which closed records were closed, by file. */
export type FindClosingRules = (records: readonly RecordDoc[]) => Promise<ReadonlyMap<string, ClosingRules>>

const rulePaths = ['gitsm.yaml', 'schemas']

/** From how many files on the folders of their types are walked instead. */
const manyFiles = 200

/**
 * Looks the rules up in the mainline up to a commit, which is read only when somebody asks, and only for the records
 * asked for; without a commit nothing is known. A record was closed by the last commit that changed anything but its
 * log; what judged it are the rules that this commit found.
 */
export function closingRulesUpTo(git: GitDir, tip: () => Promise<string | undefined>): FindClosingRules {
  const known = new Map<string, { readonly data: Data; readonly rules: ClosingRules }>()
  return async (records) => {
    const fresh = records.filter(({ file, data }) => known.get(file)?.data !== data)
    if (fresh.length > 0) {
      const found = await lookedUp(git, await tip(), fresh)
      for (const { file, data } of fresh) known.set(file, { data, rules: found.get(file) ?? { unknown: notCommitted } })
    }
    return new Map(records.map(({ file }) => [file, known.get(file)?.rules ?? { unknown: notCommitted }]))
  }
}

const notCommitted = 'It is not committed as it stands, so today’s rules judge it'
const edited =
  'It was edited after it had closed, so today’s rules judge it; what is to be corrected is said in a note appended to its log'

async function lookedUp(
  git: GitDir,
  tip: string | undefined,
  records: readonly RecordDoc[],
): Promise<ReadonlyMap<string, ClosingRules>> {
  if (tip === undefined) return new Map()
  if (await isShallow(git)) {
    const unknown =
      'It may stand by the rules of its time, which this shallow clone does not have: git fetch --unshallow'
    return new Map(records.map(({ file }) => [file, { unknown }]))
  }
  const root = await pathRoot(git)
  const files = records.length > manyFiles ? foldersOf(records) : records.map(({ file }) => file)
  const steps = await walkMainline(root, tip, [...rulePaths, ...files])
  const rules = rulesOver(root, steps)
  const closings = await closingsIn(root, steps, records, ({ file }) => file)
  // A record that is there all at once, or not there yet, may have been moved: then it is followed by its name.
  const touched = new Set(steps.flatMap(({ touches }) => touches.map(({ path }) => path)))
  const sudden = records.filter(({ file }) => {
    const closing = closings.get(file)
    return closing === undefined ? !touched.has(file) : closing !== 'edited' && closing.isFirst
  })
  if (sudden.length > 0) {
    const all = await walkMainline(root, tip, foldersOf(sudden))
    for (const [file, closing] of await closingsIn(root, all, sudden, ({ file }) => nameOf(file))) {
      closings.set(file, closing)
    }
  }
  const found = new Map<string, ClosingRules>()
  for (const { file, type } of records) {
    const closing = closings.get(file)
    if (closing === 'edited') {
      found.set(file, { unknown: edited })
      continue
    }
    const registry = closing && (await rules(closing.position, type))
    const commit = closing && steps[closing.position]?.commit
    if (registry && commit !== undefined) found.set(file, { registry, commit })
  }
  return found
}

function foldersOf(records: readonly RecordDoc[]): readonly string[] {
  return [...new Set(records.map(({ type }) => `${recordsFolder}/${type}`))]
}

/** What names a record wherever it lies. */
function nameOf(file: string): string {
  const path = recordPath(file)
  return path ? `${path.type}/${path.basename}` : file
}

/**
 * The rules that a commit found: those of its parent, and for a type that it brought its own. Rules that nobody can
 * read leave those before them in force.
 */
function rulesOver(
  git: GitDir,
  steps: readonly MainlineStep[],
): (position: number, type: string) => Promise<Registry | undefined> {
  const edits = steps.flatMap(({ touches }, position) => (touches.some(isRule) ? [position] : []))
  const registries = new Map<number, Registry | undefined>()
  const registryAt = async (position: number): Promise<Registry | undefined> => {
    if (!registries.has(position)) registries.set(position, await readRules(git, steps[position]?.commit ?? ''))
    return registries.get(position)
  }
  return async (position, type) => {
    for (const edit of [...edits.filter((at) => at < position).toReversed(), position]) {
      const registry = edits.includes(edit) ? await registryAt(edit) : undefined
      if (registry?.rulebook.types.has(type)) return registry
    }
    return undefined
  }
}

function isRule({ path }: { readonly path: string }): boolean {
  return path === 'gitsm.yaml' || path.startsWith('schemas/')
}

async function readRules(git: GitDir, commit: string): Promise<Registry | undefined> {
  try {
    return readRegistry(await readTree(git, commit, rulePaths))
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return undefined
  }
}
