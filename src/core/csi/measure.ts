import { textAt, textsAt } from '../record.ts'
import type { KpiRow } from '../report-improvement.ts'
import { type RecordLink, recordLink } from '../report-page.ts'
import type { Basis } from './basis.ts'
import type { Commitment } from './commitments.ts'

/** Step 1: what should be measured. */
export interface Measure {
  readonly promised: readonly Commitment[]
  /** What is measured against without having been agreed. */
  readonly assumed: readonly Commitment[]
  /** What services say they are for, in the words of their owners. */
  readonly aims: readonly (RecordLink & { readonly objectives: readonly string[] })[]
  readonly indicators: readonly KpiRow[]
}

/** Gathers objectives and indicators. */
export function measureOf(
  { facts }: Pick<Basis, 'facts'>,
  commitments: readonly Commitment[],
  indicators: readonly KpiRow[],
): Measure {
  return {
    promised: commitments.filter(({ assumed }) => !assumed),
    assumed: commitments.filter(({ assumed }) => assumed),
    aims: facts.services
      .filter(({ data }) => textsAt(data, 'objectives').length > 0 && textAt(data, 'state') !== 'retired')
      .toSorted((a, b) => Number(a.id > b.id) - Number(a.id < b.id))
      .map((service) => ({
        ...recordLink(facts, 'csi', service),
        objectives: textsAt(service.data, 'objectives'),
      })),
    indicators,
  }
}
