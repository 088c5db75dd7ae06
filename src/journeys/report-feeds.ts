import type { Config } from '../core/config.ts'
import { calendarFile } from '../core/feed/calendar-file.ts'
import { feedFiles } from '../core/feed/feed-files.ts'
import { majorIncidentNews } from '../core/feed/major-incidents.ts'
import { rssFile } from '../core/feed/rss-file.ts'
import { calendarDays, type EditionOf, scheduleEvents } from '../core/feed/schedule.ts'
import { statusOf } from '../core/feed/status.ts'
import type { RenderedReport, ReportFacts } from '../core/report.ts'
import { type ForwardSchedule, forwardSchedule } from '../core/report-change-schedule.ts'
import { json } from '../render/json.ts'
import type { History } from './history.ts'

/** What the feeds need of the history: which repository it is, and how often a record was said otherwise. */
interface Told {
  readonly history: Pick<History, 'commits' | 'records'>
}

/** What programs read beside the pages: how services are, what is planned, and news of major incidents. */
export function feedsOf(facts: ReportFacts, { history }: Told): readonly RenderedReport[] {
  const { config, asOf } = facts
  const { path, url } = config.reports
  const origin = originOf({ history })
  const schedule = forwardSchedule(facts, asOf, calendarDays)
  const head = {
    title: `${config.organisation}: major incidents`,
    link: url ?? `urn:gitsm:${origin}`,
    description: 'That there is a major incident, that its service is back, and that it is resolved.',
    at: asOf,
  }
  return [
    { path: `${path}/${feedFiles.status.file}`, text: json(statusOf(facts, schedule)) },
    { path: `${path}/${feedFiles.schedule.file}`, text: changeCalendar(config, schedule, { history }) },
    { path: `${path}/${feedFiles.majorIncidents.file}`, text: rssFile(head, majorIncidentNews(facts, origin, url)) },
  ]
}

/** The change calendar: what is planned from the begin of a schedule on, as it was known then. */
export function changeCalendar(
  { organisation }: Pick<Config, 'organisation'>,
  schedule: ForwardSchedule,
  { history }: Told,
): string {
  const editionOf: EditionOf = (type, id) => {
    const revisions = history.records.get(`${type}/${id}`)?.revisions ?? []
    const known = revisions.filter(({ commit }) => commit.at <= schedule.span.from)
    const last = known.at(-1)
    return last && { at: last.commit.at, count: known.length }
  }
  return calendarFile(`${organisation}: changes`, scheduleEvents(schedule, originOf({ history }), editionOf))
}

/** A name of the repository that it keeps for ever: its first commit. */
export function originOf({ history }: Told): string {
  return `${history.commits[0]?.commit.slice(0, 12) ?? 'empty'}.gitsm`
}
