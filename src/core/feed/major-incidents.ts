import { compare } from '../diagnostic.ts'
import { parseInstant } from '../instant.ts'
import { textAt } from '../record.ts'
import type { LifeFacts, ReportFacts } from '../report.ts'
import { nameOf, words } from '../report-page.ts'
import type { Moment } from '../timeline.ts'
import type { NewsItem } from './rss-file.ts'

/** The most items that the feed keeps. */
const longest = 50

/**
 * The news of major incidents, the newest first: that there is one, that the service is back, and that it is resolved.
 * Each is told when it was recorded. Cancelled incidents are left out.
 */
export function majorIncidentNews(facts: ReportFacts, origin: string, base?: string): readonly NewsItem[] {
  return facts.incidents
    .filter(({ data, moments }) => data['major'] === true && moments.at(-1)?.state !== 'cancelled')
    .flatMap((incident) => newsOf(facts, incident, origin, base))
    .toSorted((a, b) => b.at - a.at || compare(a.guid, b.guid))
    .slice(0, longest)
}

function newsOf(
  facts: ReportFacts,
  incident: LifeFacts,
  origin: string,
  base: string | undefined,
): readonly NewsItem[] {
  const { id, file, moments } = incident
  const declared = moments.find(({ data }) => data['major'] === true)
  const restored = moments.find(({ data }) => parseInstant(textAt(data, 'restored_at') ?? '') !== undefined)
  const resolved = moments.find(({ state }) => state === 'resolved' || state === 'closed')
  const item = (kind: string, word: string, moment: Moment): NewsItem => {
    const { data, state, recorded } = moment
    const service = nameOf(facts, 'service', textAt(data, 'service') ?? null)
    return {
      guid: `${id}.${kind}@${origin}`,
      at: recorded,
      title: `${word}: ${textAt(data, 'title') ?? id}`,
      description: [
        `${id}${service === null ? '' : `, ${service}`}, ${textAt(data, 'priority') ?? 'no priority'}: ${words(state)}.`,
        `Opened ${textAt(data, 'opened_at') ?? ''}.`,
        ...(kind === 'resolved' && textAt(data, 'resolution') !== undefined
          ? [textAt(data, 'resolution')?.trim() ?? '']
          : []),
      ].join(' '),
      categories: service === null ? [] : [service],
      ...(base !== undefined && { link: `${base}/${file.split('/').map(encodeURIComponent).join('/')}` }),
    }
  }
  return [
    ...(declared ? [item('declared', 'Major incident', declared)] : []),
    ...(restored && restored !== resolved ? [item('restored', 'Service restored', restored)] : []),
    ...(resolved ? [item('resolved', 'Resolved', resolved)] : []),
  ]
}
