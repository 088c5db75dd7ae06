import { lstatSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { catalogDocuments } from '../adapters/catalog-files.ts'
import { readTable } from '../adapters/csv-table.ts'
import { writeTogether } from '../adapters/write-together.ts'
import { editYaml } from '../adapters/yaml/edit.ts'
import { formatYaml } from '../adapters/yaml/format.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { inSchemaOrder } from '../core/draft.ts'
import { exit } from '../core/exit.ts'
import { type BackstageEntity, backstageRecords } from '../core/import/backstage.ts'
import type { ImportProblem, Incoming, IncomingRecord } from '../core/import/ci-incoming.ts'
import { mergeOf } from '../core/import/ci-merge.ts'
import type { CiImport, ImportedRecord } from '../core/import/ci-outcome.ts'
import { ciTable, requiredCiColumns } from '../core/import/ci-table.ts'
import { routeText } from '../core/place.ts'
import { isData, type RecordDoc, textAt, valueAt } from '../core/record.ts'
import { ciImportJson, ciImportText } from '../render/import-ci.ts'
import { judgeTogether, type Written } from './judge-written.ts'
import { textOf } from './locate.ts'
import { type OpenRepository, openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm import ci` is asked: a CSV file or a Backstage folder, and who owns what nobody here owns. */
export interface CiImportRequest {
  readonly source: string
  readonly owner?: string
  readonly dryRun: boolean
}

/**
 * Brings the configuration items of another tool into the working tree and refreshes those that are there. Either
 * everything is written or, when anything is wrong, nothing; run again without news, it writes nothing.
 */
export async function importCi(world: World, request: CiImportRequest): Promise<Outcome> {
  const repository = await openRepository(world)
  const incoming = await incomingFrom(world, repository, request)
  const planned = incoming.records.map((record) => plan(repository, record))
  const changed = planned.filter(({ written }) => written !== undefined)
  const written = changed.flatMap((each) => each.written ?? [])
  const problems =
    incoming.problems.length > 0 ? incoming.problems : await findings(world, repository, planned, written)
  const outcome: CiImport = {
    source: request.source,
    dryRun: request.dryRun,
    problems,
    records: planned.map(({ imported }) => imported),
    skipped: incoming.skipped,
    vanished: vanished(repository, incoming),
  }
  if (problems.length === 0 && !request.dryRun) {
    writeTogether(
      repository.root,
      written.map(({ file, text }) => ({ path: file, text })),
    )
  }
  return {
    code: problems.length > 0 ? exit.findings : exit.pass,
    out: world.format === 'json' ? ciImportJson(outcome) : ciImportText(outcome),
  }
}

async function incomingFrom(
  world: World,
  { snapshot }: OpenRepository,
  { source, owner }: CiImportRequest,
): Promise<Incoming> {
  const path = resolve(world.dir, source)
  if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const { rows, unreadable } = await readTable(path, requiredCiColumns)
    const file = basename(path)
    const told = ciTable(file, rows, snapshot.rulebook.config.ciClasses)
    const torn = unreadable.map(({ line, reason }) => ({
      origin: { file, line },
      message: reason,
      hint: 'Give the row as many cells as the header has',
    }))
    return { ...told, problems: [...torn, ...told.problems] }
  }
  const problems: ImportProblem[] = []
  const entities = catalogDocuments(path).flatMap(({ file, line, text }): readonly BackstageEntity[] => {
    const { data, diagnostics } = readYaml(file, new TextEncoder().encode(text))
    if (isData(data)) return [{ data, origin: { file, line } }]
    const [first] = diagnostics
    problems.push({
      origin: { file, line: line + (first?.span?.line ?? 1) - 1 },
      message: first?.message ?? 'This is no mapping of fields',
      hint: first?.hint ?? 'Write a catalogue entity',
    })
    return []
  })
  const takenOver = snapshot.records.all.flatMap(({ type, id, data }) => {
    const ref = valueAt(data, ['source', 'system']) === 'backstage' ? valueAt(data, ['source', 'id']) : undefined
    return typeof ref === 'string' ? [[`${type}/${ref}`, id] as const] : []
  })
  const told = backstageRecords(entities, {
    teams: new Set(snapshot.records.ofType('team').map(({ id }) => id)),
    takenOver: new Map(takenOver),
    ...(owner !== undefined && { owner }),
  })
  return { ...told, problems: [...problems, ...told.problems] }
}

interface Planned {
  readonly incoming: IncomingRecord
  readonly imported: ImportedRecord
  readonly written?: Written
}

/** What becomes of one record: its new file, its edited one, or nothing. */
function plan({ snapshot }: OpenRepository, incoming: IncomingRecord): Planned {
  const { type, id, fields, atFirst } = incoming
  const existing = snapshot.records.find(type, id)
  if (existing) return refresh(snapshot.files, existing, incoming)
  const file = `records/${type}/${id}.yaml`
  const recordType = snapshot.rulebook.types.get(type)
  const data = { id, ...atFirst, ...fields }
  const ordered = recordType ? inSchemaOrder(recordType, data) : data
  const text = `# yaml-language-server: $schema=../../schemas/${type}/schema.json\n${formatYaml(ordered)}`
  return { incoming, imported: { type, id, file, kind: 'added', fields: [], untold: [] }, written: { file, text } }
}

function refresh(files: OpenRepository['snapshot']['files'], existing: RecordDoc, incoming: IncomingRecord): Planned {
  const { type, id, file, data } = existing
  const { edits, untold } = mergeOf(data, incoming.fields)
  if (edits.length === 0) return { incoming, imported: { type, id, file, kind: 'unchanged', fields: [], untold } }
  const fields = [...new Set(edits.map(({ route }) => routeText(route)))]
  const text = editYaml(textOf(files.get(file)), edits)
  return {
    incoming,
    imported: { type, id, file, kind: 'updated', fields, untold },
    written: { file, text, before: existing },
  }
}

/** What the rules hold against the files as they would be, told by where it stands in what is imported. */
async function findings(
  world: World,
  repository: OpenRepository,
  planned: readonly Planned[],
  written: readonly Written[],
): Promise<readonly ImportProblem[]> {
  const { snapshot } = repository
  const taken = planned.filter(
    ({ imported, written: file }) => imported.kind === 'added' && file && snapshot.files.has(file.file),
  )
  if (taken.length > 0) {
    return taken.map(({ incoming, imported }) => ({
      origin: incoming.origin,
      message: `${imported.file} exists already and cannot be read`,
      hint: 'Run gitsm validate and mend what it names first',
    }))
  }
  const origins = new Map(planned.map(({ incoming, imported }) => [imported.file, incoming]))
  const found = await judgeTogether(world, repository, written)
  return found.flatMap(({ message, hint, place }) => {
    const incoming = origins.get(place.file)
    const about = incoming && !message.includes(incoming.id) ? `${incoming.id}: ${message}` : message
    return incoming ? [{ origin: incoming.origin, message: about, hint: hint ?? 'Correct it there' }] : []
  })
}

/** Records that were taken over from Backstage before and are no longer told there. They stay. */
function vanished({ snapshot }: OpenRepository, { records }: Incoming): readonly string[] {
  const told = new Set(records.flatMap(({ fields }) => valueAt(fields, ['source', 'id']) ?? []))
  if (told.size === 0) return []
  return snapshot.records.all
    .filter(({ data }) => {
      const source = isData(data['source']) ? data['source'] : {}
      return textAt(source, 'system') === 'backstage' && !told.has(textAt(source, 'id') ?? '')
    })
    .map(({ id }) => id)
}
