import { addTo } from './lists-by-key.ts'
import { pathBetween } from './markdown.ts'
import type { ReportFacts, Restated } from './report.ts'
import { nameOf, pagePath, type RecordLink, recordLink } from './report-page.ts'
import type { LateFact, Restatement } from './restated.ts'

/** What a page says of figures that later facts changed. */
export interface RestatedPart {
  readonly title: string
  readonly lines: readonly RestatedLine[]
  /** The same by what is behind them, in the order of the lines. */
  readonly groups: readonly RestatedGroup[]
  /** The section that tells of them, as seen from the page. */
  readonly href: string
}

/** A figure that later facts changed: what it was, what it is, and the records behind it. */
export interface RestatedLine extends Pick<Restatement, 'id' | 'title' | 'published' | 'now' | 'measurement'> {
  readonly service: string | null
  readonly because: readonly (RecordLink & Pick<LateFact, 'why' | 'opened' | 'recorded' | 'fields' | 'commit'>)[]
  readonly more: number
}

/** Figures that the same later facts changed. */
export interface RestatedGroup extends Pick<RestatedLine, 'because' | 'more' | 'measurement'> {
  readonly lines: readonly RestatedLine[]
}

const longest = 5

/** The part of a page about restated figures; `null` where there are none. */
export function restatedPart(facts: ReportFacts, page: string, restated: Restated | undefined): RestatedPart | null {
  if (!restated || restated.figures.length === 0) return null
  const { period, figures } = restated
  const from = pagePath(facts, page)
  const lines = figures.map(({ because, service, ...figure }) => ({
    ...figure,
    service: nameOf(facts, 'service', service),
    because: because.slice(0, longest).map(({ why, opened, recorded, fields, commit, ...record }) => {
      return { ...recordLink(facts, page, record), why, opened, recorded, fields, commit: commit.slice(0, 10) }
    }),
    more: Math.max(0, because.length - longest),
  }))
  return {
    title: period.title,
    lines,
    groups: groupsOf(lines),
    href: `${page === 'csi' && period.id === facts.period.id ? '' : pathBetween(from, pagePath({ ...facts, period }, 'csi'))}#restated-since`,
  }
}

function groupsOf(lines: readonly RestatedLine[]): readonly RestatedGroup[] {
  const groups = new Map<string, RestatedLine[]>()
  for (const line of lines) {
    addTo(groups, [line.measurement ?? '', line.more, ...line.because.map(({ href }) => href)].join('\n'), line)
  }
  return [...groups.values()].flatMap((own) => {
    const [first] = own
    return first ? [{ because: first.because, more: first.more, measurement: first.measurement, lines: own }] : []
  })
}
