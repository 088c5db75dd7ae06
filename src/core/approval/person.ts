import type { RecordIndex } from '../facts.ts'
import { isData, listAt, textAt } from '../record.ts'

/** Somebody as GitHub names them, or as a team lists them. The numeric id survives a change of the login. */
export interface Person {
  readonly login: string
  readonly id?: number
}

/** One entry of a team's `members`. */
export interface Member extends Person {
  readonly name?: string
}

/** The members of a team; `undefined` where there is no such team. */
export function membersOf(records: RecordIndex, team: string): readonly Member[] | undefined {
  const record = records.find('team', team)
  return record && listAt(record.data, 'members').filter(isData).flatMap(memberOf)
}

function memberOf(entry: Readonly<Record<string, unknown>>): readonly Member[] {
  const login = textAt(entry, 'login')
  const name = textAt(entry, 'name')
  const { id } = entry
  if (login === undefined) return []
  return [{ login, ...(typeof id === 'number' && { id }), ...(name !== undefined && { name }) }]
}

/** Whether somebody is the person that a team lists: by the numeric id where the entry has one, else by the login. */
export function isMember(person: Person, member: Member): boolean {
  return member.id === undefined ? sameLogin(person.login, member.login) : person.id === member.id
}

/** Whether two may be one person: what says so is enough, because it keeps somebody from approving their own work. */
export function mayBeSame(one: Person, other: Person): boolean {
  return (one.id !== undefined && one.id === other.id) || sameLogin(one.login, other.login)
}

/** Everybody, each once. */
export function distinctPeople<P extends Person>(people: readonly P[]): readonly P[] {
  return people.filter((person, at) => people.findIndex((other) => mayBeSame(person, other)) === at)
}

function sameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Programs act under logins that end in `[bot]`; none of them approves anything. */
export function isProgram({ login }: Person): boolean {
  return login.toLowerCase().endsWith('[bot]')
}
