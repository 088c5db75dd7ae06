import { type Instant, parseInstant } from './instant.ts'
import { textAt } from './record.ts'
import type { Moment } from './timeline.ts'

/**
 * Whether a record was filed after the fact: nobody watched its life, so its clocks measure the filing, and compliance
 * shows them apart.
 *
 * So it is when the commit that brought it also finished it; when the finish was recorded at the same instant, as two
 * commits of one push are; or when what it declares (`<state>_at`, or the log entry of the step) lies before its birth
 * was recorded.
 */
export function isFiledAfterTheFact(moments: readonly Moment[], finishes: (state: string) => boolean): boolean {
  const [birth] = moments
  if (!birth) return false
  return moments.some((moment) => finishes(moment.state) && Math.min(...finishTimes(moment)) <= birth.recorded)
}

/** When the record says that it was finished, and when the mainline learnt of it. */
function finishTimes({ state, data, declared, recorded }: Moment): readonly Instant[] {
  const told = parseInstant(textAt(data, `${state}_at`) ?? '')
  return [recorded, ...[declared, told].filter((at) => at !== undefined)]
}
