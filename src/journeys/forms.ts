import { existsSync, rmSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { readWorkingTree } from '../adapters/working-tree.ts'
import { writeTogether } from '../adapters/write-together.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { type FormFile, formsJson, formsText } from '../render/forms.ts'
import { configPath, formsConfiguration, formsOfTree, formTexts, isMade } from './form-files.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm forms` is asked. */
export interface FormsOptions {
  /** The record types whose forms are wanted; all of them where none is named. */
  readonly types: readonly string[]
  /** The folder of the forms. */
  readonly out: string
  /** Write nothing, and fail when what stands there is out of date. */
  readonly check: boolean
}

/**
 * Writes GitHub's issue forms, made from the schemas and records of the working tree, or checks that they are up to
 * date. A form that nothing asks for any more goes; files that somebody else wrote stay.
 */
export async function forms(world: World, { types, out, check }: FormsOptions): Promise<Outcome> {
  const { root, registry, snapshot } = await openRepository(world)
  const all = formsOfTree(snapshot, registry)
  const offered = [...new Set(all.map(({ type }) => type))]
  const unknown = types.find((type) => !offered.includes(type))
  if (unknown !== undefined) {
    throw new Fault(`There is no issue form for ${JSON.stringify(unknown)}`, {
      cure:
        offered.length > 0
          ? `The forms are for ${offered.join(', ')}`
          : 'Give the schema of a record type an x-form that says what to ask',
    })
  }
  for (const { title, fields } of all) {
    const { label } = fields.find((field) => /password/i.test(field.label)) ?? {}
    if (label !== undefined) world.say(`note: GitHub takes no question about passwords: "${label}" of "${title}"`)
  }
  const folder = resolve(root, out)
  const wanted = formTexts(types.length === 0 ? all : all.filter(({ type }) => types.includes(type)))
  const shown = relative(root, folder).split(sep).join('/')
  const standing = textsIn(folder)
  const files = [...wanted].map(([name, text]): FormFile => {
    const before = standing.get(name)
    return { path: name, state: before === text ? 'unchanged' : before === undefined ? 'missing' : 'outdated' }
  })
  const foreign = files.find(({ path }) => standing.has(path) && !isMade(standing.get(path) ?? ''))
  if (foreign) {
    throw new Fault(`${foreign.path} was not made by gitsm forms`, { cure: 'Rename or remove it, then run it again' })
  }
  const keep = new Set(types.length === 0 ? [] : formTexts(all).keys())
  const gone = [...standing]
    .filter(([name, text]) => isMade(text) && !wanted.has(name) && !keep.has(name))
    .map(([path]): FormFile => ({ path, state: 'obsolete' }))
  const config: FormFile[] = existsSync(join(folder, configPath)) ? [] : [{ path: configPath, state: 'missing' }]
  const told = [...config, ...files, ...gone]
  const due = told.filter(({ state }) => state !== 'unchanged')
  if (!check) {
    const written = due.filter(({ state }) => state !== 'obsolete')
    const [base, below] = shown.startsWith('../') ? [folder, ''] : [root, `${shown}/`]
    writeTogether(
      base,
      written.map(({ path }) => ({ path: below + path, text: wanted.get(path) ?? formsConfiguration })),
    )
    for (const { path } of gone) rmSync(join(folder, path), { force: true })
  }
  const result = { folder: shown, isChecked: check, files: told }
  return {
    code: check && due.length > 0 ? exit.findings : exit.pass,
    out: world.format === 'json' ? formsJson(result) : formsText(result, world.colour),
  }
}

/** The forms and other YAML files that lie in a folder, as text by name. */
function textsIn(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readWorkingTree(folder, ['.']).flatMap(({ path, bytes }): [string, string][] => {
      const name = path.replace(/^\.\//, '')
      return bytes && /^[^/]+\.ya?ml$/.test(name) ? [[name, new TextDecoder().decode(bytes)]] : []
    }),
  )
}
