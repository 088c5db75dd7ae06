import type { Instant } from '../core/instant.ts'
import { type Period, previousPeriods } from '../core/period.ts'
import type { ReportFacts, Restated } from '../core/report.ts'
import { restatementsOf } from '../core/restated.ts'
import { beginsAt, type ReportSource, recordedAt, reportFacts } from './report-facts.ts'

/**
 * The facts of a period with what later ones changed: of the period itself where it was over by the instant of its
 * facts, and of the one before where that has pages.
 */
export async function withRestatements(source: ReportSource, facts: ReportFacts): Promise<ReportFacts> {
  const { period, asOf, published, config } = facts
  const last = recordedAt(source)
  const restated = asOf === period.until && last > asOf ? await restatedBy(source, facts, last) : undefined
  const [earlier] = previousPeriods(period, config.timezone, 1)
  const before =
    earlier && published.includes(earlier.id) && earlier.until > beginsAt(source) && asOf > earlier.until
      ? await restatedBy(source, await factsAtEnd(source, earlier, published), asOf)
      : undefined
  return { ...facts, ...(restated && { restated }), ...(before && { restatedBefore: before }) }
}

function factsAtEnd(source: ReportSource, period: Period, published: readonly string[]): Promise<ReportFacts> {
  return reportFacts(source, period, period.until, published)
}

async function restatedBy(source: ReportSource, facts: ReportFacts, until: Instant): Promise<Restated> {
  const { period, published } = facts
  return { period, figures: restatementsOf(facts, await reportFacts(source, period, until, published)) }
}
