import type { Person } from '../../core/approval/person.ts'
import type { Told } from './told.ts'

/** Somebody with an account on GitHub. */
export interface Account extends Person {
  readonly id: number
  /** Whether it is an app or a bot. */
  readonly program: boolean
}

/** The account at a path of an answer; `null` where GitHub knows none, or it is gone. */
export function accountAt(from: Told, path: string): Account | null {
  const user = from.part(path)
  if (user === null || user.textOrNull('login') === null) return null
  return { login: user.text('login'), id: user.count('id'), program: user.textOrNull('type') === 'Bot' }
}
