import { type Share, type Spread, shareOf, spreadOf } from '../kpi-figure.ts'
import { resolveTimes } from '../kpi-incident.ts'
import { clocksOf, tallyClocks } from '../kpi-sla.ts'
import { type Disruptions, disruptionsOf } from '../report-disruption.ts'
import { nameOf } from '../report-page.ts'
import type { Analysed } from './analysed.ts'
import type { Basis } from './basis.ts'
import type { Commitment } from './commitments.ts'
import { type Downtime, downtimesOf } from './downtime.ts'
import type { Measure } from './measure.ts'
import { type Owners, ownersOf, type TeamLine, teamsOf } from './owners.ts'
import type { Processed } from './processed.ts'

/** What became of some commitments, for a sentence. */
export interface Kept {
  /** Reached, of those with an objective and with data. */
  readonly reached: Share
  /** Those missed by most clocks, beyond chance first. */
  readonly missed: readonly Commitment[]
  readonly missedMore: number
}

/** Step 6: the half page for a manager, then what owners and teams want to know. */
export interface Presented {
  readonly opened: number
  readonly resolved: number
  readonly backlog: number
  /** Incidents opened in the earlier periods of the trend. */
  readonly openedBefore: number
  /** How the number opened stands to the limits of the earlier periods; `null` where there are none. */
  readonly usual: 'usual' | 'more' | 'fewer' | null
  readonly resolveTime: Spread
  /** The service that was down longest; `null` where none was. */
  readonly downtime: (Downtime & { readonly name: string | null }) | null
  /** Whether that service is down at the end of the period. */
  readonly downStill: boolean
  /** The services that are down at the end of the period, and open major incidents beside them. */
  readonly disruptions: Pick<Disruptions, 'down' | 'otherMajors'>
  /** How many other services were down, and whether each of them was for less time. */
  readonly otherDowntimes: number
  readonly downLongest: boolean
  readonly promised: Kept
  readonly assumed: Kept
  /** Between teams, and with suppliers. */
  readonly backing: Kept
  readonly overdue: number
  readonly atRisk: number
  /** Clocks of records that were filed after the fact. */
  readonly retrospective: Share
  /** The columns of a series that move together most closely; `null` where none do. */
  readonly link: Analysed['links']['told'][number] | null
  /** The part of the week that stands out most; `null` where none does. */
  readonly peak: Analysed['rhythm']['peaks'][number] | null
  /** The parts of the week whose share is another one in the period than before. */
  readonly peaksChanged: Analysed['rhythm']['peaks']
  readonly repeat: Analysed['repeats']['groups'][number] | null
  readonly owners: Owners & { readonly fold: boolean }
  readonly teams: { readonly lines: readonly TeamLine[]; readonly more: number; readonly fold: boolean }
}

const mostMissed = 2
/** Tables longer than this are folded. */
const foldFrom = 12
const longestList = 50

/** Says what matters first. */
export function presentedOf(
  basis: Basis,
  { promised, assumed }: Measure,
  processed: Processed,
  analysed: Analysed,
): Presented {
  const { facts, now, trend } = basis
  const standing = tallyClocks(clocksOf(facts), facts.period)
  const [longest, ...otherDowntimes] = downtimesOf(basis)
  const { down, otherMajors } = disruptionsOf({ ...facts, asOf: now.end }, 'csi')
  const [owners, teams] = [ownersOf(basis), teamsOf(basis)]
  const isSla = ({ kind }: Commitment): boolean => kind === 'SLA'
  return {
    opened: now.opened.length,
    resolved: now.resolved.length,
    backlog: now.open.length,
    openedBefore: trend.slice(0, -1).reduce((sum, { opened }) => sum + opened.length, 0),
    usual: usualOf(processed),
    resolveTime: spreadOf(resolveTimes(now)),
    downtime: longest ? { ...longest, name: nameOf(facts, 'service', longest.service) } : null,
    downStill: longest !== undefined && down.shown.some(({ id }) => id === longest.service),
    disruptions: { down, otherMajors },
    otherDowntimes: otherDowntimes.length,
    downLongest: otherDowntimes.every(({ time }) => time < (longest?.time ?? 0)),
    promised: keptOf(promised.filter(isSla)),
    assumed: keptOf(assumed),
    backing: keptOf(promised.filter((each) => !isSla(each))),
    overdue: standing.overdue.length,
    atRisk: standing.atRisk.length,
    retrospective: standing.retrospective,
    link: analysed.links.told.find(({ other }) => other !== null) ?? null,
    peak: analysed.rhythm.peaks[0] ?? null,
    peaksChanged: analysed.rhythm.peaks.filter(({ change }) => change === 'fewer' || change === 'more'),
    repeat: analysed.repeats.groups[0] ?? null,
    owners: { ...owners, fold: owners.told > foldFrom },
    teams: {
      lines: teams.slice(0, longestList),
      more: Math.max(0, teams.length - longestList),
      fold: teams.length > foldFrom,
    },
  }
}

/** Counts the commitments that were reached, and picks those that were missed most. */
export function keptOf(commitments: readonly Commitment[]): Kept {
  const measured = commitments.filter(({ reached }) => reached !== null)
  const missed = measured
    .filter(({ reached }) => reached === false)
    .sort((a, b) => Number(b.beyondChance) - Number(a.beyondChance) || b.short - a.short)
  return {
    reached: shareOf(measured, ({ reached }) => reached === true),
    missed: missed.slice(0, mostMissed),
    missedMore: Math.max(0, missed.length - mostMissed),
  }
}

function usualOf({ table }: Processed): Presented['usual'] {
  const verdict = table.counts.find(({ kpi }) => kpi === 'opened')?.comparison.verdict
  if (verdict === 'same') return 'usual'
  return verdict === 'higher' ? 'more' : verdict === 'lower' ? 'fewer' : null
}
