/** Opening hours as the oracle takes them: by weekday, Sunday first, `[from, until)` in minutes; and closed dates. */
export interface OracleHours {
  readonly zone: string
  readonly week: readonly (readonly (readonly [number, number])[])[]
  readonly closed: ReadonlySet<string>
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/**
 * Open minutes between two whole minutes, by asking the clock on the wall at every minute. Slow on purpose: it shares
 * neither code nor method with the engine, only the tz database.
 */
export function openMinutes({ zone, week, closed }: OracleHours, from: number, until: number): number {
  const wall = wallClock(zone)
  let count = 0
  for (let at = from; at < until; at += 60) {
    const { date, day, minute } = wall(at)
    if (isIn(week[day] ?? [], minute) && !closed.has(date)) count++
  }
  return count
}

function isIn(spans: readonly (readonly [number, number])[], minute: number): boolean {
  for (const [open, close] of spans) if (open <= minute && minute < close) return true
  return false
}

interface WallTime {
  readonly date: string
  readonly day: number
  readonly minute: number
}

const clocks = new Map<string, (at: number) => WallTime>()

/** The clock of a zone, which is looked at once for every minute. */
function wallClock(zone: string): (at: number) => WallTime {
  const known = clocks.get(zone)
  if (known) return known
  const seen = new Map<number, WallTime>()
  const look = lookAt(zone)
  const clock = (at: number): WallTime => {
    const time = seen.get(at) ?? look(at)
    seen.set(at, time)
    return time
  }
  clocks.set(zone, clock)
  return clock
}

function lookAt(zone: string): (at: number) => WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return (at: number) => {
    const parts = Object.fromEntries(format.formatToParts(at * 1000).map(({ type, value }) => [type, value]))
    return {
      date: `${parts['year']}-${parts['month']}-${parts['day']}`,
      day: days.indexOf(parts['weekday'] ?? ''),
      minute: Number(parts['hour']) * 60 + Number(parts['minute']),
    }
  }
}
