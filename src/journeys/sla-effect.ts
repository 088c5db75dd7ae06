import type { GitDir } from '../adapters/git/run.ts'
import { type AgreementDifference, type Agreements, agreementDifferences, objectivesOf } from '../core/agreements.ts'
import { Fault } from '../core/fault.ts'
import { underMatrix } from '../core/other-matrix.ts'
import { lastFullPeriod } from '../core/period.ts'
import type { Change } from '../core/record.ts'
import { standingServiceLevels } from '../core/service-levels.ts'
import { type SlaEffect, simulate } from '../core/simulation.ts'
import { gatherClocks } from './clocks.ts'
import type { Sides } from './sides.ts'

/**
 * What a change of agreements, calendars or the priority matrix would have made of the last full quarter of the base,
 * had the agreements of the base, or those of the merge result, stood all along. `undefined` where the change touches
 * nothing that clocks rest on: then no history is read.
 */
export async function slaEffect(
  git: GitDir,
  base: string,
  sides: Sides,
  changes: readonly Change[],
): Promise<SlaEffect | undefined> {
  if (sides.first) return undefined
  const result = sides.byOwnRules ?? sides.result
  const before = { records: sides.base.records, config: sides.base.rulebook.config }
  const after = { records: result.records, config: result.rulebook.config }
  const unreadable = [...result.unreadable].find((key) => /^(?:sla|calendar)\//.test(key))
  if (unreadable !== undefined && !sides.base.unreadable.has(unreadable)) {
    return { unknown: `${unreadable} cannot be read`, cure: 'Correct what is found wrong with it' }
  }
  if (!changes.some(isAgreed) && before.config === after.config) return undefined
  const differences = agreementDifferences(before, after).filter((each) => canCount(each, before, after))
  if (differences.length === 0) return undefined
  try {
    return await simulated(git, base, before, after, differences)
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return { unknown: fault.message, cure: fault.cure }
  }
}

function isAgreed(change: Change): boolean {
  const { type } = change.kind === 'removed' ? change.before : change.after
  return type === 'sla' || type === 'calendar'
}

/** An agreement that is active on neither side runs no clock. */
function canCount({ what, id }: AgreementDifference, ...sides: readonly Agreements[]): boolean {
  return what !== 'sla' || sides.some(({ records }) => records.find('sla', id)?.data['state'] === 'active')
}

async function simulated(
  git: GitDir,
  base: string,
  before: Agreements,
  after: Agreements,
  differences: readonly AgreementDifference[],
): Promise<SlaEffect> {
  const { records, levels, history } = await gatherClocks(git, base)
  const newest = history.commits.at(-1)?.at ?? 0
  const zone = before.config.timezone
  const span = lastFullPeriod('quarter', newest, zone)
  const asOf = Math.min(span.until, newest)
  const [one, other] = [before, after].map((side) => ({
    levels: standingServiceLevels([...side.records.ofType('sla'), ...side.records.ofType('calendar')], side.config),
    records: underMatrix(records, levels, side.config.matrix),
    objectives: objectivesOf(side.records),
  }))
  if (!one || !other) throw new Error('a simulation has two sides')
  return { ...simulate(one, other, span, asOf), span, zone, asOf, commit: base, differences }
}
