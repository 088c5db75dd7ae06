import { compare } from '../diagnostic.ts'
import { type Share, shareOf } from '../kpi-figure.ts'
import { repeatIncidents } from '../kpi-incident.ts'
import type { Life } from '../kpi-life.ts'
import { type RecordDoc, textAt, textsAt } from '../record.ts'
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
  /** Where none is open: the last one that was closed, though they came back. */
  readonly closedProblem: RecordLink | null
}

/** What comes back. */
export interface Repeats {
  readonly share: Share
  /** Most repeats first. */
  readonly groups: readonly RepeatGroup[]
  /** Of the groups, those that a problem looks after. */
  readonly lookedAfter: Share
}

/** Gathers what comes back, and holds it against the open problems. */
export function repeatsOf({ facts, now }: Pick<Basis, 'facts' | 'now'>): Repeats {
  const { share, groups } = repeatIncidents(now)
  const problems = facts.tree.ofType('problem').filter(({ data }) => data['state'] !== 'cancelled')
  const isClosed = ({ data }: RecordDoc): boolean => data['state'] === 'closed'
  const found = groups.map(({ lives, repeats }): RepeatGroup => {
    const own = problems.filter((each) => looksAfter(each, lives))
    const problem = own.find((each) => !isClosed(each))
    const closed = problem ? undefined : own.toSorted((a, b) => compare(a.id, b.id)).at(-1)
    return {
      ...leadOf(facts, lives, repeats),
      serviceId: textAt(lives[0]?.data ?? {}, 'service') ?? null,
      incidents: lives.map(({ incident: { type, id, file, data } }) => ({ type, id, file, data })),
      problem: problem ? recordLink(facts, 'csi', problem) : null,
      closedProblem: closed ? recordLink(facts, 'csi', closed) : null,
    }
  })
  return { share, groups: found, lookedAfter: shareOf(found, ({ problem }) => problem !== null) }
}

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
