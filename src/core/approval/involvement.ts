import type { RecordIndex } from '../facts.ts'
import type { Demand } from './demand.ts'
import { isMember, type Member, mayBeSame, membersOf, type Person } from './person.ts'
import type { PullRequest } from './pull-request.ts'

/** Everybody whom the teams of these records list. */
export function rosterOf(...sides: readonly RecordIndex[]): readonly Member[] {
  return sides.flatMap((records) => records.ofType('team').flatMap(({ id }) => membersOf(records, id) ?? []))
}

/**
 * Why somebody may not approve something, in words that follow their name: they opened the pull request, wrote a commit
 * of it or pushed one, or the record names them as taking part. `undefined` where nothing stands against it.
 */
export function involvementOf(
  person: Person,
  { involved }: Pick<Demand, 'involved'>,
  pull: Pick<PullRequest, 'author' | 'committers' | 'heads'> | undefined,
  roster: readonly Member[],
): string | undefined {
  if (pull?.author && mayBeSame(person, pull.author)) return 'opened the pull request'
  if (pull?.committers.some((each) => each && isWriter(person, each, roster))) return 'wrote a commit of it'
  if (pull?.heads.some(({ by }) => by && mayBeSame(person, by))) return 'pushed to it'
  const part = involved.find(({ person: name }) => peopleNamed(name, roster).some((each) => mayBeSame(person, each)))
  return part && (words[part.field] ?? `is its ${part.field}`)
}

/**
 * Whether somebody may have written a commit; a co-author without an account is told by a name or part of an address.
 */
function isWriter(person: Person, writer: Person, roster: readonly Member[]): boolean {
  if (mayBeSame(person, writer)) return true
  return writer.id === undefined && peopleNamed(writer.login, roster).some((each) => mayBeSame(person, each))
}

/** What the fields say of somebody whose names do not say who that is. */
const words: Readonly<Record<string, string>> = {
  requested_by: 'asked for it',
  requested_for: 'is the one it is for',
}

/**
 * Whether somebody is whom a field of a record names, as far as that gives them a right: where team members are called
 * so, one of them as the team lists them, and else whoever has that login.
 */
export function isNamedSo(person: Person, name: string, roster: readonly Member[]): boolean {
  const asked = spelling(name)
  const members = roster.filter((member) => isCalled(member, asked))
  return members.length > 0 ? members.some((each) => isMember(person, each)) : spelling(person.login) === asked
}

/** Whom a field of a record means: the team members of that login or name, else the login that it says. */
function peopleNamed(name: string, roster: readonly Member[]): readonly Person[] {
  const asked = spelling(name)
  return [...roster.filter((member) => isCalled(member, asked)), { login: asked }]
}

function spelling(name: string): string {
  return name.trim().replace(/^@/, '').toLowerCase()
}

function isCalled({ login, name }: Member, asked: string): boolean {
  return [login, name].some((each) => each?.toLowerCase() === asked)
}
