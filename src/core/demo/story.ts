/**
 * The year that the demo plays: a web shop whose servers slow down whenever it advertises. Dates are days in Berlin.
 * The cause is removed in August; the same promotions do little harm afterwards.
 */

/** First day of the year, and the day after its last: nothing new goes wrong from then on. */
export const firstDay = '2025-11-01'
export const dayAfter = '2026-11-01'

/** The Monday on which the telling ends, as the office opens: some of the last week still waits. */
export const lastDay = '2026-11-02'

/** The zone in which the shop lives. */
export const zone = 'Europe/Berlin'

/** From this day on a fourth web server and an automatic waiting room take the load of promotions. */
export const reliefDay = '2026-08-18'

/** A promotion and its days, both included. */
export interface Campaign {
  readonly name: string
  readonly from: string
  readonly to: string
}

/** The promotions of the year. */
export const campaigns: readonly Campaign[] = [
  { name: 'Black Week', from: '2025-11-24', to: '2025-12-01' },
  { name: 'the Advent sale', from: '2025-12-08', to: '2025-12-14' },
  { name: 'the winter sale', from: '2026-01-12', to: '2026-01-18' },
  { name: "Valentine's week", from: '2026-02-09', to: '2026-02-14' },
  { name: 'the spring sale', from: '2026-03-16', to: '2026-03-22' },
  { name: 'the Easter promotion', from: '2026-03-30', to: '2026-04-04' },
  { name: "Mother's Day week", from: '2026-05-04', to: '2026-05-09' },
  { name: 'the summer sale', from: '2026-06-22', to: '2026-06-28' },
  { name: 'the mid-season sale', from: '2026-07-13', to: '2026-07-19' },
  { name: 'the back-to-school week', from: '2026-08-24', to: '2026-08-30' },
  { name: 'the autumn promotion', from: '2026-09-28', to: '2026-10-04' },
  { name: 'the anniversary sale', from: '2026-10-19', to: '2026-10-25' },
]

/** The promotion that runs on a day. */
export function campaignOn(day: string): Campaign | undefined {
  return campaigns.find(({ from, to }) => from <= day && day <= to)
}
