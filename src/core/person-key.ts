import type { RecordIndex } from './facts.ts'
import { isData, listAt, textAt } from './record.ts'

/**
 * Tells people apart as teams list them: two logins with one numeric id are one person, any other name is compared in
 * lower case.
 */
export function personKeys(records: RecordIndex): (name: string) => string {
  const ids = new Map<string, string>()
  for (const { data } of records.ofType('team')) {
    for (const member of listAt(data, 'members').filter(isData)) {
      const [login, id] = [textAt(member, 'login')?.toLowerCase(), member['id']]
      if (login !== undefined && typeof id === 'number') ids.set(login, `#${id}`)
    }
  }
  return (name) => ids.get(name.toLowerCase()) ?? name.toLowerCase()
}
