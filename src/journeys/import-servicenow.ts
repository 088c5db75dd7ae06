import { resolve } from 'node:path'
import { type Commit, type CommittedFile, fastImport } from '../adapters/fast-import.ts'
import { folderFiles } from '../adapters/folder-files.ts'
import { type GitDir, runGit } from '../adapters/git/run.ts'
import { newFolder } from '../adapters/new-folder.ts'
import { formatYaml } from '../adapters/yaml/format.ts'
import { exit } from '../core/exit.ts'
import type { ImportOutcome } from '../core/import/import-outcome.ts'
import { type LocalTime, localTime } from '../core/import/local-time.ts'
import { type Counting, counting } from '../core/import/service-now-counts.ts'
import { incidentAfter, telling } from '../core/import/service-now-incident.ts'
import {
  configurationRecords,
  gitsmYaml,
  incidentFile,
  type RepositoryFacts,
  type RepositoryFile,
  repositoryFacts,
} from '../core/import/service-now-repository.ts'
import { slug } from '../core/import/slugs.ts'
import type { Data } from '../core/record.ts'
import { importText } from '../render/import.ts'
import { json } from '../render/json.ts'
import { readLog, type ServiceNowLog } from './servicenow-log.ts'
import type { Outcome, World } from './world.ts'

/** What to import, and whereto. Paths are told from the folder of the world. */
export interface ImportRequest {
  /** Path of the CSV file. */
  readonly csv: string
  /** The folder of the new repository: absent or empty. */
  readonly into: string
  /** IANA zone in which the log tells its times; UTC when absent. */
  readonly timezone?: string
}

/** Imports and says what came of it. Refused rows are named and do not make the import fail. */
export async function runServiceNowImport(
  world: Pick<World, 'dir' | 'env' | 'packageRoot' | 'format' | 'progress'>,
  request: ImportRequest,
): Promise<Outcome> {
  const outcome = await importServiceNow(world, request)
  return { code: exit.pass, out: world.format === 'json' ? json(outcome) : importText(outcome, request.into) }
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
  world: Pick<World, 'dir' | 'env' | 'packageRoot' | 'progress'>,
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
    const { tip: boundary } = await fastImport(
      git,
      replay({ rows, facts, brought, clock, counts, progress: world.progress }),
      { branch },
    )
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

interface Replay {
  readonly rows: ServiceNowLog['rows']
  readonly facts: RepositoryFacts
  readonly brought: readonly CommittedFile[]
  readonly clock: LocalTime
  readonly counts: Counting
  readonly progress: World['progress']
}

/** The configuration commit, a minute before the first row, then a commit for each row. */
function* replay({ rows, facts, brought, clock, counts, progress }: Replay): Generator<Commit> {
  const at = rows[0].at - minute
  yield {
    ...importer(at, clock),
    message: 'Set up the repository for the imported incidents',
    files: [...brought, ...[gitsmYaml(facts), ...configurationRecords(facts)].map(text)],
  }
  const standing = new Map<string, { readonly label: string; readonly data: Data; readonly content: string }>()
  for (const [index, row] of rows.entries()) {
    progress?.('Writing the history', index, rows.length)
    const before = standing.get(row.number)
    const data = incidentAfter(row, before?.data, facts.naming)
    counts.count(row, before?.data, data)
    const file = text(incidentFile(data, facts))
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
function ending(rows: ServiceNowLog['rows'], facts: RepositoryFacts, until: string, clock: LocalTime): Commit {
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
function text({ path, schema, data }: RepositoryFile): CommittedFile & { readonly content: string } {
  const up = '../'.repeat(path.split('/').length - 1)
  return { path, content: `# yaml-language-server: $schema=${up}${schema}\n${formatYaml(data)}` }
}
