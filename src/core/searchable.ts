import { isInUse, outdatedBecause } from './article.ts'
import type { RecordIndex } from './facts.ts'
import type { Instant } from './instant.ts'
import { type RecordDoc, textAt, textsAt } from './record.ts'

/** What a search can find: an article, a problem whose error is known, or an incident that was solved. */
export interface Searchable {
  readonly kind: 'article' | 'known error' | 'incident'
  readonly record: RecordDoc
  readonly title: string
  /** Words that people look for, and what they notice. */
  readonly keywords: string
  readonly symptoms: string
  /** What is to be done, or was done. */
  readonly answer: string
  /** Why it should not be relied on, for articles. */
  readonly outdated?: string
}

/** Which records a search looks through. */
export interface SearchScope {
  readonly asOf: Instant
  /** Only what names this service. */
  readonly service?: string
  /** Articles that are not in use, too. */
  readonly all?: boolean
}

const solved: readonly (string | undefined)[] = ['resolved', 'closed']

/** The records that a search looks through, in the order of their files. */
export function searchables(records: RecordIndex, { asOf, service, all = false }: SearchScope): readonly Searchable[] {
  const about = ({ data }: RecordDoc) =>
    service === undefined || textsAt(data, 'services').includes(service) || textAt(data, 'service') === service
  const articles = records.ofType('knowledge').filter((article) => all || isInUse(article))
  const errors = records
    .ofType('problem')
    .filter(({ data }) => data['known_error'] === true && data['state'] !== 'cancelled')
  const incidents = records.ofType('incident').filter(({ data }) => solved.includes(textAt(data, 'state')))
  return [
    ...articles.filter(about).map((record): Searchable => {
      const outdated = outdatedBecause(record, records, asOf)
      return { ...searchable('article', record, ['keywords'], ['symptoms'], ['body']), ...(outdated && { outdated }) }
    }),
    ...errors
      .filter(about)
      .map((record) => searchable('known error', record, [], ['description', 'root_cause'], ['workaround'])),
    ...incidents.filter(about).map((record) => searchable('incident', record, [], ['description'], ['resolution'])),
  ]
}

function searchable(
  kind: Searchable['kind'],
  record: RecordDoc,
  keywords: readonly string[],
  symptoms: readonly string[],
  answer: readonly string[],
): Searchable {
  const text = (fields: readonly string[]) => fields.flatMap((field) => textsAt(record.data, field)).join('\n')
  return {
    kind,
    record,
    title: textAt(record.data, 'title') ?? '',
    keywords: text([...keywords, 'category', 'service', 'services', 'cis']),
    symptoms: text(symptoms),
    answer: text(answer),
  }
}
