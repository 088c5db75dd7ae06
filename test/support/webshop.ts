import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeclaredCommit, repositoryIn, type TestRepo, temporaryFolder } from './repo.ts'
import { isProcessRecord, shippedFiles } from './shipped.ts'

/** The first line that tells an editor the schema of an incident filed by month. */
const schemaLine = '# yaml-language-server: $schema=../../../../schemas/incident/schema.json\n'

/** An incident of the web shop as a file: `id` and `state`, then the fields given, over ones that make it valid. */
export function incident(id: string, state: string, fields: Readonly<Record<string, string>> = {}): string {
  const all = {
    title: 'Checkout is slow',
    service: 'webshop',
    impact: 'medium',
    urgency: 'medium',
    priority: 'P3',
    reporter: 'ada',
    opened_at: '2026-03-02T09:00:00Z',
    ...fields,
  }
  const lines = Object.entries(all).map(([field, value]) => `${field}: ${value}`)
  return `${schemaLine}id: ${id}\nstate: ${state}\n${lines.join('\n')}\n`
}

/** Where an incident opened in March 2026 is filed. */
export function incidentFile(id: string): string {
  return `records/incident/2026/03/${id}.yaml`
}

const start = '2026-01-01T00:00:00Z'

/** The example organisation without its process records, committed once and copied for each test. */
let template: string | undefined

/** The repository that those of the tests are copies of; nobody may change it. */
export function webshopTemplate(): { readonly dir: string } {
  return { dir: shopTemplate() }
}

function shopTemplate(): string {
  if (template !== undefined) return template
  const dir = mkdtempSync(join(tmpdir(), 'gitsm-webshop-'))
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
  const files = shippedFiles.filter(({ path }) => !isProcessRecord(path))
  const repo = repositoryIn(dir)
  // Every test copies this folder, and few files are copied faster.
  repo.git(['init', '--quiet', '--initial-branch=main', '--template='])
  const write = Object.fromEntries(files.map(({ path, bytes }) => [path, bytes]))
  repo.commit({ at: start, say: 'Set up the repository', write })
  repo.git(['config', 'user.name', 'ada'])
  repo.git(['config', 'user.email', 'ada@example.invalid'])
  repo.git(['repack', '-a', '-d', '--quiet'])
  template = dir
  return dir
}

/**
 * A repository of the example organisation: its rules and configuration records committed on 1 January 2026 (without
 * incidents, changes and other process records), then the commits given. Who works there is Ada.
 */
export function webshop(...history: readonly DeclaredCommit[]): TestRepo {
  const dir = temporaryFolder()
  cpSync(shopTemplate(), dir, { recursive: true })
  const repo = repositoryIn(dir)
  repo.tell(history)
  return repo
}
