import type { Calendar } from '../calendar.ts'
import { formatInstant, type Instant } from '../instant.ts'
import { type Data, textAt } from '../record.ts'
import { type Matrix, priorityOf } from '../sla.ts'
import { articleFor } from './article-use.ts'
import type { Chance } from './chance.ts'
import type { Crew, Person } from './crew.ts'
import { type FirstReport, firstReport } from './first-report.ts'
import { loadOutage } from './load-outage.ts'
import type { MajorIncident } from './major-incidents.ts'
import type { Occurrence } from './occurrence.ts'
import { after, answerMinutes, type Hours, holdMinutes, workHours, workMinutes } from './pace.ts'
import { type Doing, done, type Version } from './record-telling.ts'
import type { HoldReason } from './symptom.ts'
import { minute } from './told.ts'
import { filled, releaseOn, reopenings, waiting } from './words.ts'

/** What the lives of all incidents share. */
export interface Shop {
  readonly crew: Crew
  readonly hours: Hours
  readonly matrix: Matrix | undefined
}

/** One incident while its life is told: each call adds a version, recorded later than the one before. */
export class IncidentTelling {
  readonly occurrence: Occurrence
  readonly first: FirstReport
  readonly luck: Chance
  readonly #shop: Shop
  readonly #versions: Version[] = []
  #worker: Person

  constructor(occurrence: Occurrence, shop: Shop, luck: Chance) {
    this.occurrence = occurrence
    this.luck = luck
    this.#shop = shop
    this.first = firstReport(occurrence, shop.crew, shop.matrix, luck)
    this.#worker = this.first.worker
  }

  get versions(): readonly Version[] {
    return this.#versions
  }

  get last(): Pick<Version, 'at' | 'data'> {
    return this.#versions.at(-1) ?? { at: this.occurrence.at, data: this.first.data }
  }

  get priority(): string {
    return textAt(this.last.data, 'priority') ?? 'P3'
  }

  /** When work on it goes on. */
  get hours(): Calendar {
    return workHours(this.priority, this.occurrence, this.#shop.hours)
  }

  isBorn(state: 'new' | 'in_progress', delay: number, more: Data = {}): void {
    const atWork = state === 'in_progress'
    const data = { ...this.first.data, state, ...more, ...(atWork && { assignee: this.#worker.login }) }
    const by = atWork ? this.#worker : this.first.desk
    this.#tell(this.occurrence.at + delay * 60, { by, set: data, say: this.first.data.title })
  }

  /** Solved long before it is written down. */
  isFiled(): void {
    const solved = this.occurrence.at + this.luck.between(15, 240) * 60
    this.#tell(after(this.#shop.hours.office, solved, this.luck.between(10, 200)), {
      by: this.#worker,
      set: { ...this.first.data, state: 'resolved', ...this.#solution(solved) },
      note: 'Filed after the fact',
      say: `filed after the fact: ${this.first.data.title}`,
    })
  }

  isTaken(): void {
    const minutes = answerMinutes(this.priority, this.occurrence, this.luck)
    const at = after(this.hours, this.last.at, minutes)
    const { login, name } = this.#worker
    const set = { state: 'in_progress', assignee: login, acknowledged_at: formatInstant(at) }
    this.#tell(at, { by: this.#worker, set, say: `${name} takes it` })
  }

  isRaised(): void {
    const from = this.priority
    const set = { impact: 'medium', urgency: 'high' }
    const priority = priorityOf(set, this.#shop.matrix)
    this.#tell(after(this.hours, this.last.at, this.luck.between(15, 90)), {
      by: this.#worker,
      set: { ...set, priority },
      note: 'More people are concerned than it seemed',
      say: `raised from ${from} to ${priority}: more people are concerned`,
    })
  }

  isDeclaredMajor(): void {
    this.#tell(this.last.at + 4 * 60, {
      by: this.#worker,
      set: { major: true },
      note: 'Most customers cannot order: major incident, Lena leads, marketing and sales are told',
      say: 'declared a major incident',
    })
  }

  isReviewed({ review, reviewed }: MajorIncident): void {
    const set = { review }
    this.#tell(minute(reviewed), { by: this.#worker, set, say: `looked back on in ${review}` })
  }

  isGivenTo(team: string): void {
    const [giver, taker] = [this.#worker, this.#shop.crew.someone(team, this.luck)]
    this.#worker = taker
    this.#tell(after(this.hours, this.last.at, this.luck.between(10, 120)), {
      by: giver,
      set: { team, assignee: taker.login },
      note: `Given to ${team}: it lies deeper`,
      say: `given to ${team}, ${taker.name}`,
    })
  }

  waits(reason: HoldReason): void {
    const ticket = `Z-${this.luck.between(10_000, 99_999)}`
    this.#tell(after(this.hours, this.last.at, this.luck.between(10, 60)), {
      by: this.#worker,
      set: { state: 'on_hold', hold_reason: reason, assignee: this.#worker.login },
      note: filled(this.luck.pick(waiting[reason].stop), this.luck, { ticket }),
      say: reason.replace('_', ' '),
    })
  }

  goesOn(reason: HoldReason): void {
    const at = after(this.hours, this.last.at, holdMinutes(reason, this.priority, this.luck))
    const note = this.luck.pick(waiting[reason].resume)
    this.#tell(at, { by: this.#worker, set: { state: 'in_progress', hold_reason: undefined }, note, say: note })
  }

  /** After the work that it takes, or at an instant. */
  isResolved(
    at: Instant = after(this.hours, this.last.at, workMinutes(this.priority, this.occurrence, this.luck)),
  ): void {
    const solution = this.#solution(at)
    const set = { state: 'resolved', hold_reason: undefined, ...solution }
    this.#tell(at, { by: this.#worker, set, say: solution.resolution.trim() })
  }

  isReopened(): void {
    const reason = this.luck.pick(reopenings)
    const set = { state: 'in_progress', reopen_reason: `${reason}\n` }
    const at = after(this.#shop.hours.shop, this.last.at, this.luck.between(90, 1500))
    this.#tell(at, { by: this.first.desk, set, say: reason })
  }

  isClosed(): void {
    const at = after(this.#shop.hours.office, this.last.at, this.luck.between(1300, 2300))
    const asked = this.first.data.origin !== 'monitoring' && this.luck.percent(45)
    const set = { state: 'closed', ...(asked && { satisfaction: this.luck.pick([2, 3, 4, 4, 4, 5, 5]) }) }
    this.#tell(at, { by: this.first.desk, set, say: asked ? 'the reporter has confirmed it' : 'no objection came' })
  }

  isCancelled(set: Data, note: string): void {
    const at = this.last.at + this.luck.between(4, 50) * 60
    this.#tell(at, { by: this.first.desk, set: { state: 'cancelled', ...set }, note, say: note })
  }

  #solution(at: Instant): Data & { readonly resolution: string } {
    const [code, text] = this.luck.pick(this.occurrence.symptom.cures)
    const release = releaseOn(formatInstant(at).slice(0, 10))
    const restored = Math.max(this.occurrence.at, at - this.luck.between(0, 12) * 60)
    return {
      assignee: this.#worker.login,
      restored_at: formatInstant(restored),
      resolved_at: formatInstant(at),
      resolution_code: code,
      resolution: `${filled(text, this.luck, { release })}\n`,
      ...(articleFor(this.occurrence, code, at) ?? {}),
      ...loadOutage(this.occurrence, restored),
    }
  }

  /** Things are done at full minutes and written down within the next three. */
  #tell(at: Instant, doing: Omit<Doing, 'declared' | 'recorded'>): void {
    const declared = Math.ceil(Math.max(at, this.last.at) / 60) * 60
    const recorded = declared + this.luck.between(15, 170)
    const before = this.#versions.length === 0 ? { data: { id: this.first.data.id } } : this.last
    this.#versions.push(done(before, { declared, recorded, ...doing }))
  }
}
