import { awaitedOf } from '../core/approval/awaited.ts'
import type { Decision } from '../core/approval/decide.ts'
import { countText } from '../core/approval/quorum.ts'
import { enumeration } from '../core/enumeration.ts'
import { humanHours } from '../core/instant.ts'
import type { Judgement } from '../core/judgement.ts'
import type { Awaits } from '../core/verdict.ts'

/** What became of a pull request in one sentence, as plain text: ready, what to put right, or who is awaited. */
export function headline({ gate, summary }: Judgement): string {
  const missing = (gate?.decisions ?? []).filter(({ met, until }) => !met && until === undefined)
  if (gate?.verdict === 'pending') return waiting(missing)
  if (!gate || gate.verdict === 'fail' || summary.errors > 0) {
    const errors = `Not yet: ${summary.errors} ${summary.errors === 1 ? 'error' : 'errors'} to put right`
    const awaited = awaitedOf(missing)
    return awaited.length === 0 ? errors : `${errors}, and ${awaitedText(awaited)}`
  }
  const late = gate.decisions.filter(({ met }) => !met)
  if (late.length > 0) return `May be merged now, and ${laterText(late)}`
  const approved = gate.decisions.some(({ demand }) => demand.rule && demand.rule.require.kind !== 'none')
  return approved ? 'Approved: may be merged' : 'May be merged: no approval is needed'
}

/** Somebody who asks for changes, or an approval that nobody can give, is told before what merely takes its time. */
function waiting(missing: readonly Decision[]): string {
  const stuck = missing.find((decision) => awaitedOf([decision]).length === 0 || decision.parts.length > 1)
  if (stuck) return `Waits: ${stuck.demand.id}: ${stuck.because}`
  return `Waits for ${awaitedText(awaitedOf(missing))}`
}

const fewTeams = 3

function awaitedText(awaited: readonly Awaits[]): string {
  const [only] = awaited
  if (only && awaited.length === 1) return `${countText(only.approvals)} from ${teamsText(only)}: ${peopleText(only)}`
  const told = awaited
    .slice(0, fewTeams)
    .map((each) => `${each.approvals} from ${teamsText(each)} (${peopleText(each)})`)
  const more = awaited.length > fewTeams ? [`${awaited.length - fewTeams} more`] : []
  return `${countText(awaited.reduce((sum, { approvals }) => sum + approvals, 0))}: ${[...told, ...more].join(', ')}`
}

function teamsText({ teams }: Awaits): string {
  return teams.join(' or ')
}

const fewPeople = 4

function peopleText({ people }: Awaits): string {
  const told =
    people.length > fewPeople ? [...people.slice(0, fewPeople - 1), `${people.length - fewPeople + 1} others`] : people
  return enumeration(told, 'or')
}

function laterText(late: readonly Decision[]): string {
  const limits = late.flatMap(({ demand }) => demand.rule?.retroactive ?? [])
  const within = limits.length === 0 ? '' : ` within ${humanHours(Math.min(...limits))} of that`
  const awaited = awaitedOf(late)
  return `${awaited.length === 0 ? 'its approval' : awaitedText(awaited)} has to follow${within}`
}
