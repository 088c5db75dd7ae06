import { type Known, unknown } from '../../core/doctor/known.ts'
import type { Answer } from './connection.ts'

/** Statuses by which GitHub says that a token may not read something, or that it is not there. */
export const unreadable: readonly number[] = [403, 404]

/** A setting of which GitHub does not tell, and why that may be. */
export function notReadable({ status }: Answer): Known<never> {
  return unknown(
    status === 403
      ? 'the token may not read it; one of an administrator may'
      : 'GitHub says there is nothing, which it also says to a token that may not read it',
  )
}
