import { formatInstant, type Instant } from '../instant.ts'
import type { Data } from '../record.ts'
import { dayAt } from './berlin.ts'
import { type Chance, chance } from './chance.ts'
import type { Occurrence } from './occurrence.ts'
import { campaignOn } from './story.ts'

/**
 * When customers could not order because of load, as operations reads it off the synthetic orders: long on the Fridays
 * of promotions, minutes on other evenings, and less than half of it once the cause is removed. Without payments
 * nobody can order either. Nothing where search or sign-in were slow, for customers could order still.
 */
export function loadOutage({ at, symptom, event, overload }: Occurrence, restored: Instant): Data {
  const down = event === undefined ? undefined : withoutOrders[symptom.service]
  if (!down) return {}
  const end = Math.min(restored, at + minutesDown(at, overload, chance(at)) * 60)
  if (end <= at) return {}
  return { outage: down.map((service) => ({ service, from: formatInstant(at), to: formatInstant(end) })) }
}

/** Services that are down when one fails so that nobody can order. */
const withoutOrders: Readonly<Record<string, readonly string[]>> = {
  webshop: ['webshop'],
  payment: ['payment', 'webshop'],
}

function minutesDown(at: Instant, overload: boolean, luck: Chance): number {
  const { date, weekday } = dayAt(at)
  if (campaignOn(date) === undefined) return overload ? luck.between(2, 8) : luck.between(1, 3)
  if (weekday !== 5) return overload ? luck.between(10, 25) : luck.between(1, 4)
  return overload ? luck.between(30, 60) : luck.between(12, 30)
}
