import { compare } from '../diagnostic.ts'
import type { Instant } from '../instant.ts'
import { significance } from '../kpi-comparison.ts'
import type { DowntimeComparison } from '../measured-downtime.ts'
import { newCommand, problemProposal, quoted } from '../problem-proposal.ts'
import type { Data } from '../record.ts'
import { textAt } from '../record.ts'
import type { ReportFacts } from '../report.ts'
import type { KpiRow } from '../report-improvement.ts'
import { type RecordLink, recordLink } from '../report-page.ts'
import type { WeakPlace } from '../report-weak-place.ts'
import type { AfterChanges } from './after-changes.ts'
import type { Analysed } from './analysed.ts'
import type { Commitment } from './commitments.ts'
import type { Coverage } from './coverage.ts'
import type { Indicator, Measure } from './measure.ts'
import { hasFallen } from './peak-change.ts'
import type { Processed } from './processed.ts'
import type { RepeatGroup } from './repeats.ts'
import type { Peak } from './rhythm.ts'
import type { TimeSpent } from './time-spent.ts'

/** What suggestions are made from. */
export interface Evidence {
  readonly measure: Measure
  readonly coverage: Coverage
  readonly processed: Processed
  readonly analysed: Analysed
  readonly backlog: number
}

/** What a suggestion rests on; its template sentence tells the figures. */
type Reason =
  | { readonly kind: 'assumed'; readonly targets: number }
  | { readonly kind: 'commitment'; readonly commitment: Commitment }
  | { readonly kind: 'watch'; readonly commitments: readonly Commitment[] }
  | { readonly kind: 'place'; readonly place: WeakPlace }
  | { readonly kind: 'peak'; readonly peak: Peak; readonly since: Instant }
  | { readonly kind: 'after-changes'; readonly after: AfterChanges }
  | { readonly kind: 'repeats'; readonly group: RepeatGroup }
  | { readonly kind: 'backlog'; readonly backlog: number }
  | { readonly kind: 'wait'; readonly wait: NonNullable<TimeSpent['wait']> }
  | { readonly kind: 'reassignment'; readonly reassignment: TimeSpent['reassignment'] }
  | { readonly kind: 'indicator'; readonly indicator: Indicator }
  | { readonly kind: 'downtime'; readonly downtime: DowntimeComparison }
  | { readonly kind: 'gap'; readonly indicator: KpiRow }
  | { readonly kind: 'field'; readonly field: Coverage['thinFields'][number] }
  | { readonly kind: 'unmeasured'; readonly unmeasured: Coverage['quality']['unmeasured'] }

/** Something to improve, with what speaks for it and the command that records it. */
export type Suggestion = Reason & {
  readonly title: string
  /** `null` where it is in hand already, or there is nothing to do yet. */
  readonly command: string | null
  /** The improvement or problem that is about it already. */
  readonly inHand: RecordLink | null
  /** An improvement that has not ended and may have to do with it: of the same service, or named after the same figure. */
  readonly related: RecordLink | null
}

const ended: readonly string[] = ['closed', 'rejected', 'cancelled']
const repeatLeads = 3
const mostPlaces = 5
/** From how many incidents on it is worth saying that they lack a field. */
const fewestForFields = 10

/**
 * What the figures suggest, the weightiest first: promises, then what hurts users, then how work flows, then the data.
 * What is in hand already comes last.
 */
export function suggestionsOf(facts: ReportFacts, evidence: Evidence): readonly Suggestion[] {
  const { measure, coverage, processed, analysed, backlog } = evidence
  const { after, repeats, time, places, rhythm } = analysed
  const propose = proposing(facts)
  const missed = measure.promised.filter(({ reached }) => reached === false)
  const perhapsChance = missed.filter(({ beyondChance }) => !beyondChance)
  const missedKpis = measure.indicators.filter(({ reached }) => reached === false)
  const mayBeChance = ({ missP }: Indicator): boolean => missP !== null && missP >= significance
  const unsolved = repeats.groups
    .filter(isUnsolved)
    .sort((a, b) => unexplained(b) - unexplained(a))
    .slice(0, repeatLeads)
  const grown = processed.worse.some(({ kpi }) => kpi === 'backlog')
  const { unmeasured } = coverage.quality
  const isOver = facts.asOf >= facts.period.until
  const all: readonly (Suggestion | null | false)[] = [
    measure.assumed.length > 0 &&
      propose({ kind: 'assumed', targets: measure.assumed.length }, 'Agree on real targets', serviceLevel),
    ...missed.filter(({ beyondChance }) => beyondChance).map((each) => ofCommitment(propose, each)),
    ...missedKpis.filter((each) => !mayBeChance(each)).map((each) => ofIndicator(propose, each)),
    after.inPeriod.length > 0 && ofChanges(propose, after),
    ...unsolved.map(ofRepeats),
    ...rhythm.peaks
      .filter((peak) => !hasFallen(peak))
      .map((peak) => {
        const { weekday, part, service } = peak
        const place = service ? { service: service.name } : incident
        return propose({ kind: 'peak', peak, since: rhythm.from }, `Cut incidents on ${weekday} ${part}s`, place)
      }),
    ...places.weak.slice(0, mostPlaces).map((place) => {
      const where = place.dimension === 'service' ? { service: place.value } : serviceLevel
      return propose({ kind: 'place', place }, `Meet targets more often: ${place.name ?? 'not recorded'}`, where)
    }),
    grown && propose({ kind: 'backlog', backlog }, 'Bring the backlog down', incident),
    time.isWaitTold &&
      time.wait?.most === true &&
      propose({ kind: 'wait', wait: time.wait }, `Shorten the wait: ${time.wait.reason}`, incident),
    time.reassignment.slower &&
      propose(
        { kind: 'reassignment', reassignment: time.reassignment },
        'Find out why incidents change teams',
        incident,
      ),
    after.inPeriod.length === 0 && ofChanges(propose, after),
    ...missedKpis.filter(mayBeChance).map((each) => ofIndicator(propose, each)),
    perhapsChance.length > 0 && {
      kind: 'watch',
      commitments: perhapsChance,
      title: 'Keep an eye on objectives that were just missed',
      command: null,
      inHand: null,
      related: null,
    },
    ...analysed.downtimes
      .filter(({ farApart }) => farApart)
      .map((downtime) => {
        const title = `Find out why measured and recorded downtime differ: ${downtime.service}`
        return propose({ kind: 'downtime', downtime }, title, { service: downtime.serviceId })
      }),
    ...coverage.kpiGaps.map((indicator) =>
      propose(
        { kind: 'gap', indicator },
        `Make it possible to measure: ${indicator.title}`,
        { kpi: indicator.id },
        indicator.title,
      ),
    ),
    unmeasured.count > 0 && propose({ kind: 'unmeasured', unmeasured }, 'Give every incident an SLA', serviceLevel),
    ...coverage.thinFields
      .filter(({ filled }) => isOver && filled.n >= fewestForFields)
      .map((field) => propose({ kind: 'field', field }, `Record ${field.field} of incidents`, incident)),
  ]
  const made = all.filter((each) => each !== null && each !== false)
  return [...made.filter(({ inHand }) => inHand === null), ...made.filter(({ inHand }) => inHand !== null)]
}

const serviceLevel: Data = { practice: 'service_level' }
const incident: Data = { practice: 'incident' }

/** What the register may hold of a proposal: the fields of its record, and what a title may speak of in other words. */
type Propose = (reason: Reason, title: string, fields: Data, about?: string) => Suggestion

/** Makes proposals for the register; one that is in it already, by its KPI or its title, is not proposed again. */
function proposing(facts: ReportFacts): Propose {
  return (reason, title, fields, about) => {
    const [kpi, service] = [textAt(fields, 'kpi'), textAt(fields, 'service')]
    const inHand = openImprovement(
      facts,
      ({ data }) => (kpi !== undefined && textAt(data, 'kpi') === kpi) || titleOf(data) === plain(title),
    )
    const related = openImprovement(
      facts,
      ({ data }) =>
        (service !== undefined && textAt(data, 'service') === service) ||
        (about !== undefined && titleOf(data).includes(plain(about))),
    )
    const command = newCommand('improvement', { title, ...fields, source: sourceOf(facts) })
    return { ...reason, title, inHand, related: inHand ? null : related, command: inHand ? null : command }
  }
}

/** What revealed it, in words that hold wherever pages are written to: whoever asks so gets the page again. */
function sourceOf({ period }: ReportFacts): string {
  return `gitsm report --period ${period.id}, step 7`
}

function ofIndicator(propose: Propose, indicator: Indicator): Suggestion {
  const { id, title, target, unit } = indicator
  const aim = `Reach ${`${target ?? ''} ${unit}`.trim()} in "${title}"`
  return propose({ kind: 'indicator', indicator }, aim, { kpi: id }, title)
}

function ofChanges(propose: Propose, after: AfterChanges): Suggestion | null {
  if (!after.more) return null
  return propose({ kind: 'after-changes', after }, 'Cut incidents after changes', { practice: 'change' })
}

function ofCommitment(propose: Propose, commitment: Commitment): Suggestion {
  const { name, target } = commitment
  return propose({ kind: 'commitment', commitment }, `Meet the objective for ${target} of ${name}`, serviceLevel)
}

/** How often a closed problem has to come back before it is worth another look. */
const fewestSinceClosed = 2

/** Whether nobody looks for the cause, or somebody did in vain. */
function isUnsolved({ problem, closedProblem, sinceClosed }: RepeatGroup): boolean {
  return problem === null && (closedProblem === null || sinceClosed >= fewestSinceClosed)
}

function unexplained({ closedProblem, sinceClosed, repeats }: RepeatGroup): number {
  return closedProblem === null ? repeats : sinceClosed
}

/** Asks to look again into a problem that was closed although it came back, else for a new one. */
function ofRepeats(group: RepeatGroup): Suggestion {
  const { cis, service, sinceClosed, closedProblem, incidents } = group
  const place = [service ?? 'no service', ...cis].join(', ')
  const common = { kind: 'repeats', group, inHand: null, related: null } as const
  if (closedProblem) {
    const reason = `${sinceClosed} ${sinceClosed === 1 ? 'incident' : 'incidents'} of ${cis.join(', ')} since it was closed`
    return {
      ...common,
      title: `Look again for the cause: ${place}`,
      command: `gitsm move ${closedProblem.id} root_cause_analysis --set ${quoted(`reanalyse_reason=${reason}`)}`,
    }
  }
  return {
    ...common,
    title: `Look for a common cause: ${place}`,
    command: newCommand('problem', problemProposal({ by: 'ci', shared: cis, incidents })),
  }
}

function titleOf(data: Data): string {
  return plain(textAt(data, 'title') ?? '')
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}

/** The first improvement of a kind that has not ended; `null` where there is none. */
function openImprovement(
  facts: ReportFacts,
  isAboutIt: (improvement: { readonly data: Data }) => boolean,
): RecordLink | null {
  const found = facts.improving.improvements
    .filter(isAboutIt)
    .filter(({ data }) => !ended.includes(textAt(data, 'state') ?? ''))
    .toSorted((a, b) => compare(a.id, b.id))
    .at(0)
  return found ? recordLink(facts, 'csi', found) : null
}
