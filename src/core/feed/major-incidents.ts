import { compare } from '../diagnostic.ts'
import { type Instant, parseInstant } from '../instant.ts'
import { isResolved } from '../kpi-life.ts'
import { textAt } from '../record.ts'
import type { LifeFacts, ReportFacts } from '../report.ts'
import { nameOf, words } from '../report-page.ts'
import type { Moment } from '../timeline.ts'
import type { NewsItem } from './rss-file.ts'

/** The most items that the feed keeps. */
const longest = 50

/**
 * The news of major incidents, the newest first: that there is one, that the service is back, that it is resolved, and
 * that it was opened again. Each is told when it was recorded. Cancelled incidents are left out.
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
  const turns = turnsSince(moments, declared?.recorded ?? 0)
  const [resolved, reopened] = [turns.filter(({ isOver }) => isOver), turns.filter(({ isOver }) => !isOver)]
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
        ...(isResolved(state) && textAt(data, 'resolution') !== undefined
          ? [textAt(data, 'resolution')?.trim() ?? '']
          : []),
      ].join(' '),
      categories: service === null ? [] : [service],
      ...(base !== undefined && { link: `${base}/${file.split('/').map(encodeURIComponent).join('/')}` }),
    }
  }
  return [
    ...(declared ? [item('declared', 'Major incident', declared)] : []),
    ...(restored && restored !== resolved[0]?.moment ? [item('restored', 'Service restored', restored)] : []),
    ...resolved.map(({ moment }, index) => item(numbered('resolved', index), 'Resolved', moment)),
    ...reopened.map(({ moment }, index) => item(numbered('reopened', index), 'Reopened', moment)),
  ]
}

/** A step with which an incident was over, or open again. */
interface Turn {
  readonly moment: Moment
  readonly isOver: boolean
}

/** The turns recorded from an instant on, and the one before it where the incident was over by then. */
function turnsSince(moments: readonly Moment[], from: Instant): readonly Turn[] {
  const turns: Turn[] = []
  for (const moment of moments.filter(({ state }) => state !== 'cancelled')) {
    const isOver = isResolved(moment.state)
    if (isOver !== (turns.at(-1)?.isOver ?? false)) turns.push({ moment, isOver })
  }
  const first = turns.findIndex(({ moment }) => moment.recorded >= from)
  const later = first < 0 ? turns.length : first
  return turns.slice(turns[later - 1]?.isOver ? later - 1 : later)
}

/** What names the first of its kind stays as it is; a reader has seen it. */
function numbered(kind: string, index: number): string {
  return index === 0 ? kind : `${kind}.${index + 1}`
}
