import { readFileSync } from 'node:fs'
import type { Person } from '../core/approval/person.ts'
import type { PullRequest, Push, Review } from '../core/approval/pull-request.ts'
import { Fault } from '../core/fault.ts'
import { fragment } from '../core/fragment.ts'
import { type Instant, parseInstant } from '../core/instant.ts'
import { isData } from '../core/record.ts'
import { diskFault, errorCode } from './disk-fault.ts'

/**
 * Reads what is known of a pull request from a JSON file: reviews as GitHub's REST interface gives them, and the people
 * and pushes around them. Whatever cannot be read for certain is a `Fault`, because no approval may rest on a guess.
 */
export function readPullFile(path: string, now: Instant): PullRequest {
  return pullRequestOf(jsonOf(path), path, now)
}

function jsonOf(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw diskFault(path, 'read', cause)
    throw new Fault(`There is no file ${fragment(path)}`, { cure: 'Name a JSON file that tells of the pull request' })
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault(`${path} is no JSON`, { cure: 'Write the file as docs/approvals.md of GitSM shows it', cause })
  }
}

function pullRequestOf(data: unknown, path: string, now: Instant): PullRequest {
  const wrong = (what: string, cure: string): Fault => new Fault(`${path}: ${what}`, { cure })
  if (!isData(data)) throw wrong('it is no mapping', 'Begin it with { "number": …, "author": …')

  const field = (name: string): unknown => {
    if (data[name] === undefined) throw wrong(`${name} is missing`, `Add "${name}"`)
    return data[name]
  }
  const list = (name: string, value: unknown): readonly unknown[] => {
    if (Array.isArray(value)) return value
    throw wrong(`${name} is no list`, `Write "${name}": […]`)
  }
  const sha = (name: string, value: unknown): string => {
    if (typeof value === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value
    throw wrong(`${name} is no full commit id: ${shown(value)}`, 'Give all 40 (or 64) lower-case digits')
  }
  const instant = (name: string, value: unknown): Instant => {
    const at = typeof value === 'string' ? parseInstant(value) : undefined
    if (at !== undefined) return at
    throw wrong(`${name} is no instant: ${shown(value)}`, 'Write it as 2026-11-21T08:15:00Z')
  }
  const person = (name: string, value: unknown): (Person & { readonly program: boolean }) | null => {
    if (value === null) return null
    const { login, id, type } = isData(value) ? value : {}
    const known = id === undefined || id === null || Number.isSafeInteger(id)
    if (typeof login !== 'string' || login === '' || !known) {
      throw wrong(`${name} is nobody: ${shown(value)}`, 'Write { "login": "ada", "id": 123 }, or null')
    }
    return { login, ...(typeof id === 'number' && { id }), program: type === 'Bot' }
  }
  const observed = (name: string): readonly Push[] =>
    list(name, data[name] ?? [])
      .map((each, at) => {
        const { sha: id, since, by } = isData(each) ? each : {}
        const pusher = by === undefined ? undefined : person(`${name}[${at}].by`, by)
        return {
          sha: sha(`${name}[${at}].sha`, id),
          since: instant(`${name}[${at}].since`, since),
          ...(pusher !== undefined && { by: pusher }),
        }
      })
      .toSorted((a, b) => a.since - b.since)
  const review = (each: unknown, at: number): Review => {
    const { id, user, state, commit_id: commit, submitted_at: submitted } = isData(each) ? each : {}
    const name = `reviews[${at}]`
    const said = typeof state === 'string' ? state.toUpperCase() : ''
    if (!isReviewState(said)) throw wrong(`${name}.state is none of a review: ${shown(state)}`, states.join(', '))
    if (user === undefined) throw wrong(`${name}.user is missing`, 'Write null for an account that is gone')
    return {
      ...(typeof id === 'number' && { id }),
      user: person(`${name}.user`, user),
      state: said,
      commit: commit === undefined || commit === null ? null : sha(`${name}.commit_id`, commit),
      ...(submitted !== undefined && submitted !== null && { submittedAt: instant(`${name}.submitted_at`, submitted) }),
    }
  }

  const number = field('number')
  if (!Number.isSafeInteger(number)) throw wrong(`number is no number: ${shown(number)}`, 'Write "number": 12')
  const base = field('base')
  if (typeof base !== 'string' || base === '') throw wrong('base is no branch', 'Write "base": "main"')
  const retargeted = data['retargeted_at']
  return {
    number: Number(number),
    author: person('author', field('author')),
    base,
    ...(retargeted !== undefined && retargeted !== null && { retargetedAt: instant('retargeted_at', retargeted) }),
    head: sha('head', field('head')),
    committers: list('committers', field('committers')).map((each, at) => person(`committers[${at}]`, each)),
    heads: observed('heads'),
    bases: observed('bases'),
    reviews: list('reviews', field('reviews')).map(review),
    now: data['now'] === undefined ? now : instant('now', data['now']),
  }
}

const states = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'] as const

function isReviewState(text: string): text is Review['state'] {
  return (states as readonly string[]).includes(text)
}

function shown(value: unknown): string {
  return fragment(value === undefined ? 'nothing' : JSON.stringify(value))
}
