import { readFile } from 'node:fs/promises'
import type { AddedFile } from '../adapters/add-file.ts'
import { configFile } from '../adapters/config.ts'
import { folderFiles } from '../adapters/folder-files.ts'
import { readRegistry } from '../adapters/registry.ts'
import { compileTemplates } from '../adapters/template.ts'
import { readWorkingTree } from '../adapters/working-tree.ts'
import { type Edit, editYaml } from '../adapters/yaml/edit.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { governance } from '../core/approval/policy.ts'
import { Fault } from '../core/fault.ts'
import { type Data, isData, type RecordDoc, textsAt } from '../core/record.ts'
import { recordPath } from '../core/record-path.ts'
import type { RecordType } from '../core/record-type.ts'
import { type StarterChoices, standingAlone, starterPath, typesNeeded } from '../core/starter.ts'
import type { World } from './world.ts'

/** What GitSM brings along for new repositories. */
export interface Brought {
  readonly types: ReadonlyMap<string, RecordType>
  /** Schemas, templates, `gitsm.yaml` and records of the example, and the starter, as text by path. */
  readonly texts: ReadonlyMap<string, string>
}

/** Who makes the repository, as the team begins with; absent where git does not know. */
export interface FirstMember {
  readonly login: string
  readonly name?: string
}

/** Reads what GitSM brings along. */
export async function broughtAlong({ packageRoot }: Pick<World, 'packageRoot'>): Promise<Brought> {
  const files = await folderFiles(packageRoot, ['schemas', 'templates', 'records', 'starter'])
  const { rulebook } = readRegistry(readWorkingTree(packageRoot, ['schemas', configFile]))
  const texts = new Map(files.map(({ path, content }) => [path, textOf(content)]))
  for (const { path, bytes } of readWorkingTree(packageRoot, [configFile])) texts.set(path, textOf(bytes))
  return { types: rulebook.types, texts }
}

function textOf(content: string | Uint8Array | null): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content ?? new Uint8Array())
}

/** The program that runs, as it lies in a repository that it judges. */
export const enginePath = '.github/gitsm/gitsm.mjs'

/** The files that a repository is judged by and explained with, whatever it begins with. */
export async function fixedFiles(
  { program, version }: Pick<World, 'program' | 'version'>,
  { types, texts }: Brought,
  { practices, organisation, withExample }: StarterChoices,
): Promise<readonly AddedFile[]> {
  const needed = typesNeeded(types, practices)
  const isUsed = (path: string): boolean => {
    const [folder, type = ''] = path.split('/')
    if (folder === 'schemas') return type.startsWith('_') || needed.has(type)
    return folder === 'templates' && (type === 'reports' || needed.has(type.replace(/\.md\.hbs$/, '')))
  }
  const model = {
    organisation,
    version,
    withExample,
    practices: practices.join(', '),
    first: practices[0],
    incidents: practices.includes('incident'),
    changes: practices.includes('change'),
    service: withExample ? 'webshop' : 'workplace',
    team: withExample ? 'operations' : 'service-desk',
  }
  const own = [...texts].flatMap(([path, text]): AddedFile[] => {
    if (isUsed(path)) return [file(path, text)]
    const [, name] = /^starter\/(dot-.+)$/.exec(path) ?? []
    return name === undefined ? [] : [file(starterPath(name), text)]
  })
  return [...own, file('README.md', filled('README', texts, model)), file(enginePath, await engine(program))]
}

/** The configuration that a repository begins with, `gitsm.yaml` last: where it stands, the others do. */
export function firstConfiguration(
  { texts, types }: Brought,
  { organisation, timezone, practices, withExample }: StarterChoices,
  member: FirstMember | undefined,
  /** The day on which it begins. */
  today: string,
): readonly AddedFile[] {
  const needed = typesNeeded(types, practices)
  const from = withExample ? '' : 'starter/'
  const changed: ReadonlyMap<string, readonly Edit[]> = new Map([
    [
      configFile,
      [
        { route: ['organisation'], value: organisation },
        { route: ['timezone'], value: timezone },
        { route: ['practices'], value: practices },
      ],
    ],
    ...(withExample
      ? []
      : ([
          ['records/calendar/office.yaml', [{ route: ['timezone'], value: timezone }]],
          ['records/team/service-desk.yaml', member ? [{ route: ['members'], value: [member] }] : []],
          ['records/sla/standard.yaml', member ? signature(member, today) : []],
        ] as const)),
  ])
  const records = [...texts].flatMap(([source, text]): RecordDoc[] => {
    const path = recordPath(source.startsWith(from) ? source.slice(from.length) : '')
    return path
      ? [{ type: path.type, id: path.basename, file: source.slice(from.length), data: dataOf(source, text) }]
      : []
  })
  const standing = new Set(standingAlone(records, types, practices).map((record) => record.file))
  const started = [...texts].flatMap(([source, text]): AddedFile[] => {
    if (!source.startsWith(from)) return []
    const path = source.slice(from.length)
    // Data lies beside the record that describes it.
    const type = recordPath(path)?.type ?? /^records\/([^/]+)\/.+\.csv$/.exec(path)?.[1]
    if (path !== configFile && (type === undefined || !needed.has(type))) return []
    if (path.endsWith('.csv')) return [file(path, text)]
    if (type !== undefined && !standing.has(path)) return []
    const named = typesNamed(dataOf(path, text))
    const kept = named.filter((each) => each === governance || needed.has(each))
    if (named.length > 0 && kept.length === 0) return []
    const narrowed: readonly Edit[] =
      type === 'policy' && kept.length < named.length ? [{ route: ['guards'], value: kept }] : []
    return [file(path, editYaml(text, [...(changed.get(path) ?? []), ...narrowed]))]
  })
  const isConfig = ({ path }: AddedFile): boolean => path === configFile
  return [...started.filter((each) => !isConfig(each)), ...started.filter(isConfig)]
}

/** Whoever begins promises it, and looks at it again after a year. */
function signature({ login }: FirstMember, today: string): readonly Edit[] {
  const nextYear = `${Number(today.slice(0, 4)) + 1}-${today.slice(5, 7)}-01`
  return [
    { route: ['signatories'], value: [{ name: login, party: 'service-desk', signed_on: today }] },
    { route: ['review_on'], value: nextYear },
  ]
}

/**
 * The record types that a policy guards or an agreement covers: where none of them is in use, it could only be wrong.
 */
function typesNamed(data: Data): readonly string[] {
  const appliesTo = data['applies_to']
  return [...textsAt(data, 'guards'), ...(isData(appliesTo) ? textsAt(appliesTo, 'type') : [])]
}

function dataOf(path: string, text: string): Data {
  const { data } = readYaml(path, new TextEncoder().encode(text))
  return isData(data) ? data : {}
}

function file(path: string, content: string | Uint8Array): AddedFile {
  return { path, content, executable: path.startsWith('.githooks/') }
}

function filled(name: string, texts: Brought['texts'], model: object): string {
  const template = compileTemplates(new Map([[name, texts.get(`starter/${name}.md.hbs`) ?? '']]), {
    folder: 'starter',
    shipped: new Set([name]),
  }).get(name)
  return template ? template(model) : ''
}

async function engine(program: string): Promise<Uint8Array> {
  try {
    return await readFile(program)
  } catch (cause) {
    throw new Fault(`The running program ${program} cannot be read`, { cure: 'Install GitSM again', cause })
  }
}
