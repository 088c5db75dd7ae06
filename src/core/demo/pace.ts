import { always, type Calendar } from '../calendar.ts'
import type { Instant } from '../instant.ts'
import { inBerlin } from './berlin.ts'
import type { Chance } from './chance.ts'
import type { Occurrence } from './occurrence.ts'
import { reliefDay } from './story.ts'
import type { HoldReason } from './symptom.ts'

/** When people are there to work: operations in the hours of the shop, the rest in those of the office. */
export interface Hours {
  readonly shop: Calendar
  readonly office: Calendar
}

/** Minutes from … to, as they usually are, and as they are when it takes too long. */
interface Minutes {
  readonly usual: readonly [number, number]
  readonly late: readonly [number, number]
}

const answering: Readonly<Record<string, Minutes>> = {
  P1: { usual: [2, 13], late: [18, 50] },
  P2: { usual: [4, 27], late: [36, 130] },
  default: { usual: [8, 190], late: [300, 620] },
}

const working: Readonly<Record<string, Minutes>> = {
  P1: { usual: [45, 215], late: [250, 520] },
  P2: { usual: [50, 420], late: [640, 1150] },
  P3: { usual: [45, 460], late: [2450, 3300] },
  default: { usual: [30, 520], late: [2450, 3800] },
}

const holding: Readonly<Record<HoldReason, readonly [number, number]>> = {
  awaiting_caller: [60, 1100],
  awaiting_vendor: [120, 800],
  awaiting_change: [200, 800],
  awaiting_problem: [200, 900],
  awaiting_evidence: [120, 700],
}

/** Services that are worked on in the hours of the shop, not only in those of the office. */
const goldServices: readonly string[] = ['webshop', 'payment', 'customer-accounts']

/** The calendar by which work on a priority goes on. */
export function workHours(priority: string, { symptom }: Occurrence, { shop, office }: Hours): Calendar {
  if (priority === 'P1') return always
  return priority === 'P2' || goldServices.includes(symptom.service) ? shop : office
}

/** The next full minute at which so many minutes of a calendar have passed. */
export function after(calendar: Calendar, from: Instant, minutes: number): Instant {
  const at = calendar.due(from, minutes * 60) ?? from + minutes * 60
  return Math.ceil(at / 60) * 60
}

/** Whether the load of promotions had lost its cause by then. */
function isRelieved(at: Instant): boolean {
  return at >= inBerlin(reliefDay, 0)
}

/** Minutes until somebody takes it. */
export function answerMinutes(priority: string, { overload }: Occurrence, luck: Chance): number {
  const { usual, late } = answering[priority] ?? answering['default'] ?? { usual: [5, 60], late: [60, 120] }
  return luck.between(...(luck.percent(overload ? 17 : 7) ? late : usual))
}

/** Minutes of work until it is solved. Without the overload there is more time for the rest, too. */
export function workMinutes(priority: string, { overload, event, at }: Occurrence, luck: Chance): number {
  const { usual, late } = working[priority] ?? working['default'] ?? { usual: [30, 600], late: [600, 900] }
  const minutes = luck.between(...(luck.percent(overload ? 42 : isRelieved(at) ? 3 : 9) ? late : usual))
  return event !== undefined && isRelieved(at) ? Math.ceil(minutes / 2) : minutes
}

/** Minutes of waiting; urgent matters wait for hours, not days. */
export function holdMinutes(reason: HoldReason, priority: string, luck: Chance): number {
  const minutes = luck.between(...holding[reason])
  return priority === 'P1' || priority === 'P2' ? Math.ceil(minutes / 12) : minutes
}
