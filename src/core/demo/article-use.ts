import type { Instant } from '../instant.ts'
import type { Data } from '../record.ts'
import type { Occurrence } from './occurrence.ts'
import { minute } from './told.ts'

/** Since when an article helps with what. */
const uses: readonly {
  readonly article: string
  readonly since: string
  readonly helps: (of: Occurrence) => boolean
}[] = [
  {
    article: 'KB-20251205-W8RM',
    since: '2025-12-09 12:00',
    helps: ({ symptom, overload, event }) => overload && event !== undefined && symptom.service === 'webshop',
  },
  {
    article: 'KB-20260312-C7NP',
    since: '2026-03-12 16:00',
    helps: ({ symptom }) => symptom.cis.includes('shop-db-1'),
  },
  {
    article: 'KB-20260714-R3ST',
    since: '2026-07-14 17:00',
    helps: ({ symptom }) => symptom.service === 'catalogue-search',
  },
]

/** The articles that a workaround was taken from, as an incident names them. */
export function articleFor(occurrence: Occurrence, code: string, at: Instant): Data | undefined {
  if (code !== 'workaround' && code !== 'restarted') return undefined
  const found = uses.filter(({ since, helps }) => at > minute(since) && helps(occurrence))
  return found.length === 0 ? undefined : { knowledge: found.map(({ article }) => article) }
}
