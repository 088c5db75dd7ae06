import { type TeamTime, teamTimes } from '../core/assignment-time.ts'
import { type EvidenceAccount, timeQuality, timeQualityText } from '../core/evidence-account.ts'
import { exactDuration, formatInstant, type Instant, type Seconds } from '../core/instant.ts'
import { believedText } from '../core/ledger/believed.ts'
import { inlineText } from '../core/markdown.ts'
import { farthest, skewText } from '../core/recording-skew.ts'
import type { Stretch } from '../core/timeline.ts'
import type { ToldLife } from '../core/told-life.ts'
import { instantText } from './account-table.ts'
import { doubtJson, evidenceJson, provenanceText } from './evidence.ts'
import { json } from './json.ts'
import { tableMarkdown } from './markdown-table.ts'
import { columns, paint, printable } from './terminal.ts'

/** The life of a record, and what the times in it rest on. */
export interface RecordLife extends ToldLife {
  /** Until when what lasts is counted. */
  readonly asOf: Instant
  readonly evidence: EvidenceAccount
}

/** A timeline as the JSON of DESIGN.md §4. */
export function timelineJson(life: RecordLife): string {
  const { id, asOf, evidence } = life
  return json({ id, asOf: formatInstant(asOf), ...lifeJson(life, asOf), evidence: evidenceJson(evidence) })
}

/**
 * Entries and assignments of a life as JSON. The `skew` is the farthest of its entries; `teams` adds assignments up.
 */
export function lifeJson({ stretches, assignments, retrospective }: ToldLife, asOf: Instant): object {
  return {
    retrospective,
    skew: farthest(stretches.flatMap(skewsOf)),
    entries: stretches.map(entryJson),
    assignments: assignments.map(({ team, from, until, commit }) => ({
      team,
      from: formatInstant(from),
      until: until === null ? null : formatInstant(until),
      commit: commit.commit,
      by: commit.by,
      provenance: commit.provenance,
      ...(commit.doubt && { doubt: doubtJson(commit.doubt) }),
    })),
    teams: teamTimes(assignments, asOf),
  }
}

/** One entry of a timeline; `holdReason`, `gap`, and `declared` with its `skew` in seconds only where there is one. */
export function entryJson(stretch: Stretch): object {
  const { state, from, until, declared, commit, by, provenance, doubt, holdReason, gap } = stretch
  return {
    state,
    from: formatInstant(from),
    until: until === null ? null : formatInstant(until),
    commit,
    by,
    provenance,
    ...(doubt && { doubt: doubtJson(doubt) }),
    ...(holdReason === undefined ? {} : { holdReason }),
    ...(gap === undefined ? {} : { gap }),
    ...(declared === undefined ? {} : { declared: formatInstant(declared), skew: from - declared }),
  }
}

function skewsOf({ from, declared }: Stretch): readonly Seconds[] {
  return declared === undefined ? [] : [from - declared]
}

/** A timeline as a table: one line a stretch, times in UTC. */
export function timelineText(life: RecordLife, colour: boolean): string {
  const { id, asOf, stretches, assignments, retrospective, evidence } = life
  const { bold, dim, yellow } = paint(colour)
  const rows = stretches.map(({ state, holdReason, gap, from, until, commit, by, provenance, doubt }) => [
    gap === undefined ? `${state}${holdReason ? ` (${holdReason})` : ''}` : yellow(`unknown: ${printable(gap)}`),
    instantText(from),
    until === null ? 'still' : instantText(until),
    until === null ? '' : exactDuration(until - from),
    printable(by),
    dim(commit.slice(0, 10)),
    doubt ? yellow(provenanceText({ provenance, doubt })) : dim(provenance),
  ])
  const head = ['state', 'from (UTC)', 'until', 'for', 'by', 'commit', 'time'].map(dim)
  const known = timeQualityText(timeQuality(stretches.map(({ provenance }) => provenance)))
  const ledger = evidence.believed && printable(believedText(evidence.believed))
  const notes = [known, teamsText(teamTimes(assignments, asOf)), skewText(stretches.flatMap(skewsOf)), ledger]
  const foot = notes.filter((note) => note !== undefined).map((note) => `${dim(note)}\n`)
  return `${bold(id)}${filedLate({ stretches, retrospective })}\n${columns([head, ...rows], [3])}\n${foot.join('')}`
}

/** The same as a page in Markdown. */
export function timelineMarkdown({ id, asOf, stretches, assignments, retrospective, evidence }: RecordLife): string {
  const rows = stretches.map((stretch) => [
    stretch.gap === undefined
      ? `${stretch.state}${stretch.holdReason ? ` (${stretch.holdReason})` : ''}`
      : `unknown: ${stretch.gap}`,
    instantText(stretch.from),
    stretch.until === null ? 'still' : instantText(stretch.until),
    stretch.until === null ? '' : exactDuration(stretch.until - stretch.from),
    stretch.by,
    stretch.commit.slice(0, 10),
    provenanceText(stretch),
  ])
  const notes = [
    timeQualityText(timeQuality(stretches.map(({ provenance }) => provenance))),
    teamsText(teamTimes(assignments, asOf)),
    skewText(stretches.flatMap(skewsOf)),
    evidence.believed && believedText(evidence.believed),
  ].filter((note) => note !== undefined)
  const late = filedLate({ stretches, retrospective }).trim()
  const parts = [
    `# ${inlineText(id)}`,
    ...(late === '' ? [] : [inlineText(late)]),
    tableMarkdown(['state', 'from (UTC)', 'until', 'for', 'by', 'commit', 'time'], rows, [3]),
    ...notes.map((note) => inlineText(`${note}.`)),
  ]
  return `${parts.join('\n\n')}\n`
}

/** What the first line must say of a record that was not filed as it happened. */
function filedLate({ stretches, retrospective }: Pick<RecordLife, 'stretches' | 'retrospective'>): string {
  const [birth] = stretches
  const late = birth?.declared === undefined ? 0 : birth.from - birth.declared
  const told = [
    ...(retrospective ? ['retrospective: filed after the fact'] : []),
    ...(birth?.declared !== undefined && late > 0
      ? [`said to have begun ${instantText(birth.declared)}, ${exactDuration(late)} before it was filed`]
      : []),
  ]
  return told.length === 0 ? '' : `  ${told.join('; ')}`
}

function teamsText(times: readonly TeamTime[]): string | undefined {
  const told = times.map(({ team, seconds, assignments }) => {
    return `${printable(team)} ${exactDuration(seconds)}${assignments > 1 ? ` (${assignments} times)` : ''}`
  })
  return told.length === 0 ? undefined : `Open with ${told.join(', ')}`
}
