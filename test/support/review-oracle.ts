import { type Asks, judgedAt, type ReviewHistory } from './review-history.ts'

/**
 * Whether a pull request may be merged, answered in the plainest way and without any part of the engine: this file
 * names nothing of `src`. People are numbers, and who is in which team is written out.
 */
export function oracle(history: ReviewHistory): { met: boolean; until: number | null; expires: number | null } {
  const met = passes(history, judgedAt)
  const until = !met && history.retroactive !== null && !vetoed(history) ? judgedAt + history.retroactive : null
  let expires: number | null = null
  // An approval is given at second 100 at the latest and holds for 75 at most.
  for (let at = judgedAt + 1; met && expires === null && at <= 200; at++) if (!passes(history, at)) expires = at
  return { met, until, expires }
}

const memberOf: Readonly<Record<string, readonly number[]>> = {
  cab: [0, 1, 2, 4],
  platform: [2, 3, 6, 7],
  board: [4],
}
/** Entry 6 is written down as a program; 7 reads like a person. */
const isPersonByName = (who: number): boolean => who !== 6
const ownerOf: Readonly<Record<string, string>> = { webshop: 'platform', payment: 'board' }
const meant: Readonly<Record<string, readonly number[]>> = {
  ada: [0, 5],
  '@Bob': [1],
  'Carla Nuñez': [2],
  'ada-renamed': [0],
  DMITRI: [3],
  erik: [4],
}
const programs = [6, 7]

type Plain =
  | 'none'
  | 'impossible'
  | { readonly approvals: number | string; readonly from: readonly string[] }
  | { readonly author: readonly string[] }
  | { readonly all: readonly Plain[] }
  | { readonly any: readonly Plain[] }

/** The requirement with nothing left of words that stand for requirements of their own. */
function plain(asks: Asks, history: ReviewHistory): Plain {
  if (asks === 'none' || 'author' in asks) return asks
  if ('all' in asks) return { all: asks.all.map((part) => plain(part, history)) }
  if ('any' in asks) return { any: asks.any.map((part) => plain(part, history)) }
  if (asks.from[0] === 'catalogue-item') {
    if (history.type !== 'request' || !history.hasItem) return 'impossible'
    return history.item === null ? 'none' : { approvals: history.item.approvals ?? 1, from: history.item.from }
  }
  if (asks.from[0] === 'each-service-owner') {
    const owners = serviceTeams(history)
    if (owners.length === 0) return 'impossible'
    return { all: owners.map((team) => ({ approvals: asks.approvals, from: [team] })) }
  }
  return asks
}

function serviceTeams({ services }: ReviewHistory): readonly string[] {
  return services.flatMap((service) => ownerOf[service] ?? [])
}

function teamsOf(names: readonly string[], history: ReviewHistory): readonly string[] {
  const teams = names.flatMap((name) => {
    if (name === 'owner') return history.team === null ? [] : [history.team]
    return name === 'service-owner' ? serviceTeams(history) : [name]
  })
  return [...new Set(teams)].filter((team) => team in memberOf)
}

function allNames(asks: Plain): readonly string[] {
  if (asks === 'none' || asks === 'impossible') return []
  if ('author' in asks) return asks.author
  if ('from' in asks) return asks.from
  return ('all' in asks ? asks.all : asks.any).flatMap(allNames)
}

type Given = ReviewHistory['reviews'][number]

/** The last word of each account, and every word of accounts that are gone. */
function lastWords({ reviews }: ReviewHistory): readonly Given[] {
  const rank = ({ at, state }: Given) => at ?? (state === 'APPROVED' ? -1 : 1000)
  const inOrder = reviews.map((review, place) => ({ review, place }))
  inOrder.sort((a, b) => rank(a.review) - rank(b.review) || a.place - b.place)
  const last = new Map<number | string, Given>()
  for (const { review, place } of inOrder) {
    if (review.state === 'COMMENTED' || review.state === 'PENDING') continue
    last.set(review.who ?? `gone ${place}`, review)
  }
  return [...last.values()]
}

function vetoed(history: ReviewHistory): boolean {
  const asked = teamsOf(allNames(plain(history.asks, history)), history).flatMap((team) => memberOf[team] ?? [])
  return lastWords(history).some(
    ({ state, who }) => state === 'CHANGES_REQUESTED' && (who === null || asked.includes(who)),
  )
}

function passes(history: ReviewHistory, at: number): boolean {
  const asks = plain(history.asks, history)
  if (asks === 'none') return true
  if (history.author === null || history.committers.includes(null)) return false
  const lastPush = Math.max(...history.pushes.map((push) => push.at))
  const last = history.pushes.filter((push) => push.at === lastPush).map((push) => push.commit)
  if (history.pushes.length > 0 && !last.includes(headOf(history))) return false
  if (vetoed(history)) return false
  const good = lastWords(history)
    .filter((review) => isGood(review, history, at))
    .map(({ who }) => who)
  return meets(asks, good, history)
}

function meets(asks: Plain, good: readonly (number | null)[], history: ReviewHistory): boolean {
  if (asks === 'none') return true
  if (asks === 'impossible') return false
  if ('all' in asks) return asks.all.every((part) => meets(part, good, history))
  if ('any' in asks) return asks.any.some((part) => meets(part, good, history))
  if ('author' in asks) {
    const members = teamsOf(asks.author, history).flatMap((team) => memberOf[team] ?? [])
    const hands = [history.author, ...history.committers, ...history.pushes.flatMap(({ by }) => by ?? [])]
    if (history.pushes.some(({ by }) => by === null)) return false
    return hands.every((who) => who !== null && members.includes(who))
  }
  const teams = teamsOf(asks.from, history)
  const members = teams.flatMap((team) => memberOf[team] ?? [])
  return good.filter((who) => who !== null && members.includes(who)).length >= needed(asks.approvals, teams)
}

function needed(approvals: number | string, teams: readonly string[]): number {
  if (typeof approvals === 'number') return approvals
  const count = new Set(teams.flatMap((team) => memberOf[team] ?? []).filter(isPersonByName)).size
  if (approvals === 'majority') return [1, 1, 2, 2, 3, 3, 4][count] ?? 0
  if (approvals === '50%') return [1, 1, 1, 2, 2, 3, 3][count] ?? 0
  return Math.max(1, count)
}

function headOf({ otherHead, pushes }: ReviewHistory): number {
  return otherHead ?? pushes.at(-1)?.commit ?? 4
}

function isGood({ state, who, commit, at }: Given, history: ReviewHistory, judged: number): boolean {
  if (state !== 'APPROVED' || who === null || commit === null || at === null || at > judgedAt) return false
  if (programs.includes(who)) return false
  if (history.author === who || history.committers.includes(who)) return false
  if (history.pushes.some(({ by }) => by === who)) return false
  if (involved(history).includes(who)) return false
  if (history.expires !== null && at + history.expires <= judged) return false
  if (history.retargetedAt !== null && at <= history.retargetedAt) return false

  const { pushes } = history
  const before = pushes.filter((push) => push.at < at).at(-1)
  const meanwhile = pushes.filter((push) => push.at === at)
  const looked = [...(before ? [before] : []), ...meanwhile].map((push) => push.commit)
  const named = pushes.filter((push) => push.commit === commit)
  const moved = named.length > 0 && named.every((push) => push.at > at)
  if (!moved) looked.push(commit)
  if (looked.length === 0) return false

  const [fork] = history.bases
  const base = history.basesObserved ? (history.bases.filter((each) => each.at <= at).at(-1) ?? fork) : fork
  const today = history.bases.at(-1)
  return looked.every((seen) => {
    const said = history.says[seen]
    if (said === undefined || said === 'gone') return false
    return history.says[headOf(history)] === said && base?.window === today?.window
  })
}

function involved({ requester, implementer }: ReviewHistory): readonly number[] {
  return [...(meant[requester] ?? []), ...(meant[implementer] ?? [])]
}
