import { resolve } from 'node:path'
import { readTable } from '../adapters/csv-table.ts'
import { type Commit, type CommittedFile, fastImport } from '../adapters/fast-import.ts'
import { folderFiles } from '../adapters/folder-files.ts'
import { type GitDir, runGit } from '../adapters/git/run.ts'
import { newFolder } from '../adapters/new-folder.ts'
import { formatYaml } from '../adapters/yaml/format.ts'
import { compare } from '../core/diagnostic.ts'
import { Fault } from '../core/fault.ts'
import { type LocalTime, localTime } from '../core/import/local-time.ts'
import { type CountDifferences, type Counting, counting } from '../core/import/service-now-counts.ts'
import { incidentAfter, incidentFile, type Naming, telling, unassigned } from '../core/import/service-now-incident.ts'
import { matrixOf } from '../core/import/service-now-priority.ts'
import {
  type ConfigurationFile,
  configurationRecords,
  gitsmYaml,
  type RepositoryFacts,
} from '../core/import/service-now-repository.ts'
import { type RefusedRow, readRow, requiredColumns, type ServiceNowRow } from '../core/import/service-now-row.ts'
import { slug, slugs } from '../core/import/slugs.ts'
import type { Data } from '../core/record.ts'
import type { World } from './world.ts'

/** What to import, and whereto. Paths are told from the folder of the world. */
export interface ImportRequest {
  /** Path of the CSV file. */
  readonly csv: string
  /** The folder of the new repository: absent or empty. */
  readonly into: string
  /** IANA zone in which the log tells its times; UTC when absent. */
  readonly timezone?: string
}

/** What came of an import. */
export interface ImportOutcome {
  /** Rows of the log, the refused ones included. */
  readonly rows: number
  /** Commits that stand for a row. */
  readonly commits: number
  readonly incidents: number
  readonly teams: number
  readonly cis: number
  /** Rows that could not be read, by line. */
  readonly refused: readonly RefusedRow[]
  /** The commit of the last row, named in `gitsm.yaml` as the boundary of the import. */
  readonly boundary: string
  /** The last commit of the repository. */
  readonly tip: string
  /** Incidents whose history counts reassignments or reopenings otherwise than the log's own columns. */
  readonly differences: CountDifferences
}

const branch = 'main'
const minute = 60

/**
 * Makes a service repository whose history replays ServiceNow's incident audit log: one commit a row, in order of
 * `sys_updated_at` over the whole log (rows of the same minute keep their order in the file), made by who updated the
 * incident at the instant of the update. One commit before them brings schemas, templates and configuration, one after
 * them names the boundary of the import. The same log gives the same commit ids everywhere.
 *
 * Rows that cannot be read are named in the outcome, and the import goes on. A `Fault` when the log cannot be read at
 * all or the folder is taken; then nothing is left behind.
 */
export async function importServiceNow(
  world: Pick<World, 'dir' | 'env' | 'packageRoot'>,
  { csv, into, timezone = 'UTC' }: ImportRequest,
): Promise<ImportOutcome> {
  const clock = localTime(timezone)
  const { rows, refused, total } = await readLog(resolve(world.dir, csv), clock)
  const facts = repositoryFacts(rows, clock.zone)
  const brought = await folderFiles(world.packageRoot, ['schemas', 'templates'])
  return newFolder(resolve(world.dir, into), async (dir) => {
    const git: GitDir = { dir, env: world.env }
    const counts = counting()
    await runGit(git, ['init', '--quiet', `--initial-branch=${branch}`, '--object-format=sha1', '--template='])
    const { tip: boundary } = await fastImport(git, replay({ rows, facts, brought, clock, counts }), { branch })
    const { tip } = await fastImport(git, [ending(rows, facts, boundary, clock)], { branch, onto: boundary })
    await runGit(git, ['reset', '--hard', '--quiet', branch])
    return {
      rows: total,
      commits: rows.length,
      incidents: new Set(rows.map(({ number }) => number)).size,
      teams: facts.naming.teams.size + 1,
      cis: facts.naming.cis.size,
      refused,
      boundary,
      tip,
      differences: counts.differences(),
    }
  })
}

interface ReadLog {
  /** In the order of their commits. */
  readonly rows: readonly [ServiceNowRow, ...ServiceNowRow[]]
  readonly refused: readonly RefusedRow[]
  readonly total: number
}

async function readLog(csv: string, clock: LocalTime): Promise<ReadLog> {
  const table = await readTable(csv, requiredColumns)
  const readings = table.rows.map(({ line, cells }) => ({ line, row: readRow(line, cells, clock) }))
  const refused = [
    ...table.unreadable,
    ...readings.flatMap(({ line, row }) => (typeof row === 'string' ? [{ line, reason: row }] : [])),
  ].sort((a, b) => a.line - b.line)
  const [first, ...rest] = readings
    .flatMap(({ row }) => (typeof row === 'string' ? [] : [row]))
    .sort((a, b) => a.at - b.at || a.line - b.line)
  if (first) return { rows: [first, ...rest], refused, total: table.rows.length + table.unreadable.length }
  const [example] = refused
  throw new Fault(`${csv} has no row that can be read${example ? `; line ${example.line}: ${example.reason}` : ''}`, {
    cure: "Give an export of ServiceNow's incident audit log, one row for each update.",
  })
}

function repositoryFacts(rows: readonly ServiceNowRow[], zone: string): RepositoryFacts {
  const named = (column: string): readonly string[] => rows.flatMap(({ texts }) => texts.get(column) ?? [])
  const naming: Naming = {
    teams: slugs(named('assignment_group'), 'group', [unassigned]),
    cis: slugs(named('cmdb_ci'), 'ci'),
    matrix: matrixOf(rows),
  }
  return { naming, zone, categories: [...new Set(named('category'))].sort(compare) }
}

interface Replay {
  readonly rows: ReadLog['rows']
  readonly facts: RepositoryFacts
  readonly brought: readonly CommittedFile[]
  readonly clock: LocalTime
  readonly counts: Counting
}

/** The configuration commit, a minute before the first row, then a commit for each row. */
function* replay({ rows, facts, brought, clock, counts }: Replay): Generator<Commit> {
  const at = rows[0].at - minute
  yield {
    ...importer(at, clock),
    message: 'Set up the repository for the imported incidents',
    files: [...brought, ...[gitsmYaml(facts), ...configurationRecords(facts)].map(text)],
  }
  const standing = new Map<string, { readonly label: string; readonly data: Data; readonly content: string }>()
  for (const row of rows) {
    const before = standing.get(row.number)
    const data = incidentAfter(row, before?.data, facts.naming)
    counts.count(row, before?.data, data)
    const file = text({ path: incidentFile(data), schema: 'schemas/incident/schema.json', data })
    yield {
      at: row.at,
      offset: clock.offset(row.at),
      by: { name: row.by, email: `${slug(row.by, 'unknown')}@servicenow.invalid` },
      message: telling(row, before?.label, before?.data, data),
      files: file.content === before?.content ? [] : [file],
    }
    standing.set(row.number, { label: row.label, data, content: file.content })
  }
}

/** The commit that names the boundary of the import, a minute after the last row. */
function ending(rows: ReadLog['rows'], facts: RepositoryFacts, until: string, clock: LocalTime): Commit {
  const at = (rows.at(-1) ?? rows[0]).at + minute
  return {
    ...importer(at, clock),
    message: 'Name the commit up to which history was imported',
    files: [text(gitsmYaml(facts, until))],
  }
}

function importer(at: number, clock: LocalTime): Pick<Commit, 'at' | 'offset' | 'by'> {
  return { at, offset: clock.offset(at), by: { name: 'GitSM import', email: 'import@gitsm.invalid' } }
}

/** The file as it is written; its first line tells editors where its schema is. */
function text({ path, schema, data }: ConfigurationFile): CommittedFile & { readonly content: string } {
  const up = '../'.repeat(path.split('/').length - 1)
  return { path, content: `# yaml-language-server: $schema=${up}${schema}\n${formatYaml(data)}` }
}
