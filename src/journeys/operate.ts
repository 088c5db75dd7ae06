import { fetchTip } from '../adapters/git/fetch.ts'
import { knownRemote } from '../adapters/git/remote-access.ts'
import { pathRoot } from '../adapters/git/revision.ts'
import { putComment } from '../adapters/github/comment.ts'
import { type OperationEvent, operationEvent } from '../adapters/operation-event.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { codeBlock, inlineText } from '../core/markdown.ts'
import { carriedOutOn } from '../core/operation/carried-out.ts'
import { type Operator, operatorOf } from '../core/operation/operator.ts'
import { commandIn, type OperationRequest, operationUsage, requestIn, requestOf } from '../core/operation/request.ts'
import { json } from '../render/json.ts'
import { oneLine } from '../render/terminal.ts'
import { gitHubOf } from './github-connection.ts'
import { mainlineOf } from './mainline-name.ts'
import { move } from './move.ts'
import { newRecord } from './new.ts'
import { noteRecord } from './note.ts'
import type { Actor, Publication } from './publish.ts'
import { openTip } from './tip.ts'
import { sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What became of a request. */
interface Answer {
  readonly key: string
  readonly by: string
  readonly outcome: 'done' | 'refused' | 'barred' | 'nothing'
  readonly text: string
  readonly code: Outcome['code']
}

/**
 * Does what somebody without a clone asks for through GitHub, in the event that the workflow runs for: opens a record,
 * takes a step, writes a note. Whoever asks must be in a team of the mainline; the step is judged and lands as theirs.
 * However often the event comes, it is done once. A comment is answered by a comment.
 */
export async function operate(world: World, { remote: named }: { readonly remote: string }): Promise<Outcome> {
  const event = operationEvent(world.env)
  const command = event && ('comment' in event.asked ? commandIn(event.asked.comment) : '')
  if (!event || command === undefined) {
    const nothing: Answer = { key: '', by: '', outcome: 'nothing', text: 'Nothing is asked for', code: exit.pass }
    return told(world, nothing, undefined)
  }
  const answer = await answered({ ...world, reader: world.reader ?? sharingReader() }, event, command, named)
  if (!event.comment) return told(world, answer, undefined)
  if (answer.outcome === 'barred' && !event.comment.isKnownHere) return told(world, answer, undefined)
  const written = await putComment(
    await gitHubOf(world),
    event.comment.issue,
    `operate-${event.comment.id}`,
    reply(event, answer),
  )
  if (written.outcome === 'refused') world.say(`note: the answer could not be written: ${written.because}`)
  // Whoever asked has the answer; a run that fails tells others of something that is not theirs.
  const code = written.outcome === 'refused' || answer.code === exit.outside ? answer.code : exit.pass
  return told(world, { ...answer, code }, written.outcome === 'refused' ? undefined : written.is.url)
}

async function answered(world: World, event: OperationEvent, command: string, named: string): Promise<Answer> {
  const { key, by } = event
  const git = await pathRoot({ dir: world.dir, env: world.env })
  const remote = await knownRemote(git, named)
  const commit = await fetchTip(git, remote, await mainlineOf(git, remote))
  const { snapshot } = await openTip(git, commit, world.reader ?? sharingReader())
  const operator: Operator = operatorOf(by, snapshot.records, snapshot.rulebook.config.operators)
  if ('barred' in operator) {
    return {
      key,
      by: by.login,
      outcome: 'barred',
      text: `${operator.barred}, so nothing was done`,
      code: exit.findings,
    }
  }
  const asked = { key, by: operator.login }
  const read =
    'words' in event.asked ? requestOf(event.asked.words) : requestIn(event.comment ? command : commandOf(event))
  if ('wrong' in read) {
    const usage = operationUsage.map((line) => `  /gitsm ${line}`)
    return {
      ...asked,
      outcome: 'refused',
      text: [`${read.wrong}. What can be asked:`, ...usage].join('\n'),
      code: exit.usage,
    }
  }
  const author = { name: by.login, email: `${by.id}+${by.login}@users.noreply.github.com` }
  const doneOn: Actor['doneOn'] = (files) => carriedOutOn(read.request, files)
  const actor: Actor = { login: operator.login, author, request: key, doneOn }
  const publication: Publication = { lane: 'either', remote, actor }
  const said: string[] = []
  const quiet: World = { ...world, format: 'text', colour: false, say: (line) => void said.push(line) }
  try {
    const { code, out } = await carriedOut(quiet, read.request, publication)
    const text = [out.trimEnd(), ...said].join('\n')
    return { ...asked, outcome: code === exit.pass ? 'done' : 'refused', text, code }
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code === exit.internal) throw fault
    const text = [...said, fault.message, `cure: ${fault.cure}`].join('\n')
    return { ...asked, outcome: 'refused', text, code: fault.code }
  }
}

/** The command of a dispatched workflow, which may be written as in a comment. */
function commandOf({ asked }: OperationEvent): string {
  const text = 'command' in asked ? asked.command.trim() : ''
  return commandIn(text) ?? text
}

function carriedOut(world: World, request: OperationRequest, publication: Publication): Promise<Outcome> {
  switch (request.kind) {
    case 'new':
      return newRecord(world, { type: request.type, set: request.set, publication })
    case 'move': {
      const { id: name, state, set, note, withChildren } = request
      return move(world, { name, state, set, withChildren, publication, ...(note !== undefined && { note }) })
    }
    default:
      return noteRecord(world, { name: request.id, note: request.note, publication })
  }
}

/** The comment that answers: what the command would have printed, as text. */
function reply({ by }: OperationEvent, { outcome, text }: Answer): string {
  const what = outcome === 'done' ? 'Done' : 'Not done'
  return `${what}, as ${inlineText(by.login)} asked.\n\n${codeBlock(text)}\n`
}

function told({ format }: World, { code, ...answer }: Answer, url: string | undefined): Outcome {
  const { key, by, outcome, text } = answer
  if (format === 'json') return { code, out: json({ key, by, outcome, text, answer: url ?? null }) }
  const lines = text.split('\n').map(oneLine)
  return { code, out: `${[...lines, ...(url === undefined ? [] : [url])].join('\n')}\n` }
}
