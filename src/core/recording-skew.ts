import { humanDuration, type Seconds } from './instant.ts'
import { declaredAt, type Moment } from './timeline.ts'

/**
 * How much later each moment of a record was recorded than it is said to have happened, where it says so; negative
 * where it is said to lie in the future.
 */
export function recordingSkews(
  moments: readonly Moment[],
  wanted: (moment: Moment) => boolean = () => true,
): readonly Seconds[] {
  return moments.flatMap((moment, index) => {
    if (!wanted(moment)) return []
    const declared = declaredAt(moment, index === 0)
    return declared === undefined ? [] : [moment.recorded - declared]
  })
}

/** The skew that is farthest from none; `null` where there is none at all. */
export function farthest(skews: readonly Seconds[]): Seconds | null {
  return skews.reduce<Seconds | null>(
    (far, skew) => (far === null || Math.abs(skew) > Math.abs(far) ? skew : far),
    null,
  )
}

/** The farthest skew of some records in words; `undefined` where what is declared and what is recorded agree. */
export function skewText(skews: readonly (Seconds | null)[]): string | undefined {
  let [late, early] = [0, 0]
  for (const skew of skews) {
    late = Math.max(late, skew ?? 0)
    early = Math.min(early, skew ?? 0)
  }
  const parts = [
    ...(late > 0 ? [`up to ${humanDuration(late)} after their declared time`] : []),
    ...(early < 0 ? [`up to ${humanDuration(-early)} before ${late > 0 ? 'it' : 'their declared time'}`] : []),
  ]
  return parts.length === 0 ? undefined : `Steps were recorded ${parts.join(', and ')}`
}
