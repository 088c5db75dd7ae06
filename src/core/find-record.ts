import { Fault } from './fault.ts'
import { nearest } from './nearest.ts'

/** A record as a command names it: `INC-…`, or `<type>/<id>` where an id alone could mean several. */
export interface RecordName {
  readonly type: string
  readonly id: string
}

/** The one of the known records that a text names; a `Fault` with a suggestion when there is none, or more than one. */
export function findByName<T extends RecordName>(text: string, known: Iterable<T>): T {
  const all = [...known]
  const found = all.filter(({ type, id }) => id === text || `${type}/${id}` === text)
  const [only, second] = found
  if (only && !second) return only
  if (only) {
    const names = found.map(({ type, id }) => `${type}/${id}`)
    throw new Fault(`${text} can mean ${names.join(' or ')}`, { cure: 'Name it with its type' })
  }
  const guess = nearest(
    text,
    all.map(({ id }) => id),
  )
  throw new Fault(`There is no record ${JSON.stringify(text)}`, {
    cure: guess ? `Did you mean ${guess}?` : 'gitsm list <type> shows the records there are',
  })
}
