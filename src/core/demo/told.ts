import { formatInstant, type Instant } from '../instant.ts'
import type { Data } from '../record.ts'
import { inBerlin } from './berlin.ts'
import { type Chance, chance } from './chance.ts'
import type { Person } from './crew.ts'
import { done, type StoryRecord, type Version } from './record-telling.ts'

/**
 * What somebody does to a record: the minute in Berlin or an instant, their login, what it sets, and the words of the
 * commit.
 */
export type ToldStep = readonly [when: string | Instant, by: string, set: Data, say: string, note?: string]

/** A record as its author of the story declares it: its birth, then what is done to it, in order of time. */
export interface Told {
  readonly type: string
  readonly id: string
  readonly steps: readonly ToldStep[]
}

/** The versions of a declared record that are recorded before an instant, each written down within two minutes. */
export function tellRecord({ type, id, steps }: Told, people: readonly Person[], until: Instant): StoryRecord {
  const luck = luckOf(id)
  let data: Data = { id }
  const versions = steps.map(([when, login, set, say, note]): Version => {
    const declared = typeof when === 'string' ? minute(when) : when
    const by = people.find((person) => person.login === login) ?? { login, name: login }
    const recorded = declared + luck.between(15, 110)
    const version = done({ data }, { declared, recorded, by, set, say, ...(note !== undefined && { note }) })
    data = version.data
    return version
  })
  return { type, id, openedAt: versions[0]?.at ?? 0, versions: versions.filter(({ at }) => at < until) }
}

/** Choices of their own for every id. */
export function luckOf(id: string): Chance {
  return chance([...id].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7))
}

/** A minute in Berlin (`2026-08-17 21:30`). */
export function minute(when: string): Instant {
  const [day = '', time = ''] = when.split(' ')
  const [hours, minutes] = time.split(':').map(Number)
  return inBerlin(day, (hours ?? 0) * 60 + (minutes ?? 0))
}

/** A minute in Berlin as records write it, in UTC. */
export function instantOf(when: string): string {
  return formatInstant(minute(when))
}
