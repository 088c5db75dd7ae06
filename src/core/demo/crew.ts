import { type Data, isData, listAt, textAt } from '../record.ts'
import type { Chance } from './chance.ts'

/** A member of a team. */
export interface Person {
  readonly login: string
  readonly name: string
}

/** Who works where, as the records of the teams say. */
export interface Crew {
  /** Someone of a team; another one than `not` where there is another. */
  someone(team: string, luck: Chance, not?: Person): Person
}

/** The crew of team records, by the id of the team. Each team needs a member. */
export function crewOf(teams: readonly Data[]): Crew {
  const members = new Map(
    teams.map((team) => [
      textAt(team, 'id') ?? '',
      listAt(team, 'members')
        .filter(isData)
        .map((member) => {
          const login = textAt(member, 'login') ?? ''
          return { login, name: textAt(member, 'name') ?? login }
        }),
    ]),
  )
  return {
    someone(team, luck, not) {
      const all = members.get(team) ?? []
      const others = all.filter(({ login }) => login !== not?.login)
      const [first, ...rest] = others.length > 0 ? others : all
      if (!first) throw new RangeError(`the team ${team} has no member`)
      return luck.pick([first, ...rest])
    },
  }
}
