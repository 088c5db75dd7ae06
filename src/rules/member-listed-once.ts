import { mayBeSame } from '../core/approval/person.ts'
import { isData, listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * Nobody is in a team twice.
 *
 * Approvals count people, not entries: a board of two entries for one person looks as if it could give two approvals.
 */
export const memberListedOnce: Rule = {
  id: 'member-listed-once',
  severity: 'error',
  summary: 'A team lists each of its members once',
  local: true,
  *check({ records }) {
    for (const { file, id: team, data } of records.ofType('team')) {
      const people = listAt(data, 'members').map((entry, index) => {
        const [login, id] = isData(entry) ? [textAt(entry, 'login'), entry['id']] : []
        return { index, login, ...(typeof id === 'number' && { id }) }
      })
      for (const { login, index, ...rest } of people) {
        if (login === undefined) continue
        const first = people.find(
          (other) =>
            other.index < index &&
            other.login !== undefined &&
            mayBeSame({ login, ...rest }, { ...other, login: other.login }),
        )
        if (!first) continue
        const sameName = first.login?.toLowerCase() === login.toLowerCase()
        const field = sameName ? 'login' : 'id'
        yield {
          message: sameName
            ? `${team} lists ${login} twice`
            : `${team} lists ${String(first.login)} and ${login} under one numeric id`,
          place: { file, route: ['members', index, field] },
          hint: sameName
            ? 'Leave one of them out; logins are compared without regard to case'
            : 'Give each person their own id, or leave one entry out if it is one person',
          related: [{ place: { file, route: ['members', first.index, field] }, message: 'the first entry is here' }],
        }
      }
    }
  },
}
