import { compare } from '../diagnostic.ts'
import type { Instant } from '../instant.ts'
import { type Share, shareOf } from '../kpi-figure.ts'
import { repeatIncidents } from '../kpi-incident.ts'
import type { Life } from '../kpi-life.ts'
import { type RecordDoc, textAt, textsAt } from '../record.ts'
import type { ReportFacts } from '../report.ts'
import { leadOf, type RepeatLead } from '../report-finding.ts'
import { type RecordLink, recordLink } from '../report-page.ts'
import type { Basis } from './basis.ts'

/** Incidents that keep coming back, with the problem that looks for their cause. */
export interface RepeatGroup extends RepeatLead {
  /** Id of the service that they name. */
  readonly serviceId: string | null
  /** The incidents opened in the period, as records. */
  readonly incidents: readonly RecordDoc[]
  /** A problem that is not closed and looks after one of them, or after all of their CIs; `null` where there is none. */
  readonly problem: RecordLink | null
  /** Where none is open: the last one that was closed. */
  readonly closedProblem: RecordLink | null
  /** How many were opened after it had been closed. */
  readonly sinceClosed: number
}

/** What comes back. */
export interface Repeats {
  readonly share: Share
  /** Most repeats first. */
  readonly groups: readonly RepeatGroup[]
  /** Of the groups, those that an open problem looks after. */
  readonly lookedAfter: Share
}

/** Gathers what comes back, and holds it against the open problems. */
export function repeatsOf({ facts, now }: Pick<Basis, 'facts' | 'now'>): Repeats {
  const { share, groups } = repeatIncidents(now)
  const problems = facts.tree
    .ofType('problem')
    .filter(({ data }) => data['state'] !== 'cancelled')
    .toSorted((a, b) => compare(a.id, b.id))
  const isClosed = ({ data }: RecordDoc): boolean => data['state'] === 'closed'
  const found = groups.map((group): RepeatGroup => {
    const { lives } = group
    const own = problems.filter((each) => looksAfter(each, lives))
    const problem = own.find((each) => !isClosed(each))
    const closed = problem ? undefined : own.at(-1)
    return {
      ...leadOf(facts, 'csi', group),
      serviceId: textAt(lives[0]?.data ?? {}, 'service') ?? null,
      incidents: lives.map(({ incident: { type, id, file, data } }) => ({ type, id, file, data })),
      problem: problem ? recordLink(facts, 'csi', problem) : null,
      closedProblem: closed ? recordLink(facts, 'csi', closed) : null,
      sinceClosed: closed ? lives.filter(({ openedAt }) => openedAt > closedAt(facts, closed)).length : 0,
    }
  })
  return { share, groups: found, lookedAfter: shareOf(found, ({ problem }) => problem !== null) }
}

/** When a problem was closed for good, as the mainline learnt it. */
function closedAt({ lives }: ReportFacts, { id }: RecordDoc): Instant {
  const moments = lives.find((life) => life.type === 'problem' && life.id === id)?.moments ?? []
  const lastOpen = moments.findLastIndex(({ state }) => state !== 'closed')
  return moments[lastOpen + 1]?.recorded ?? Number.POSITIVE_INFINITY
}

/** Whether a problem is, or was, about incidents: it names one of them, or all of their CIs in the same service. */
function looksAfter({ id, data }: RecordDoc, lives: readonly Life[]): boolean {
  const named = textsAt(data, 'incidents')
  const watched = textsAt(data, 'cis')
  return lives.some((life) => {
    const cis = textsAt(life.data, 'cis')
    const isItsPlace =
      textAt(data, 'service') === textAt(life.data, 'service') &&
      cis.length > 0 &&
      cis.every((ci) => watched.includes(ci))
    return named.includes(life.incident.id) || textAt(life.data, 'problem') === id || isItsPlace
  })
}
