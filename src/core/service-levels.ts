import { always, type Calendar, calendarOf } from './calendar.ts'
import type { Config } from './config.ts'
import { compare } from './diagnostic.ts'
import { Fault } from './fault.ts'
import type { MainlineCommit, RecordHistory, Revision } from './history.ts'
import type { Instant } from './instant.ts'
import { addTo } from './lists-by-key.ts'
import type { RecordDoc } from './record.ts'
import { type Sla, slaOf } from './sla.ts'

/** The parts of the configuration that clocks rest on. */
export type ClockConfig = Pick<Config, 'calendar' | 'matrix'>

/** What was agreed from one mainline commit on, until the next edition. */
export interface SlaEdition {
  /** Absent for agreements that count as having stood from ever. */
  readonly commit?: MainlineCommit
  /** The active agreements by id, in alphabetical order. */
  readonly slas: ReadonlyMap<string, Sla>
  readonly config: ClockConfig
}

/** A calendar as it stood from an instant on. */
export interface CalendarVersion {
  readonly since: Instant
  readonly calendar: Calendar
  readonly commit?: MainlineCommit
  /** The commit that removed the calendar while this version stood; its hours go on. */
  readonly removed?: MainlineCommit
}

/** The agreements and calendars that judge clocks, as they were over the time of a mainline. */
export interface ServiceLevels {
  /** Oldest first; before the first there were no agreements. */
  readonly editions: readonly SlaEdition[]
  /** By id, oldest first; the first also counts for the time before it. */
  readonly calendars: ReadonlyMap<string, readonly CalendarVersion[]>
}

/** Agreements and calendars that count as having stood unchanged from ever: those of one tree. */
export function standingServiceLevels(records: Iterable<RecordDoc>, config: ClockConfig): ServiceLevels {
  const slas = new Map<string, Sla>()
  const calendars = new Map<string, readonly CalendarVersion[]>()
  for (const record of [...records].sort((a, b) => compare(a.id, b.id))) {
    const sla = record.type === 'sla' ? slaOf(record) : undefined
    const calendar = record.type === 'calendar' ? calendarOf(record.data) : undefined
    if (sla?.active) slas.set(record.id, sla)
    if (calendar) calendars.set(record.id, [{ since: Number.NEGATIVE_INFINITY, calendar }])
  }
  return { editions: [{ slas, config }], calendars }
}

/**
 * Agreements and calendars over time, from the histories of `sla` and `calendar` records and of the configuration
 * (oldest first; its first version also counts before its commit).
 *
 * A version that cannot be read leaves the one before it in force. A removed agreement ends with its removal; a removed
 * calendar goes on, because clocks that are bound to it still need its hours.
 */
export function serviceLevelsOver(
  histories: Iterable<RecordHistory>,
  configs: readonly { readonly commit: MainlineCommit; readonly config: ClockConfig }[],
): ServiceLevels {
  const calendars = new Map<string, CalendarVersion[]>()
  const turns: Turn[] = configs.map(({ commit, config }) => ({ commit, config }))
  for (const { type, id, revisions } of histories) {
    for (const revision of revisions) {
      if (type === 'sla') turns.push(slaTurn(id, revision))
      if (type === 'calendar' && revision.kind === 'removed') markRemoved(calendars.get(id), revision.commit)
      const calendar = type === 'calendar' && revision.kind === 'written' ? calendarOf(revision.data) : undefined
      if (!calendar) continue
      const version = { since: revision.commit.at, calendar, commit: revision.commit }
      addTo(calendars, id, version)
    }
  }
  return { editions: editions(turns, configs[0]?.config ?? { calendar: 'always' }), calendars }
}

function markRemoved(versions: CalendarVersion[] | undefined, removed: MainlineCommit): void {
  const last = versions?.pop()
  if (versions && last) versions.push({ ...last, removed })
}

type Turn =
  | { readonly commit: MainlineCommit; readonly config: ClockConfig }
  | { readonly commit: MainlineCommit; readonly id: string; readonly sla: Sla | null | undefined }

function slaTurn(id: string, revision: Revision): Turn {
  const { commit, kind, file } = revision
  if (kind === 'removed') return { commit, id, sla: null }
  const data = kind === 'written' ? revision.data : undefined
  return { commit, id, sla: data && slaOf({ type: 'sla', id, file, data }, commit.commit) }
}

function editions(turns: readonly Turn[], firstConfig: ClockConfig): readonly SlaEdition[] {
  const found: SlaEdition[] = []
  const standing = new Map<string, Sla>()
  let config = firstConfig
  for (const turn of turns.toSorted((a, b) => a.commit.position - b.commit.position)) {
    if ('config' in turn) config = turn.config
    else if (turn.sla) standing.set(turn.id, turn.sla)
    else if (turn.sla === null) standing.delete(turn.id)
    const active = [...standing].filter(([, { active }]) => active).sort(([a], [b]) => compare(a, b))
    if (found.at(-1)?.commit?.position === turn.commit.position) found.pop()
    found.push({ commit: turn.commit, slas: new Map(active), config })
  }
  return found
}

/** The edition in force at a position of the mainline; `undefined` before the first. */
export function editionAt({ editions }: ServiceLevels, position: number): SlaEdition | undefined {
  return editions.findLast(({ commit }) => commit === undefined || commit.position <= position)
}

/** The version of a calendar in force at an instant; the first for the time before it. */
export function calendarAt(levels: ServiceLevels, id: string, at: Instant): CalendarVersion {
  const versions = versionsOf(levels, id)
  return versions.findLast(({ since }) => since <= at) ?? versions[0]
}

/** `[from, until)` cut where the calendar was edited, each piece with the version in force. */
export function calendarOver(
  levels: ServiceLevels,
  id: string,
  from: Instant,
  until: Instant,
): readonly CalendarPiece[] {
  const edits = versionsOf(levels, id).filter(({ since }) => from < since && since < until)
  const cuts = [...new Set([from, ...edits.map(({ since }) => since), until])]
  return cuts.slice(0, -1).map((cut, index) => ({
    from: cut,
    until: cuts[index + 1] ?? until,
    version: calendarAt(levels, id, cut),
  }))
}

/** A stretch of time under one version of a calendar. */
export interface CalendarPiece {
  readonly from: Instant
  readonly until: Instant
  readonly version: CalendarVersion
}

function versionsOf({ calendars }: ServiceLevels, id: string): readonly [CalendarVersion, ...CalendarVersion[]] {
  if (id === 'always') return [builtIn]
  const [first, ...later] = calendars.get(id) ?? []
  if (first) return [first, ...later]
  throw new Fault(`calendar ${id} does not exist`, {
    cure: `Add records/calendar/${id}.yaml, or correct what names it; gitsm validate finds it`,
  })
}

const builtIn: CalendarVersion = { since: Number.NEGATIVE_INFINITY, calendar: always }
