/** What an agreement with one clock says, in one of its versions. */
export interface WalkedVersion {
  /** From which minute on it is in force. */
  readonly since: number
  readonly active: boolean
  readonly order: number
  readonly service: string
  readonly pause: readonly string[]
  /** Minutes by priority. */
  readonly target: { readonly P1: number; readonly P2: number }
}

/** Opening hours in UTC, in force from a minute on: on weekdays, in minutes of the day. */
export interface WalkedHours {
  readonly since: number
  readonly open: number
  readonly close: number
}

/**
 * What the record is from a minute on, which is the declared one where that counts; the mainline may learn of it later.
 */
export interface WalkedStep {
  readonly minute: number
  readonly declared: number
  readonly recorded: number
  readonly state: string
  readonly hold: string
  readonly priority: 'P1' | 'P2'
  readonly service: string
  readonly team: string
}

/** An agreement with one clock, over time. */
export interface WalkedAgreement {
  readonly id: string
  readonly versions: readonly [WalkedVersion, ...WalkedVersion[]]
  readonly binding: 'at_start' | 'at_event'
  readonly reopen: 'resume' | 'new_cycle' | 'never'
  /** The state that starts the clock; it starts with the record where it is empty. */
  readonly start: string
  /** The team whose assignment the clock is for; all where it is empty. */
  readonly team: string
}

/** A world of some agreements, one calendar and one record, in minutes since its birth, which was a Friday noon. */
export interface WalkedWorld {
  /** In order of id. */
  readonly agreements: readonly WalkedAgreement[]
  readonly hours: readonly [WalkedHours, ...WalkedHours[]]
  readonly steps: readonly [WalkedStep, ...WalkedStep[]]
  /** How many minutes before its birth the record says that it began. */
  readonly late: number
}

/** What the walk found of one clock. */
export interface WalkedReading {
  readonly sla: string
  readonly status: string
  readonly elapsed: number
  readonly paused: number
  readonly allowed: number
  readonly start: number
  readonly stop: number | null
  readonly breaches: readonly number[]
}

interface Clock {
  readonly start: number
  readonly bound: WalkedVersion
  phase: 'running' | 'paused' | 'stopped' | 'unborn'
  stop: number
  elapsed: number
  paused: number
  allowed: number
  assigned: boolean
  exceeded: boolean
  breaches: number[]
}

/**
 * Reads clocks by living through every minute: what is the record now, which version counts now, which agreement has
 * the clock now, is the office open. It shares neither code nor method with the engine. P1 counts around the clock.
 */
export function walk(world: WalkedWorld, asOf: number): readonly WalkedReading[] {
  const walks = world.agreements.map((agreement) => lifeOfClock(agreement, world, asOf))
  let now = walks.map((each) => each.next())
  while (now.some(({ done }) => done !== true)) {
    const bids = now.map(({ done, value }) => (done !== true && typeof value === 'number' ? value : null))
    const lowest = Math.min(...bids.map((bid) => bid ?? Number.POSITIVE_INFINITY))
    const winner = bids.indexOf(lowest)
    now = now.map((each, index) => (each.done ? each : (walks[index]?.next(index === winner) ?? each)))
  }
  return now.flatMap(({ value }) => (value === null || typeof value === 'number' ? [] : value))
}

/**
 * One clock, minute by minute: says the order of the agreement while it covers the record, and is told whether it has
 * it.
 */
function* lifeOfClock(
  { id, versions, binding, reopen, start, team }: WalkedAgreement,
  world: WalkedWorld,
  asOf: number,
): Generator<number | null, readonly WalkedReading[], boolean> {
  const found: WalkedReading[] = []
  const { late } = world
  const steps = known(world.steps, ({ recorded }) => recorded <= asOf)
  const agreed = known(versions, ({ since, active }) => active && since <= asOf)
  if (!steps || !agreed) return []
  let clock: Clock | undefined
  let eligible = false
  const dropped = steps.at(-1)?.state === 'cancelled'
  const tell = (told: Clock, status: string, stop: number | null): void => {
    const { elapsed, paused, allowed, start, breaches } = told
    found.push({
      sla: id,
      status: dropped ? 'cancelled' : status,
      elapsed,
      paused,
      allowed,
      start,
      stop,
      breaches: [...breaches],
    })
  }
  const end = (ended: Clock | undefined, minute: number): void => {
    if (ended?.assigned)
      tell(ended, isOver(ended) ? 'breached' : 'met', ended.phase === 'stopped' ? ended.stop : minute)
  }

  const birth = steps[0].minute
  for (let minute = 0 - late; minute <= asOf; minute++) {
    if (start !== '' && minute < birth) {
      yield null
      continue
    }
    const step = standing(steps, minute)
    const inForce = standing(versions, Math.max(0, minute))
    const mine = team === '' || step.team === team
    const stops = step.state === 'resolved'
    const resumes = !stops && reopen !== 'never' && (start === '' || step.state === start)

    if (clock && !mine) {
      end(clock, minute)
      clock = undefined
    }
    const before = eligible
    const isFirst = minute === 0 - late
    eligible = mine && (start === '' ? isFirst || (team !== '' && !stops) : step.state === start)
    const bound = standing(versions, step.minute === minute ? step.recorded : Math.max(0, minute))
    const begin = (): Clock | undefined => (binding === 'at_start' && !bound.active ? undefined : fresh(minute, bound))
    if (clock?.phase === 'stopped' && reopen === 'new_cycle' && resumes) {
      end(clock, minute)
      clock = begin()
    } else if (!clock && eligible && !before) clock = begin()
    if (!clock) {
      yield null
      continue
    }

    const version = binding === 'at_start' ? clock.bound : standing(agreed, minute)
    const live: boolean = clock.phase !== 'stopped'
    const phase = minute < birth ? 'running' : phaseIn(version, step, stops || !(live || resumes))
    const inPlace = binding === 'at_start' || inForce.active
    const covered = inPlace && version.service === step.service && step.state !== 'cancelled'
    const wins = yield covered && minute >= birth ? version.order : null
    if (minute < birth) {
      // Whose clock it is, is decided when the record is known.
    } else if (!clock.assigned) {
      if (minute > birth || !wins) clock.breaches = []
      if (minute > birth || !wins) clock.exceeded = false
      clock.assigned = wins && (live || phase !== 'stopped')
    } else if (!wins && (live || phase !== 'stopped')) {
      if (live) tell(clock, 'cancelled', minute)
      else end(clock, minute)
      clock.assigned = false
    }
    if (live || phase !== 'stopped') clock.allowed = version.target[step.priority]
    const counts = clock.assigned || minute < birth
    if (live || phase !== 'stopped') {
      if (counts && isOver(clock) && !clock.exceeded) clock.breaches.push(minute)
      clock.exceeded = counts && isOver(clock)
    }
    if (phase === 'stopped' && live) clock.stop = minute
    clock.phase = phase
    if (minute === asOf || phase === 'stopped') continue
    if (step.priority === 'P1' || isOpen(standing(world.hours, minute), minute)) {
      clock[phase === 'paused' ? 'paused' : 'elapsed']++
      if (phase === 'running' && counts && isOver(clock) && !clock.exceeded) {
        clock.breaches.push(minute)
        clock.exceeded = true
      }
    }
  }
  if (clock?.phase === 'stopped') end(clock, asOf)
  else if (clock?.assigned) tell(clock, isOver(clock) ? 'breached' : clock.phase, null)
  return found
}

function known<T>(told: readonly T[], isKnown: (each: T) => boolean): readonly [T, ...T[]] | undefined {
  const [first, ...others] = told.filter(isKnown)
  return first && [first, ...others]
}

function isOver({ elapsed, allowed }: Clock): boolean {
  return elapsed > allowed
}

function fresh(start: number, bound: WalkedVersion): Clock {
  return {
    start,
    bound,
    phase: 'unborn',
    stop: 0,
    elapsed: 0,
    paused: 0,
    allowed: 0,
    assigned: false,
    exceeded: false,
    breaches: [],
  }
}

function standing<T extends { readonly since: number } | { readonly minute: number }>(
  told: readonly [T, ...T[]],
  minute: number,
): T {
  let found = told[0]
  for (const each of told) if (('since' in each ? each.since : each.minute) <= minute) found = each
  return found
}

function phaseIn(
  { pause }: WalkedVersion,
  { state, hold }: WalkedStep,
  stops: boolean,
): 'running' | 'paused' | 'stopped' {
  if (stops) return 'stopped'
  return state === 'on_hold' && (pause.includes('on_hold') || pause.includes(`on_hold:${hold}`)) ? 'paused' : 'running'
}

const day = 1440

function isOpen({ open, close }: WalkedHours, minute: number): boolean {
  const since = minute + 12 * 60 + 4 * day // the Monday before, at midnight
  const weekday = Math.floor(since / day) % 7
  const clock = ((since % day) + day) % day
  return weekday >= 0 && weekday < 5 && open <= clock && clock < close
}
