import { membersOf } from '../approval/person.ts'
import type { RecordIndex } from '../facts.ts'
import { type Data, textAt } from '../record.ts'

/** More people than this are no longer told one by one. */
const most = 10

/** A login of GitHub's, or a team as `organisation/team`: anything else would name nobody, or somebody else. */
const mentionable = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})(?:\/[a-z0-9][a-z0-9_-]{0,99})?$/

/** Whether a text can be mentioned on GitHub as it stands. */
export function isMentionable(name: string): boolean {
  return mentionable.test(name)
}

/** Who is told of a clock: the team that owes it, and the people behind that team. */
export interface Addressees {
  readonly team: string | null
  readonly mentions: readonly string[]
}

/**
 * Whom a clock concerns: of an OLA or a contract the team that provides it, else the team of the record, of its
 * service, or the one that provides the agreement. The team is mentioned as GitHub knows it, else member by member;
 * whoever works on the record comes first.
 */
export function addresseesOf(record: Data, sla: Data | undefined, records: RecordIndex): Addressees {
  const provider = sla === undefined ? undefined : textAt(sla, 'provider')
  const service = records.find('service', textAt(record, 'service') ?? '')
  const owner = service && textAt(service.data, 'owner')
  const own = [textAt(record, 'team'), owner, provider]
  const asked = textAt(sla ?? {}, 'kind') === 'sla' ? own : [provider, ...own]
  const team = asked.find((name) => name !== undefined && records.find('team', name)) ?? null
  if (team === null) return { team, mentions: [] }
  const onGitHub = textAt(records.find('team', team)?.data ?? {}, 'github_team')
  const members = (membersOf(records, team) ?? []).map(({ login }) => login)
  const assignee = textAt(record, 'assignee')
  const first = assignee !== undefined && members.includes(assignee) ? [assignee] : []
  const named = [...first, ...(onGitHub === undefined ? members : [onGitHub])]
  return { team, mentions: [...new Set(named)].filter(isMentionable).slice(0, most) }
}
