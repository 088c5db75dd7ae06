import { rosterOf } from '../approval/involvement.ts'
import { isMember, type Person } from '../approval/person.ts'
import type { RecordIndex } from '../facts.ts'

/** What GitHub calls somebody who belongs to a repository or its organisation; others only came by. */
const associations: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR']

/** Who wrote an issue, and what they are to the repository. */
export interface IssueAuthor {
  readonly author: Person
  readonly association: string
}

/**
 * Whether the author of an issue belongs to the organisation, so that what they report may be recorded at once. In a
 * public repository anybody can open an issue; what strangers write waits until somebody has looked at it.
 */
export function belongsHere({ author, association }: IssueAuthor, records: RecordIndex): boolean {
  return associations.includes(association) || rosterOf(records).some((member) => isMember(author, member))
}
