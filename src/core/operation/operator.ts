import { isMember, isProgram, type Member, membersOf, type Person } from '../approval/person.ts'
import type { RecordIndex } from '../facts.ts'

/** Somebody who may operate, under the name that records know them by; or why not. */
export type Operator = { readonly login: string } | { readonly barred: string }

/**
 * Whether somebody may operate records without a clone: members of the teams that `gitsm.yaml` names under
 * `operations`, else of any team, as the mainline lists them. What GitHub calls them, such as a contributor, counts for
 * nothing.
 */
export function operatorOf(
  account: Person & { readonly program: boolean },
  records: RecordIndex,
  teams: readonly string[] | undefined,
): Operator {
  if (account.program || isProgram(account)) return { barred: `${account.login} is a program` }
  const asked = teams ?? records.ofType('team').map(({ id }) => id)
  const members: readonly Member[] = asked.flatMap((team) => membersOf(records, team) ?? [])
  const member = members.find((each) => isMember(account, each))
  if (member) return { login: member.login }
  const where = teams === undefined ? 'any team' : teams.join(' or ')
  return { barred: `${account.login} (user ${account.id ?? 'unknown'}) is not in ${where}` }
}
