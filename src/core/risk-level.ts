/** The levels of risk, lowest first. */
export const riskLevels = ['low', 'moderate', 'high', 'very_high'] as const

/** One of `riskLevels`. */
export type RiskLevel = (typeof riskLevels)[number]

/** The level that a text names; `undefined` where it names none. */
export function riskLevelOf(text: unknown): RiskLevel | undefined {
  return riskLevels.find((level) => level === text)
}

/** Whether one level is higher than another. */
export function isHigher(one: RiskLevel, other: RiskLevel): boolean {
  return riskLevels.indexOf(one) > riskLevels.indexOf(other)
}

/** The highest of some levels; the lowest there is where there are none. */
export function highestOf(levels: readonly RiskLevel[]): RiskLevel {
  return levels.reduce<RiskLevel>((highest, level) => (isHigher(level, highest) ? level : highest), 'low')
}
