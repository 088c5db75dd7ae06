import type { RecordIndex } from '../facts.ts'
import { type Change, listAt, textAt } from '../record.ts'
import { governance, type Policy } from './policy.ts'
import { approversOf, approverWords } from './requirement.ts'

/** Configuration that judges other records, whoever it belongs to. */
export const judgingTypes: readonly string[] = ['policy', 'calendar', 'sla', 'kpi', 'change-model']

/** Whether a change is about something that judges others: governance guards it beside any policy of its own type. */
export function isGoverned(change: Change, policies: readonly Policy[]): boolean {
  const sides = [
    ...(change.kind === 'added' ? [] : [change.before]),
    ...(change.kind === 'removed' ? [] : [change.after]),
  ]
  return sides.some(({ type, id, data }) => {
    if (type === 'window') return data['kind'] === 'freeze'
    if (type === 'team') return change.kind !== 'added' && isNamedTeam(id, policies)
    return judgingTypes.includes(type)
  })
}

/**
 * Whether a policy takes approvals of a team. Where no policy guards teams, that is every team as soon as one takes
 * those of owners: who joins such a team may approve.
 */
function isNamedTeam(team: string, policies: readonly Policy[]): boolean {
  const named = policies.flatMap(({ rules }) => rules.flatMap(({ require }) => approversOf(require)))
  const guarded = policies.some(({ guards }) => guards.includes('team'))
  return named.includes(team) || (!guarded && named.some((name) => approverWords.includes(name)))
}

/** The policies on governance, unless nobody is in any team that they name: then the repository is in bootstrap. */
export function governancePolicies(policies: readonly Policy[], records: RecordIndex): readonly Policy[] {
  const teams = governingTeams(policies)
  const anybody = teams.some((team) => listAt(records.find('team', team)?.data ?? {}, 'members').length > 0)
  return anybody ? policies.filter(guardsGovernance) : []
}

/** The names of the teams that the policies on governance ask. */
export function governingTeams(policies: readonly Policy[]): readonly string[] {
  return policies.filter(guardsGovernance).flatMap(({ rules }) => rules.flatMap(({ require }) => approversOf(require)))
}

function guardsGovernance({ guards }: Policy): boolean {
  return guards.includes(governance)
}

/** The team that a record says it belongs to; a team belongs to itself. */
export function ownerOf(type: string, id: string, data: Parameters<typeof textAt>[0]): string | undefined {
  return type === 'team' ? id : (textAt(data, 'owner') ?? textAt(data, 'team'))
}
