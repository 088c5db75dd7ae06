import { type Instant, parseInstant } from '../../core/instant.ts'
import { fieldOf } from './failure.ts'
import { GitHubUnavailable } from './unavailable.ts'

/** Part of an answer, read field by field: what is missing or of another kind makes the answer unusable. */
export interface Told {
  readonly text: (path: string) => string
  readonly textOrNull: (path: string) => string | null
  readonly count: (path: string) => number
  readonly flag: (path: string) => boolean
  /** A full commit id. */
  readonly sha: (path: string) => string
  readonly shaOrNull: (path: string) => string | null
  readonly instant: (path: string) => Instant
  readonly instantOrNull: (path: string) => Instant | null
  /** A part with fields of its own; `null` where there is none. */
  readonly part: (path: string) => Told | null
  readonly list: (path: string) => readonly Told[]
}

/** Reads what a route answered. Paths are names joined by points; an empty one means the answer itself. */
export function told(route: string, data: unknown): Told {
  const at = (path: string): unknown => {
    let value = data
    for (const name of path === '' ? [] : path.split('.')) value = fieldOf(value, name)
    return value
  }
  const wrong = (path: string, what: string): GitHubUnavailable =>
    new GitHubUnavailable({ route, said: `an answer whose ${path || 'content'} is ${what}` })
  const orNull =
    <T>(read: (path: string) => T) =>
    (path: string): T | null =>
      at(path) === null || at(path) === undefined ? null : read(path)
  const text = (path: string): string => {
    const value = at(path)
    if (typeof value === 'string') return value
    throw wrong(path, 'no text')
  }
  const sha = (path: string): string => {
    const value = text(path)
    if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value
    throw wrong(path, 'no commit id')
  }
  const instant = (path: string): Instant => {
    const value = parseInstant(text(path))
    if (value !== undefined) return value
    throw wrong(path, 'no instant')
  }
  return {
    text,
    textOrNull: orNull(text),
    count: (path) => {
      const value = at(path)
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
      throw wrong(path, 'no number')
    },
    flag: (path) => {
      const value = at(path)
      if (typeof value === 'boolean') return value
      throw wrong(path, 'neither true nor false')
    },
    sha,
    shaOrNull: orNull(sha),
    instant,
    instantOrNull: orNull(instant),
    part: orNull((path) => told(route, at(path))),
    list: (path) => {
      const value: unknown = at(path)
      if (Array.isArray(value)) return value.map((each: unknown) => told(route, each))
      throw wrong(path, 'no list')
    },
  }
}
