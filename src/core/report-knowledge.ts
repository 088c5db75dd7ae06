import { isInUse, isPast, outdatedBecause } from './article.ts'
import { compare } from './diagnostic.ts'
import { indexRecords } from './facts.ts'
import type { Share } from './kpi-figure.ts'
import { countedIncidents, type Life, lifeUntil, valueIn } from './kpi-life.ts'
import { addTo } from './lists-by-key.ts'
import { isWithin } from './period.ts'
import { type Data, textAt, textsAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { nameOf, type RecordLink, recordLink, words } from './report-page.ts'
import { endOf, enteredWithin, type Standing, standing } from './report-standing.ts'

/** An article that its owner should look at, and why. */
export interface ArticleToRead extends RecordLink {
  readonly owner: string | null
  readonly why: string
  /** Whether it is too late already: people may be told what does not hold. */
  readonly isOverdue: boolean
}

/** How often an article helped in the period. */
export interface UsedArticle {
  readonly id: string
  /** `null` for an article that is no record here. */
  readonly link: RecordLink | null
  readonly kind: string | null
  /** Incidents resolved in the period that name it. */
  readonly incidents: number
  /** Requests fulfilled in the period that name it. */
  readonly requests: number
}

/** Incidents of one service and category for which nothing is written down. */
export interface KnowledgeGap {
  readonly service: string | null
  readonly category: string | null
  /** Opened in the period. */
  readonly incidents: number
  readonly latest: RecordLink
}

/** What is known of the articles at the end of a period, and what they were good for in it. */
export interface KnowledgeFigures {
  readonly states: readonly { readonly state: string; readonly count: number }[]
  readonly n: number
  readonly inUse: number
  readonly published: readonly RecordLink[]
  readonly retired: readonly RecordLink[]
  readonly toRead: readonly ArticleToRead[]
  readonly used: readonly UsedArticle[]
  /** Articles in use that nobody named in the period. */
  readonly unused: number
  readonly gaps: readonly KnowledgeGap[]
  /** Of the groups of incidents that are large enough, those that an article in use is about. */
  readonly covered: Share
}

/** From how many incidents of one service and category on an article is missed. */
export const fewestForGap = 3

/** How many days ahead reviews and ends of validity are told. */
export const daysAhead = 30

const order = ['draft', 'review', 'scheduled', 'published', 'pending_retirement', 'retired']

/** The state of knowledge at the end of a period. */
export function knowledgeFigures(facts: ReportFacts, page: string): KnowledgeFigures {
  const articles = standing(facts, 'knowledge', facts.period)
  const inUse = articles.filter(isInUse)
  const used = usedArticles(facts, page, articles)
  const named = new Set(used.map(({ id }) => id))
  const groups = incidentGroups(facts)
  const gaps = groups.filter(([first]) => first && !inUse.some((article) => isAbout(article, first.data)))
  const link = (article: Standing): RecordLink => recordLink(facts, page, article)
  return {
    states: order.flatMap((state) => {
      const count = articles.filter((article) => article.state === state).length
      return count > 0 ? [{ state: words(state), count }] : []
    }),
    n: articles.length,
    inUse: inUse.length,
    published: enteredWithin(facts.period, articles, ['published']).map(link),
    retired: enteredWithin(facts.period, articles, ['retired']).map(link),
    toRead: articlesToRead(facts, page, articles),
    used,
    unused: inUse.filter(({ id }) => !named.has(id)).length,
    gaps: gaps.flatMap((lives) => gapOf(facts, page, lives)),
    covered: { count: groups.length - gaps.length, n: groups.length },
  }
}

/** Articles in use that are outdated or to be read again within `daysAhead`, the first due first. */
function articlesToRead(facts: ReportFacts, page: string, articles: readonly Standing[]): readonly ArticleToRead[] {
  const end = endOf(facts, facts.period)
  const index = indexRecords(articles)
  const told = articles.filter(isInUse).flatMap((article) => {
    const outdated = outdatedBecause(article, index, end)
    const due = textAt(article.data, 'review_by')
    const until = textAt(article.data, 'valid_until')
    const owner = nameOf(facts, 'team', textAt(article.data, 'owner') ?? null)
    const line = (day: string, why: string, isOverdue: boolean) => [
      { day, line: { ...recordLink(facts, page, article), owner, why, isOverdue } },
    ]
    if (outdated !== undefined) return line('', `outdated: ${outdated}`, true)
    if (due !== undefined && isPast(due, end)) return line(due, `was to be read again by ${due}`, true)
    const soon = end + daysAhead * 86_400
    if (until !== undefined && isPast(until, soon)) return line(until, `valid until ${until}`, false)
    return due !== undefined && isPast(due, soon) ? line(due, `to be read again by ${due}`, false) : []
  })
  return told.toSorted((a, b) => compare(a.day, b.day) || compare(a.line.id, b.line.id)).map(({ line }) => line)
}

function usedArticles(facts: ReportFacts, page: string, articles: readonly Standing[]): readonly UsedArticle[] {
  const counts = new Map<string, { incidents: number; requests: number }>()
  const count = (data: Data, kind: 'incidents' | 'requests'): void => {
    for (const id of new Set(textsAt(data, 'knowledge'))) {
      const sum = counts.get(id) ?? { incidents: 0, requests: 0 }
      counts.set(id, { ...sum, [kind]: sum[kind] + 1 })
    }
  }
  for (const { resolvedAt, data } of incidentLives(facts)) {
    if (resolvedAt !== null && isWithin(facts.period, resolvedAt)) count(data, 'incidents')
  }
  const requests = standing(facts, 'request', facts.period)
  for (const { data } of enteredWithin(facts.period, requests, ['fulfilled', 'closed'])) count(data, 'requests')
  const known = new Map(articles.map((article) => [article.id, article]))
  return [...counts]
    .map(([id, sums]): UsedArticle => {
      const article = known.get(id)
      return {
        id,
        link: article ? recordLink(facts, page, article) : null,
        kind: article ? words(textAt(article.data, 'kind') ?? '') : null,
        ...sums,
      }
    })
    .toSorted(
      (a, b) =>
        b.incidents + b.requests - (a.incidents + a.requests) ||
        Number(a.link === null) - Number(b.link === null) ||
        compare(a.id, b.id),
    )
}

function incidentLives(facts: ReportFacts): readonly Life[] {
  const { asOf, period, incidents } = facts
  const cut = asOf < period.until ? asOf + 1 : period.until
  return countedIncidents(incidents).flatMap((incident) => lifeUntil(incident, cut) ?? [])
}

/** Incidents opened in the period by service and category, where there are enough to miss an article; most first. */
function incidentGroups(facts: ReportFacts): readonly (readonly Life[])[] {
  const groups = new Map<string, Life[]>()
  for (const life of incidentLives(facts)) {
    if (!isWithin(facts.period, life.openedAt)) continue
    const key = JSON.stringify([valueIn('service', life.data), valueIn('category', life.data)])
    addTo(groups, key, life)
  }
  return [...groups]
    .filter(([, lives]) => lives.length >= fewestForGap)
    .toSorted(([a, one], [b, other]) => other.length - one.length || compare(a, b))
    .map(([, lives]) => lives)
}

/** Whether an article is about the service and category of an incident. What it leaves open, it does not exclude. */
function isAbout({ data }: Standing, incident: Data): boolean {
  const services = textsAt(data, 'services').map((service) => service.trim())
  const category = valueIn('category', data)
  if (services.length === 0 && category === null) return false
  const service = valueIn('service', incident)
  return (
    (services.length === 0 || (service !== null && services.includes(service))) &&
    (category === null || category === valueIn('category', incident))
  )
}

function gapOf(facts: ReportFacts, page: string, lives: readonly Life[]): readonly KnowledgeGap[] {
  const [first] = lives
  if (!first) return []
  const last = lives.reduce((latest, life) => (life.openedAt > latest.openedAt ? life : latest), first)
  return [
    {
      service: nameOf(facts, 'service', valueIn('service', last.data)),
      category: valueIn('category', last.data),
      incidents: lives.length,
      latest: recordLink(facts, page, last.incident),
    },
  ]
}
