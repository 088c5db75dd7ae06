import { type Explanation, explainAll } from '../core/explain.ts'
import type { MainlineCommit } from '../core/history.ts'
import type { Instant } from '../core/instant.ts'
import { once } from '../core/once.ts'
import type { ReportFacts } from '../core/report.ts'
import { worstBreaches } from '../core/report-account.ts'
import { accountedReadings } from '../core/sla-reading.ts'
import type { Clocks } from './clocks.ts'

/** How the time of the worst breaches of a period came about, as of an instant. */
export function accountsOf(
  { history, levels, records }: Clocks,
  facts: Pick<ReportFacts, 'incidents' | 'clocked' | 'period'>,
  asOf: Instant,
): readonly Explanation[] {
  const wanted = new Set(worstBreaches(facts).map(({ record: { type, id } }) => `${type}/${id}`))
  if (wanted.size === 0) return []
  const commits = commitsById(history)
  return records
    .filter(({ type, id }) => wanted.has(`${type}/${id}`))
    .flatMap((record) => {
      const moments = record.moments.filter(({ recorded }) => recorded <= asOf)
      return explainAll(accountedReadings(record, levels, asOf), { moments, asOf, commits })
    })
}

const commitsById = once(
  ({ commits }: Clocks['history']): ReadonlyMap<string, MainlineCommit> =>
    new Map(commits.map((each) => [each.commit, each])),
)
