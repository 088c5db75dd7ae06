import type { Level, ServiceNowRow } from './service-now-row.ts'

/** Impact → urgency → priority. */
export type PriorityMatrix = Readonly<Record<Level, Readonly<Record<Level, string>>>>

/** ServiceNow's own rule, for pairs that the log never shows. */
const usual: PriorityMatrix = {
  high: { high: 'P1', medium: 'P2', low: 'P3' },
  medium: { high: 'P2', medium: 'P3', low: 'P4' },
  low: { high: 'P3', medium: 'P4', low: 'P5' },
}

/**
 * The matrix that the log itself follows: for each pair of impact and urgency its most frequent priority, the more
 * urgent one where two are equally frequent.
 */
export function matrixOf(rows: readonly ServiceNowRow[]): PriorityMatrix {
  const seen = new Map<string, Map<string, number>>()
  for (const { impact, urgency, priority } of rows) {
    if (!priority) continue
    const pair = `${impact}/${urgency}`
    const counts = seen.get(pair) ?? new Map<string, number>()
    seen.set(pair, counts.set(priority.level, (counts.get(priority.level) ?? 0) + 1))
  }
  const cell = (impact: Level, urgency: Level): string => {
    const counts = [...(seen.get(`${impact}/${urgency}`) ?? [])]
    const most = Math.max(0, ...counts.map(([, count]) => count))
    return (
      counts
        .filter(([, count]) => count === most)
        .map(([level]) => level)
        .sort()[0] ?? usual[impact][urgency]
    )
  }
  const row = (impact: Level): Record<Level, string> => ({
    high: cell(impact, 'high'),
    medium: cell(impact, 'medium'),
    low: cell(impact, 'low'),
  })
  return { high: row('high'), medium: row('medium'), low: row('low') }
}
