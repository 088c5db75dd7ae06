import { enumeration } from '../enumeration.ts'
import { leaf, type Verdict } from '../verdict.ts'
import { approvalsNeeded, type Quorum } from './quorum.ts'
import { requirementText } from './requirement.ts'

/** An approval by a member of a team that is asked, and why it does not count where it does not. */
export interface Vote {
  readonly login: string
  /** The team that they are in. */
  readonly team: string
  readonly against?: Objection
}

/** What stands against an approval, in words that follow its giver's name, and by a name that stays. */
export interface Objection {
  readonly because: string
  readonly code: 'CAB_SELF' | 'CAB_NOT_MEMBER' | 'CAB_UNKNOWN' | 'CAB_STALE' | 'CAB_EXPIRED'
}

/** Who was asked, who spoke, and who still could. */
export interface Ballot {
  readonly teams: readonly string[]
  /** How many people these teams have. */
  readonly members: number
  readonly votes: readonly Vote[]
  /** Members who have not approved and may not, with what stands against it: `opened the pull request`. */
  readonly barred: readonly { readonly login: string; readonly because: string }[]
  /** Logins of those who could approve and have not. */
  readonly open: readonly string[]
}

const few = 6

/** Counts the approvals of a requirement: each person once, whichever of the teams they are in. */
export function approvalsVerdict(quorum: Quorum, from: readonly string[], ballot: Ballot): Verdict {
  const { teams, members, votes, barred, open } = ballot
  const approvals = approvalsNeeded(quorum, members)
  const counted = votes.filter(({ against }) => against === undefined)
  const met = counted.length >= approvals
  const asked = requirementText({ kind: 'approvals', approvals: quorum, from })
  const words = teams.filter((team) => !from.includes(team))
  const share = typeof quorum === 'number' ? [] : [`${approvals} of ${members}`]
  const more = [words.join(', '), ...share].filter((part) => part !== '').join('; ')
  const meant = more === '' ? asked : `${asked} (${more})`
  const lacking = approvals - counted.length
  return {
    met,
    because: met ? `${meant}: ${names(counted)}` : missing(),
    parts: [...votes.map(voteVerdict), ...(met ? [] : barred.map(barredVerdict))],
    ...(!met && open.length >= lacking && { awaits: { approvals: lacking, teams, people: open } }),
  }

  function missing(): string {
    if (teams.length === 0) return `${meant}, but there is no such team here`
    const have = counted.length === 0 ? '' : `, ${counted.length} of them given by ${names(counted)}`
    if (open.length < lacking) {
      const rest = open.length === 0 ? 'nobody there may give it' : `only ${enumeration(open, 'and')} may give it`
      return `${meant}${have}, but ${rest}`
    }
    return `waits for ${meant}${have}: ${ableText(open, lacking)}`
  }
}

/** Who can give so many approvals: `ada or bob can give it`, `2 of ada, bob and carla can give them`. */
function ableText(open: readonly string[], lacking: number): string {
  const list = open.length > few ? [...open.slice(0, few), `${open.length - few} others`] : open
  if (lacking === 1) return `${enumeration(list, 'or')} can give it`
  const all = enumeration(list, 'and')
  return open.length === lacking ? `it takes ${all}` : `${lacking} of ${all} can give them`
}

function voteVerdict({ login, team, against }: Vote): Verdict {
  if (against === undefined) return leaf(true, `${login} of ${team} approved`)
  return leaf(false, `${login} ${against.because}`, against.code)
}

function barredVerdict({ login, because }: Ballot['barred'][number]): Verdict {
  return leaf(false, `${login}, who ${because}, may not approve it`)
}

function names(votes: readonly Vote[]): string {
  return votes.map(({ login }) => login).join(', ')
}
