import { resolve } from 'node:path'
import { digestOf } from '../adapters/git/ledger-branch.ts'
import { contentAt } from '../adapters/git/revision.ts'
import { newFolder } from '../adapters/new-folder.ts'
import { type FileText, writeTogether } from '../adapters/write-together.ts'
import type { Audit } from '../core/audit/audit.ts'
import { compare } from '../core/diagnostic.ts'
import { auditJson } from '../render/audit.ts'
import { auditMarkdown } from '../render/audit-markdown.ts'
import { packJson, packText } from '../render/audit-pack.ts'
import type { World } from './world.ts'

/**
 * Writes the pack into a folder of its own: the page, its data, the file of each sampled record as the period left it,
 * the evidence of each decision that it speaks of, and the digests of all of them.
 */
export async function writeAuditPack(world: World, out: string, told: Audit): Promise<string> {
  const files = [
    { path: 'audit.md', text: auditMarkdown(told) },
    { path: 'audit.json', text: auditJson(told) },
    ...(await recordFiles(world, told)),
    ...(await decisionFiles(world, told)),
  ].toSorted((a, b) => compare(a.path, b.path))
  const sums = files.map(({ path, text }) => `${digestOf(text).slice('sha256:'.length)}  ${path}\n`)
  const all = [...files, { path: 'SHA256SUMS', text: sums.join('') }]
  await newFolder(resolve(world.dir, out), async (folder) => writeTogether(folder, all))
  const pack = { audit: told, out, files: all.map(({ path }) => path) }
  return world.format === 'json' ? packJson(pack) : packText(pack, world.colour)
}

async function recordFiles({ dir, env }: World, { sample }: Audit): Promise<readonly FileText[]> {
  const files = await Promise.all(
    sample.map(async ({ type, id, file, at }) => {
      const bytes = file === undefined || !at ? undefined : await contentAt({ dir, env }, at.commit, file)
      return bytes ? [{ path: `records/${plain(type)}/${plain(id)}.yaml`, text: bytes.toString('utf8') }] : []
    }),
  )
  return files.flat()
}

async function decisionFiles({ dir, env }: World, { ledger, decisions, sample }: Audit): Promise<readonly FileText[]> {
  if (!ledger) return []
  const paths = new Set(
    [...decisions, ...sample.flatMap((each) => each.decisions)].map(({ decision }) => decision.file),
  )
  const files = await Promise.all(
    Array.from(paths, async (path) => {
      const bytes = await contentAt({ dir, env }, ledger.commit, path)
      const name = path.split('/').map(plain).join('/')
      return bytes ? [{ path: name, text: bytes.toString('utf8') }] : []
    }),
  )
  return files.flat()
}

/** A name from a repository as one that every disk takes, and that leads nowhere else. */
function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_')
}
