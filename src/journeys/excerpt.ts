import { changedFiles } from '../adapters/git/changed-files.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { compare } from '../core/diagnostic.ts'
import type { Rulebook } from '../core/facts.ts'
import { type Missing, nothingMissing, type Unread } from '../core/partial-index.ts'
import { isData } from '../core/record.ts'
import { recordPath, recordsFolder } from '../core/record-path.ts'
import { mentionsIn } from '../core/replay/mentions.ts'
import type { TreeFile } from '../core/tree.ts'
import { treeRules } from '../rules/index.ts'
import { type TreeNames, treeNames } from './tree-names.ts'
import type { TreeReader } from './tree-reader.ts'

/** The two trees of a change, read as far as it can have to do with them. */
export interface Excerpt {
  readonly before: readonly TreeFile[]
  readonly after: readonly TreeFile[]
  /** What was not read of either. */
  readonly unread: Unread
  /**
   * Whether a record could be judged otherwise than before: the change touches it, or it looks at one that is touched.
   */
  concerns(file: string, mentions: () => ReadonlySet<string>): boolean
  /** How many records the merge result has, read or not. */
  readonly count: number
  /** The same with more of it read; `undefined` where all of it would have to be. */
  with(missing: Missing): Promise<Excerpt | undefined>
}

/** From how many touched records on whole trees are read. */
const manyTouched = 100

/**
 * Reads of a large tree what a change can have to do with: the rules, the configuration records, the records that the
 * change adds or edits and those that these name. `undefined` where that would not do: in a small tree, and for a
 * change that removes or moves something or touches rules or configuration.
 */
export async function excerptOf(
  { git, base, tree }: { readonly git: GitDir; readonly base: string; readonly tree: string },
  reader: TreeReader,
  wholeBelow: number,
): Promise<Excerpt | undefined> {
  const changed = (await changedFiles(git, base, tree)).filter(({ path }) => isJudged(path))
  if (changed.length === 0 || changed.length > manyTouched) return undefined
  if (changed.some(({ before, after }) => !isFile(after) || (before !== null && !isFile(before)))) return undefined
  const names = await treeNames(git, base)
  if (names.size < wholeBelow) return undefined
  const rules = await readTree(git, base, rulePaths)
  const { rulebook } = reader.registry(rules)
  const touched = changed.map(({ path }) => path)
  const ids = new Map(touched.map((path) => [path, recordPath(path)]))
  const isPlain = [...ids.values()].every((record) => record && rulebook.types.get(record.type)?.prefix !== undefined)
  const twins = names.namesakes(new Set([...ids.values()].flatMap((record) => record?.basename ?? [])))
  if (!isPlain || twins.some((path) => !ids.has(path)) || areTwins(touched)) return undefined

  const after = await readTree(git, tree, touched)
  const edited = new Set(changed.flatMap(({ path, before }) => (before === null ? [] : [ids.get(path)?.type ?? ''])))
  const editedIds = changed.flatMap(({ path, before }) => (before === null ? [] : [ids.get(path)?.basename ?? '']))
  const first = nothingMissing()
  for (const type of consulting(rulebook, edited)) first.types.add(type)
  const mentioned = after.flatMap((file) => {
    const { data } = reader.yaml(file)
    return isData(data) ? [...mentionsIn(data)] : []
  })
  for (const id of mentioned) for (const type of rulebook.types.keys()) first.records.add(`${type}/${id}`)
  const affected = new Set(first.types)
  const added = changed.filter(({ before }) => before === null).length

  const reading = async (wanted: Missing): Promise<Excerpt | undefined> => {
    if (wanted.everything) return undefined
    const types = [...names.types.keys()].filter((type) => isWhole(type, rulebook, wanted))
    const single = [...wanted.records].flatMap((key) => pathIn(names, key))
    const paths = new Set([...touched.filter((path) => !isNew(path)), ...single])
    const folders = types.map((type) => `${recordsFolder}/${type}`)
    const alone = [...paths].filter((path) => !types.includes(recordPath(path)?.type ?? ''))
    if (alone.length > manyTouched * 5) return undefined
    const before = [...rules, ...(await readTree(git, base, [...folders, ...alone]))].toSorted(inPathOrder)
    const kept = before.filter(({ path }) => !ids.has(path))
    return {
      before,
      after: [...kept, ...after].toSorted(inPathOrder),
      unread: {
        has(type, id) {
          const path = types.includes(type) ? undefined : names.pathOf(type, id)
          return path !== undefined && !paths.has(path)
        },
        hasAny: (type) => names.types.has(type) && !types.includes(type),
      },
      concerns: (file, mentions) =>
        ids.has(file) || (affected.has(recordPath(file)?.type ?? '') && editedIds.some((id) => mentions().has(id))),
      count: countIn(names, rulebook) + added,
      with: (missing) => reading(together(wanted, missing)),
    }
  }
  const isNew = (path: string): boolean => changed.some((each) => each.path === path && each.before === null)
  return reading(first)
}

const rulePaths = ['gitsm.yaml', 'schemas']

function isJudged(path: string): boolean {
  return (
    rulePaths.includes(path) || path.startsWith('schemas/') || path === recordsFolder || path.startsWith('records/')
  )
}

function isFile(side: string | null): boolean {
  return side?.startsWith('100') === true
}

/** Whether two of the touched files bear one id. */
function areTwins(paths: readonly string[]): boolean {
  return new Set(paths.map((path) => recordPath(path)?.basename.normalize('NFC').toLowerCase())).size < paths.length
}

/** Types of process records that rules judge by the content of others of some types. */
function consulting(rulebook: Rulebook, types: ReadonlySet<string>): readonly string[] {
  return treeRules
    .flatMap(({ consults }) => Object.entries(consults ?? {}))
    .flatMap(([type, consulted]) =>
      rulebook.types.has(type) && consulted.some((each) => types.has(each)) ? [type] : [],
    )
}

/** Configuration is few and bears on everything; of process records a type is read whole only when it was listed. */
function isWhole(type: string, { types }: Rulebook, wanted: Missing): boolean {
  return types.get(type)?.prefix === undefined || wanted.types.has(type)
}

function pathIn(names: TreeNames, key: string): readonly string[] {
  const slash = key.indexOf('/')
  const path = names.pathOf(key.slice(0, slash), key.slice(slash + 1))
  return path === undefined ? [] : [path]
}

/** How many records there are that rules look at. */
function countIn({ types }: TreeNames, rulebook: Rulebook): number {
  const { practices } = rulebook.config
  return [...types].reduce((sum, [name, paths]) => {
    const type = rulebook.types.get(name)
    const inUse = type && (type.prefix === undefined || !practices || practices.includes(name))
    return inUse ? sum + paths.length : sum
  }, 0)
}

function together(one: Missing, other: Missing): Missing {
  return {
    records: new Set([...one.records, ...other.records]),
    types: new Set([...one.types, ...other.types]),
    everything: one.everything || other.everything,
  }
}

function inPathOrder(a: TreeFile, b: TreeFile): number {
  return compare(a.path, b.path)
}
