import type { Chart } from './chart/chart.ts'
import { textAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { type Beneath, beneathOf } from './report-beneath.ts'
import { kindText, type RecordLink, recordLink } from './report-page.ts'
import type { PromiseLine, PromisePoint } from './report-promise.ts'
import { metChart, metKey } from './report-promise-chart.ts'
import { clocksBy, isNotEmpty, type TallyLine, tallyLine } from './report-tally.ts'

/** One target of an agreement in the section of that agreement. */
export interface AgreementTarget {
  readonly target: string
  readonly line: PromiseLine
  readonly priorities: readonly TallyLine[]
}

/** One agreement: its targets by priority, how they were met before, and what it stands on. */
export interface AgreementSection extends RecordLink {
  readonly kind: string
  readonly customer: string | null
  readonly provider: string | null
  readonly targets: readonly AgreementTarget[]
  /** The key of its chart; `null` where it has none. */
  readonly chart: string | null
  /** One line a period, with a share for each target, in the order of `targets`. */
  readonly trend: readonly (Omit<PromisePoint, 'compliance'> & {
    readonly met: readonly PromisePoint['compliance'][]
  })[]
  readonly hasPart: boolean
  readonly isRunning: boolean
  readonly beneath: Beneath | null
}

/** The sections of a page, in the order of its promises, with the charts that they show. */
export function agreementSections(
  facts: ReportFacts,
  page: string,
  promises: readonly PromiseLine[],
): readonly { readonly section: AgreementSection; readonly chart: readonly [string, Chart] | null }[] {
  const beneath = beneathOf(facts, promises)
  return [...new Set(promises.map(({ sla }) => sla))].flatMap((id, position) => {
    const own = promises.filter(({ sla }) => sla === id)
    const [first] = own
    if (!first) return []
    const record = facts.slas.find((sla) => sla.id === id)
    const drawn = first.kind === 'sla' ? metChart(own) : undefined
    const key = metKey(position)
    const section = {
      ...(record ? recordLink(facts, page, record) : { id, href: '' }),
      title: first.title,
      kind: kindText(first.kind),
      customer: (record && textAt(record.data, 'customer')) ?? null,
      provider: (record && textAt(record.data, 'provider')) ?? null,
      targets: own.map((line) => ({ target: line.target, line, priorities: prioritiesOf(facts, line) })),
      chart: drawn ? key : null,
      trend: first.points.map(({ id: period, partial, running }, index) => ({
        ...{ id: period, partial, running },
        met: own.map(({ points }) => points[index]?.compliance ?? { count: 0, n: 0 }),
      })),
      hasPart: first.points.some(({ partial }) => partial),
      isRunning: first.points.some(({ running }) => running),
      beneath: beneath.get(id) ?? null,
    }
    return [{ section, chart: drawn ? ([key, drawn] as const) : null }]
  })
}

function prioritiesOf({ period }: ReportFacts, { clocks }: PromiseLine): readonly TallyLine[] {
  return clocksBy(clocks, ({ reading }) => reading.priority)
    .map(([priority, own]) => tallyLine(priority === 'default' ? 'no priority' : priority, own, period))
    .filter(isNotEmpty)
}
