/** An evening on which the shop failed for most customers: its first incident is a major one. */
export interface MajorIncident {
  /** The day in Berlin. */
  readonly day: string
  /** The review that looks back on it, and when the incident names it. */
  readonly review: string
  readonly reviewed: string
}

/** The major incidents of the year: the largest sale, and the one after which figures were asked for. */
export const majorIncidents: readonly MajorIncident[] = [
  { day: '2025-11-28', review: 'PIR-20251203-B1FR', reviewed: '2025-12-03 16:00' },
  { day: '2026-03-20', review: 'PIR-20260324-R3CM', reviewed: '2026-03-24 16:00' },
]
