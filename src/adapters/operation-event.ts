import type { Person } from '../core/approval/person.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { type Data, isData, textAt, valueAt } from '../core/record.ts'
import { eventData } from './push-event.ts'

/** Somebody asked for an operation, through GitHub. */
export interface OperationEvent {
  /** What tells it apart from any other, also when it is delivered again: `comment-4711`. */
  readonly key: string
  /** The words of the command, or a text that holds them. */
  readonly asked: { readonly comment: string } | { readonly command: string } | { readonly words: readonly string[] }
  readonly by: Person & { readonly id: number; readonly program: boolean }
  /** The comment that asked, so that it can be answered. */
  readonly comment?: { readonly issue: number; readonly id: number; readonly isKnownHere: boolean }
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * What the event asks for that a workflow runs for: a comment that was made, a dispatched workflow or a dispatch from
 * another program. `undefined` where it asks for nothing.
 */
export function operationEvent(env: Environment): OperationEvent | undefined {
  const name = env['GITHUB_EVENT_NAME']
  const event = eventData(env)
  if (!isData(event)) {
    throw new Fault('There is no event that asks for anything', {
      cure: 'Run the command in a workflow on issue_comment, workflow_dispatch or repository_dispatch',
    })
  }
  if (name === 'issue_comment') return ofComment(event)
  const by = accountAt(event, ['sender'])
  const run = env['GITHUB_RUN_ID'] ?? ''
  if (name === 'workflow_dispatch') {
    const command = valueAt(event, ['inputs', 'command'])
    return { key: keyOf(`run-${run}`), asked: { command: typeof command === 'string' ? command : '' }, by }
  }
  if (name === 'repository_dispatch') {
    const payload = event['client_payload']
    const told = isData(payload) ? payload : {}
    const named = told['key']
    const key = typeof named === 'string' || typeof named === 'number' ? `dispatch-${named}` : `run-${run}`
    return { key: keyOf(key), asked: payloadWords(told), by }
  }
  throw new Fault(`The event ${name ?? 'of this run'} asks for no operation`, {
    cure: 'Run the command on issue_comment, workflow_dispatch or repository_dispatch',
  })
}

function ofComment(event: Data): OperationEvent | undefined {
  // An edit may be somebody else's words.
  if (event['action'] !== 'created') return undefined
  const [id, issue] = [valueAt(event, ['comment', 'id']), valueAt(event, ['issue', 'number'])]
  const body = valueAt(event, ['comment', 'body'])
  if (typeof id !== 'number' || typeof issue !== 'number') throw unusable('comment')
  const association = valueAt(event, ['comment', 'author_association'])
  return {
    key: keyOf(`comment-${id}`),
    asked: { comment: typeof body === 'string' ? body : '' },
    by: accountAt(event, ['comment', 'user']),
    comment: { issue, id, isKnownHere: ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(String(association)) },
  }
}

/** `{ command }`, or `{ new: type, set }`, `{ move: id, to, set, note }`, `{ note: …, id }` as words. */
function payloadWords(payload: Data): OperationEvent['asked'] {
  const command = textAt(payload, 'command')
  if (command !== undefined) return { command }
  const set = Object.entries(isData(payload['set']) ? payload['set'] : {}).flatMap(([path, value]) => [
    '--set',
    `${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  ])
  const note = textAt(payload, 'note')
  const remark = note === undefined ? [] : ['--note', note]
  if ('new' in payload) return { words: ['new', String(payload['new']), ...set] }
  if ('move' in payload)
    return { words: ['move', String(payload['move']), String(payload['to'] ?? ''), ...set, ...remark] }
  return { words: ['note', String(payload['id'] ?? ''), ...remark] }
}

function accountAt(event: Data, route: readonly string[]): OperationEvent['by'] {
  const user = valueAt(event, route)
  if (!isData(user)) throw unusable('person')
  const [login, id] = [textAt(user, 'login'), user['id']]
  if (login === undefined || !/^[\w[\]-]{1,60}$/.test(login) || typeof id !== 'number') throw unusable('person')
  return { login, id, program: user['type'] !== 'User' }
}

/** A key fit for the trailer of a commit and the name of a branch. */
function keyOf(text: string): string {
  if (/^[a-z]+-[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(text)) return text
  throw new Fault('The key of the request is none', {
    cure: 'Letters, digits, - and _, at most 100',
    code: exit.refused,
  })
}

function unusable(what: string): Fault {
  return new Fault(`The event names no ${what}`, { cure: 'Run the command on the event as GitHub wrote it' })
}
