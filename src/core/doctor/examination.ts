import type { Known } from './known.ts'

/** How something stands: as it should be, weak, or not to be known. */
export type Standing = 'fine' | 'weak' | 'unknown'

/** How much a weakness gives away: everything, something, or comfort only. */
export type Severity = 'high' | 'medium' | 'low'

/** What an examination says of its facts: what it saw, and whether that is weak. */
export interface Opinion {
  readonly standing: Standing
  /** What was seen, in one sentence without a full stop. */
  readonly because: string
}

/** One thing that is looked at, of one place: the clone, the configuration, the workflows, or GitHub. */
export interface Examination<Facts> {
  readonly id: string
  readonly severity: Severity
  /** What should hold, in one sentence without a full stop. */
  readonly summary: string
  /** What to do where it does not. */
  readonly cure: string
  readonly look: (facts: Facts) => Opinion
}

/** What an examination found. */
export interface Finding extends Opinion {
  readonly id: string
  readonly area: string
  readonly severity: Severity
  readonly summary: string
  readonly cure: string
}

/** Looks at facts with every examination of an area, in their order. */
export function examine<Facts>(
  area: string,
  examinations: readonly Examination<Facts>[],
  facts: Facts,
): readonly Finding[] {
  return examinations.map(({ id, severity, summary, cure, look }) => ({
    id,
    area,
    severity,
    summary,
    cure,
    ...look(facts),
  }))
}

/** An opinion that something is as it should be. */
export function fine(because: string): Opinion {
  return { standing: 'fine', because }
}

/** An opinion that something is weak. */
export function weak(because: string): Opinion {
  return { standing: 'weak', because }
}

/** An opinion on a fact, where it is known. */
export function given<Value>(fact: Known<Value>, look: (value: Value) => Opinion): Opinion {
  return fact.known ? look(fact.value) : { standing: 'unknown', because: fact.why }
}
