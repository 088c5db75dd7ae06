import type { Lifecycle } from '../lifecycle.ts'
import { type Change, type Data, textsAt } from '../record.ts'
import { isSame } from '../same.ts'
import type { Occasion } from './occasion.ts'

const implementer = 'implementer'

/** Fields that name people who have a part in what is to be approved. */
const involving: readonly string[] = ['requester', 'requested_by', 'requested_for', 'author', implementer]

/** Somebody who has a part in what is to be approved, as a record names them, with the field that does. */
export interface Involved {
  readonly field: string
  readonly person: string
}

/** Everybody whom a version of a record names as having a part in it. */
export function involvedIn(data: Data): readonly Involved[] {
  return involving.flatMap((field) => textsAt(data, field).map((person) => ({ field, person })))
}

/**
 * The occasion of an edit that names somebody else as the one who asked for, wrote or implements what has to be
 * approved one day: otherwise people could leave that part to approve it, or give it to whoever would refuse. Once it
 * is on the mainline only governance lets that in. Another implementer in a change that somebody has to approve is seen
 * by them, and neither of the two may; naming somebody where nobody was named is free.
 */
export function renamedPart(
  change: Change,
  lifecycle: Lifecycle | undefined,
  { isAsked }: { readonly isAsked: boolean },
): Occasion | undefined {
  if (change.kind !== 'edited' || !lifecycle) return undefined
  const steps = [...lifecycle.initial, ...lifecycle.transitions]
  if (!steps.some(({ guard }) => guard === 'approval')) return undefined
  const [before, after] = [change.before.data, change.after.data]
  const fields = involving.filter((field) => {
    if (field === implementer && isAsked) return false
    const named = people(before, field)
    return named.length > 0 && !isSame(named, people(after, field))
  })
  const [first] = fields
  if (first === undefined) return undefined
  const reason = fields.map((field) => `${field} is no longer ${textsAt(before, field).join(', ')}`).join(', ')
  return { reason, route: [first in after ? first : 'id'], states: textsAt(after, 'state') }
}

/** Whom a field names, however it is written. */
function people(data: Data, field: string): readonly string[] {
  return textsAt(data, field).map((name) => name.trim().replace(/^@/, '').toLowerCase())
}
