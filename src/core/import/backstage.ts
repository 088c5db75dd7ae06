import { type Data, isData, textAt, textsAt } from '../record.ts'
import { slugOf } from '../record-id.ts'
import { withValue } from '../with-value.ts'
import type { ImportProblem, Incoming, IncomingRecord, Origin } from './ci-incoming.ts'

/** One entity of a Backstage catalogue, as its YAML document says. */
export interface BackstageEntity {
  readonly data: Data
  readonly origin: Origin
}

/** What is known besides: the teams there are, who owns what nobody here owns, and records taken over before. */
export interface BackstageWorld {
  readonly teams: ReadonlySet<string>
  readonly owner?: string
  /** By `ci/component:default/web`, the id under which a record was taken over before. */
  readonly takenOver: ReadonlyMap<string, string>
}

const types: Readonly<Record<string, IncomingRecord['type']>> = {
  component: 'ci',
  resource: 'ci',
  system: 'service',
  group: 'team',
}

interface Entity extends BackstageEntity {
  readonly kind: string
  /** `component:default/web` */
  readonly ref: string
  readonly name: string
  readonly metadata: Data
  readonly spec: Data
}

/**
 * The records that a Backstage catalogue tells: components and resources become configuration items, systems services,
 * groups teams. `dependsOn`, `dependencyOf` and `system` become dependencies; annotations `gitsm.dev/<field>` give what
 * Backstage has no word for. Entities of other kinds are counted and left out.
 */
export function backstageRecords(entities: readonly BackstageEntity[], world: BackstageWorld): Incoming {
  const problems: ImportProblem[] = []
  const skipped = new Map<string, number>()
  const known: Entity[] = []
  for (const entity of entities) {
    const read = readEntity(entity)
    if (typeof read === 'string') problems.push({ origin: entity.origin, message: read, hint: entityHint })
    else if (types[read.kind]) known.push(read)
    else skipped.set(read.kind, (skipped.get(read.kind) ?? 0) + 1)
  }
  const ids = idsOf(known, world, problems)
  const context = { ids, world, problems, usedBy: usersOf(known) }
  return { records: known.flatMap((entity) => recordOf(entity, context) ?? []), problems, skipped }
}

const entityHint = 'Write a catalogue entity with apiVersion, kind and metadata.name'

function readEntity({ data, origin }: BackstageEntity): Entity | string {
  const metadata = isData(data['metadata']) ? data['metadata'] : {}
  const [kind, name] = [textAt(data, 'kind')?.toLowerCase(), textAt(metadata, 'name')]
  if (!/^backstage\.io\/v1/.test(textAt(data, 'apiVersion') ?? '')) return 'This is no entity of a Backstage catalogue'
  if (kind === undefined || !/^[a-z]{1,40}$/.test(kind)) return 'This entity has no kind'
  if (name === undefined || !/^[A-Za-z0-9]([-_.A-Za-z0-9]{0,62})$/.test(name))
    return 'This entity has no usable metadata.name'
  const namespace = textAt(metadata, 'namespace')?.toLowerCase() ?? 'default'
  const spec = isData(data['spec']) ? data['spec'] : {}
  return { data, origin, kind, name, metadata, spec, ref: `${kind}:${namespace}/${name.toLowerCase()}` }
}

/** The id of each entity: the one it was taken over under, else its name, with its kind where another has that name. */
function idsOf(
  entities: readonly Entity[],
  { takenOver }: BackstageWorld,
  problems: ImportProblem[],
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const used = new Set(Array.from(takenOver, ([key, id]) => `${key.split('/')[0]}/${id}`))
  for (const { kind, ref, name, origin } of entities) {
    const type = types[kind] ?? 'ci'
    const before = takenOver.get(`${type}/${ref}`)
    const candidates = before === undefined ? [slugOf(name), slugOf(`${name}-${kind}`)] : [before]
    const id = candidates.find((each) => each !== '' && (before !== undefined || !used.has(`${type}/${each}`)))
    if (ids.has(ref)) problems.push({ origin, message: `${ref} is described twice`, hint: 'Describe each entity once' })
    else if (id === undefined) {
      problems.push({ origin, message: `${ref} gives an id that another has`, hint: 'Give it another metadata.name' })
    } else {
      used.add(`${type}/${id}`)
      ids.set(ref, id)
    }
  }
  return ids
}

/** By reference, what depends on it as its own `dependencyOf` says. */
function usersOf(entities: readonly Entity[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>()
  for (const { ref, spec } of entities) {
    for (const user of textsAt(spec, 'dependencyOf')) {
      const key = fullRef(user, 'component')
      users.set(key, [...(users.get(key) ?? []), ref])
    }
  }
  return users
}

/** A reference with what it may leave out: `web` is `component:default/web`. */
function fullRef(text: string, kind: string): string {
  const [, given, namespace, name = ''] = /^(?:([^:/]+):)?(?:([^:/]+)\/)?(.*)$/s.exec(text) ?? []
  return `${given ?? kind}:${namespace ?? 'default'}/${name}`.toLowerCase()
}

interface Context {
  readonly ids: ReadonlyMap<string, string>
  readonly world: BackstageWorld
  readonly problems: ImportProblem[]
  readonly usedBy: ReadonlyMap<string, readonly string[]>
}

function recordOf(entity: Entity, context: Context): IncomingRecord | undefined {
  const { kind, ref, name, metadata, spec, origin } = entity
  const [type, id] = [types[kind], context.ids.get(ref)]
  if (!type || id === undefined) return undefined
  const description = textAt(metadata, 'description')?.trim()
  const title = textAt(metadata, 'title')?.trim() || name
  const base = {
    title,
    ...(description && { description: `${description}\n` }),
    source: { system: 'backstage', id: ref },
  }
  if (type === 'team') {
    const members = textsAt(spec, 'members').map((login) => ({ login: fullRef(login, 'user').split('/').at(-1) ?? '' }))
    return { type, id, origin, fields: base, atFirst: { members } }
  }
  const owner = ownerOf(entity, context)
  const owned = { ...base, ...(owner !== undefined && { owner }), ...annotated(metadata) }
  if (type === 'service') return { type, id, origin, fields: owned, atFirst: { tier: 3, state: 'operational' } }
  const services = refsOf(entity, textsAt(spec, 'system'), 'system', context)
  const needs = [
    ...textsAt(spec, 'dependsOn').map((each) => fullRef(each, 'component')),
    ...(context.usedBy.get(ref) ?? []),
  ]
  const cis = refsOf(entity, needs, 'component', context)
  const fields = {
    class: classOf(entity),
    ...owned,
    ...(services.length > 0 && { services }),
    ...(cis.length > 0 && { depends_on: cis.map((ci) => ({ ci })) }),
  }
  const state = textAt(spec, 'lifecycle') === 'experimental' ? 'test' : 'operational'
  return { type, id, origin, fields, atFirst: { state, source_of_truth: 'backstage' } }
}

/** The ids of the services or items that references mean; those that mean something else are named as problems. */
function refsOf(
  { ref, origin }: Entity,
  texts: readonly string[],
  kind: string,
  { ids, problems }: Context,
): readonly string[] {
  return [...new Set(texts)].flatMap((text) => {
    const full = fullRef(text, kind)
    const wanted = kind === 'system' ? 'service' : 'ci'
    const id = ids.get(full)
    if (id !== undefined && types[full.split(':')[0] ?? ''] === wanted) return [id]
    // Interfaces are no items of their own here.
    if (full.startsWith('api:')) return []
    problems.push({
      origin,
      message: `${ref} refers to ${full}, which is not in the catalogue`,
      hint: 'Add its catalog-info.yaml to the folder, or take the reference out',
    })
    return []
  })
}

function ownerOf({ ref, spec, origin }: Entity, { ids, world, problems }: Context): string | undefined {
  const text = textAt(spec, 'owner')
  const full = text === undefined ? undefined : fullRef(text, 'group')
  const team = full === undefined ? undefined : (ids.get(full) ?? slugOf(full.split('/').at(-1) ?? ''))
  if (full?.startsWith('group:') && team !== undefined && (ids.has(full) || world.teams.has(team))) return team
  if (world.owner !== undefined) return world.owner
  problems.push({
    origin,
    message: full === undefined ? `${ref} has no owner` : `${ref} belongs to ${full}, which is no team here`,
    hint: 'Give --owner <team> for what no team here owns, or add the group or the team',
  })
  return undefined
}

function classOf({ kind, metadata, spec }: Entity): string {
  const annotations = isData(metadata['annotations']) ? metadata['annotations'] : {}
  const given = textAt(annotations, 'gitsm.dev/class')
  if (given !== undefined) return given
  const type = textAt(spec, 'type') ?? kind
  if (kind === 'component' && ['service', 'website'].includes(type)) return 'application'
  return slugOf(type).replaceAll('-', '_') || kind
}

/** Fields that annotations give: `gitsm.dev/criticality: high`, `gitsm.dev/attributes.version: "16.4"`. */
function annotated(metadata: Data): Data {
  const annotations = isData(metadata['annotations']) ? metadata['annotations'] : {}
  let fields: Data = {}
  for (const [key, value] of Object.entries(annotations)) {
    const [, path] = /^gitsm\.dev\/((?:attributes\.|asset\.)?[a-z][a-z0-9_]*)$/.exec(key) ?? []
    if (path === undefined || path === 'class') continue
    const number = typeof value === 'string' && (path === 'tier' || path === 'asset.cost') ? Number(value) : Number.NaN
    fields = withValue(fields, path.split('.'), Number.isFinite(number) ? number : value)
  }
  return fields
}
