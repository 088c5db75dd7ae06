import { dirname, relative, resolve } from 'node:path'
import { makeFolder, refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import { repositoryRoot, resolveCommit } from '../adapters/git/revision.ts'
import { readTree } from '../adapters/git/tree.ts'
import { compare } from '../core/diagnostic.ts'
import { exit } from '../core/exit.ts'
import { type Export, type ExportPart, exportParts } from '../core/export.ts'
import { Fault } from '../core/fault.ts'
import { calendarDays } from '../core/feed/schedule.ts'
import { findType } from '../core/find-type.ts'
import type { Instant } from '../core/instant.ts'
import { judgedPaths } from '../core/record-path.ts'
import { forwardSchedule } from '../core/report-change-schedule.ts'
import { readings } from '../core/sla-reading.ts'
import { toldLife } from '../core/told-life.ts'
import { counted } from '../render/counted.ts'
import { exportCsv, exportedText, exportNdjson } from '../render/export.ts'
import { type Clocks, gatherClocks, inOrder } from './clocks.ts'
import { changeCalendar } from './report-feeds.ts'
import { type ReportTree, readReportTree, reportTrees } from './report-tree.ts'
import { sayEvidence } from './say-evidence.ts'
import { sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm export` is asked. */
export interface ExportOptions {
  /** Record types; all of them when empty. */
  readonly types: readonly string[]
  /** What to tell of the records; all of it when empty, of a table its records. */
  readonly parts: readonly ExportPart[]
  /** The file to write to; printed where left out. */
  readonly out?: string
}

/**
 * Hands the records, their timelines and their readings to other programs, or the change calendar to a calendar, as the
 * mainline up to HEAD tells of them: as of the newest commit unless an instant is named, so that a commit always gives
 * the same bytes.
 */
export async function exportData(world: World, { types, parts, out }: ExportOptions): Promise<Outcome> {
  const { format } = world
  refuseMismatch(format, types, parts)
  const { clocks, tree, asOf } = await gather(world)
  for (const type of types) findType(type, tree.rulebook.types)
  sayEvidence(world, clocks.history.evidence)
  if (format === 'ics') {
    const schedule = forwardSchedule({ tree: tree.records, rulebook: tree.rulebook }, asOf, calendarDays)
    const { work, freezes, maintenance } = schedule
    const told = [
      counted(work.length, 'change'),
      counted(freezes.length, 'freeze'),
      counted(maintenance.length, 'maintenance window'),
    ].join(', ')
    return hand(world, out, changeCalendar(tree.rulebook.config, schedule, clocks), told)
  }
  const [part = 'records'] = parts
  const wanted = format === 'csv' ? [part] : parts
  const found = exported(clocks, tree, asOf, types, wanted)
  if (found.unreadable.length > 0) world.say(`${found.unreadable.length} more cannot be read: gitsm validate tells why`)
  return hand(world, out, format === 'csv' ? exportCsv(part, found) : exportNdjson(found), exportedText(found))
}

function refuseMismatch(format: World['format'], types: readonly string[], parts: readonly ExportPart[]): void {
  if (format === 'ics' && (types.length > 0 || parts.length > 0)) {
    throw new Fault('A calendar holds changes and windows, so that it takes neither types nor --what', {
      cure: 'Leave them out, or use --format ndjson or csv',
    })
  }
  if (format === 'csv' && new Set(parts).size > 1) {
    throw new Fault('A table holds rows of one kind', { cure: 'Give --what once, or use --format ndjson' })
  }
}

interface Gathered {
  readonly clocks: Clocks
  readonly tree: ReportTree
  readonly asOf: Instant
}

async function gather(world: World): Promise<Gathered> {
  const { reader = sharingReader() } = world
  const git = { dir: await repositoryRoot({ dir: world.dir, env: world.env }), env: world.env }
  const commit = await resolveCommit(git, 'HEAD')
  const clocks = await gatherClocks(world, commit)
  const fetched = { commit, tree: await readTree(git, commit, judgedPaths), reader }
  const newest = await readReportTree(git, fetched)
  const asOf = world.asOf ?? clocks.history.commits.at(-1)?.at ?? 0
  return { clocks, tree: await reportTrees(git, clocks, { ...fetched, ...newest })(asOf), asOf }
}

function exported(
  { tip, history, levels, records: lived }: Clocks,
  { records, unreadable }: ReportTree,
  asOf: Instant,
  types: readonly string[],
  parts: readonly ExportPart[],
): Export {
  const holds = (part: ExportPart): boolean => parts.length === 0 || parts.includes(part)
  const isWanted = (type: string): boolean => types.length === 0 || types.includes(type)
  const own = lived.filter(({ type }) => isWanted(type))
  const lives = own.flatMap(({ type, id }) => {
    const record = history.records.get(`${type}/${id}`)
    const life = record && holds('timelines') ? toldLife(record, asOf) : undefined
    return life && life.stretches.length > 0 ? [{ type, ...life }] : []
  })
  return {
    commit: tip,
    asOf,
    parts: exportParts.filter(holds),
    records: holds('records') ? records.all.filter(({ type }) => isWanted(type)).toSorted(inOrder) : [],
    unreadable: [...unreadable]
      .filter((key) => holds('records') && isWanted(key.split('/', 1)[0] ?? ''))
      .toSorted(compare),
    lives,
    readings: holds('readings')
      ? own.flatMap((record) => readings(record, levels, asOf).map((reading) => ({ ...reading, type: record.type })))
      : [],
    evidence: history.evidence,
  }
}

/** Prints an export, or writes it to a file and tells what it holds. */
async function hand(world: World, out: string | undefined, text: string, told: string): Promise<Outcome> {
  if (out === undefined) return { code: exit.pass, out: text }
  const root = await repositoryRoot({ dir: world.dir, env: world.env })
  const file = resolve(world.dir, out)
  refuseLinks(relative(root, file).startsWith('..') ? dirname(file) : root, file)
  makeFolder(dirname(file))
  writeAtomically(file, text)
  return { code: exit.pass, out: `${out}: ${told}\n` }
}
