import { rmSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { makeFolder, refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import { refuseShallow, repositoryRoot, resolveCommit } from '../adapters/git/revision.ts'
import { exit } from '../core/exit.ts'
import { writtenJson, writtenText } from '../render/written.ts'
import { foldersIn, forgottenFiles, placePages, reportPlace } from './report-files.ts'
import { configAt, reportPages, toldOf } from './report-pages.ts'
import type { PeriodRequest } from './report-periods.ts'
import { sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm report` is asked. */
export interface ReportOptions extends PeriodRequest {
  /** The folder to write to, instead of the configured one. */
  readonly out?: string
  /** Write nothing, and fail when what stands there is out of date. */
  readonly check: boolean
}

/** Writes the reports of some periods, or checks that they are up to date. Only files that say something else are written. */
export async function report(given: World, { out, check, ...asked }: ReportOptions): Promise<Outcome> {
  const world = { ...given, reader: given.reader ?? sharingReader() }
  const root = await repositoryRoot({ dir: world.dir, env: world.env })
  const git = { dir: root, env: world.env }
  await refuseShallow(git)
  const head = await resolveCommit(git, 'HEAD')
  const place = reportPlace(world.dir, root, out, (await configAt(world, git, head)).reports.path)
  const rendered = await reportPages(world, git, {
    ...{ head, path: place.path, folders: foldersIn(place.folder) },
    ...asked,
  })
  const pages = placePages(place, rendered.pages)
  for (const { file, text, changed } of pages) {
    if (check || !changed) continue
    refuseLinks(place.inside ? root : place.folder, file)
    makeFolder(dirname(file))
    writeAtomically(file, text)
  }
  const forgotten = forgottenFiles(place, rendered.pages)
  for (const file of check ? [] : forgotten) {
    refuseLinks(place.inside ? root : place.folder, file)
    rmSync(file)
  }
  const told = {
    ...toldOf(rendered),
    files: [
      ...pages.map(({ file, changed }) => ({
        path: relative(world.dir, file),
        state: !changed ? ('unchanged' as const) : check ? ('outdated' as const) : ('written' as const),
      })),
      ...forgotten.map((file) => ({
        path: relative(world.dir, file),
        state: check ? ('outdated' as const) : ('removed' as const),
      })),
    ],
  }
  const outdated = check && (forgotten.length > 0 || pages.some(({ changed }) => changed))
  return {
    code: outdated ? exit.findings : exit.pass,
    out: world.format === 'json' ? writtenJson(told) : writtenText(told, world.colour),
  }
}
