import { compare } from '../diagnostic.ts'
import type { Instant } from '../instant.ts'
import type { HistoryGap } from '../report.ts'
import type { Basis } from './basis.ts'

/** What the figures of a period were gathered from. */
export interface Sources {
  readonly since: Instant
  /** Whether the history begins within the periods of the trend. */
  readonly startsWithin: boolean
  readonly commits: number
  readonly services: number
  readonly teams: number
  readonly slas: number
  /** Tools that history was brought in from. */
  readonly imports: readonly string[]
  /** Changes recorded up to the as-of instant. */
  readonly changes: number
  /** When the first and the last incident of the period were opened; `null` where none was. */
  readonly firstOpened: Instant | null
  readonly lastOpened: Instant | null
  readonly gaps: readonly HistoryGap[]
  readonly gapsMore: number
}

const longestList = 10

/** Lists the sources of a period. */
export function sourcesOf({ facts, trend, now }: Pick<Basis, 'facts' | 'trend' | 'now'>): Sources {
  const openings = now.opened.map(({ openedAt }) => openedAt)
  const within = (pick: (a: number, b: number) => number): Instant | null =>
    openings.length === 0 ? null : openings.reduce((a, b) => pick(a, b))
  return {
    since: facts.since,
    startsWithin: facts.since > (trend[0]?.period.from ?? 0),
    commits: facts.commits,
    services: facts.services.length,
    teams: facts.teams.length,
    slas: facts.slas.length,
    imports: facts.config.imports.map(({ system }) => system),
    changes: facts.lives.filter(({ type }) => type === 'change').length,
    firstOpened: within(Math.min),
    lastOpened: within(Math.max),
    gaps: facts.gaps.toSorted((a, b) => compare(a.file, b.file) || compare(a.commit, b.commit)).slice(0, longestList),
    gapsMore: Math.max(0, facts.gaps.length - longestList),
  }
}
