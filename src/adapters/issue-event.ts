import { readFileSync, statSync } from 'node:fs'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { SubmittedIssue } from '../core/issue-form/filled-form.ts'
import { type Data, isData, listAt, textAt } from '../core/record.ts'
import type { Account } from './github/account.ts'
import { eventData } from './push-event.ts'

/** Far more than GitHub puts into one event. */
const largest = 4 * 1024 * 1024

/**
 * The issue that the event of a workflow is about
 * (https://docs.github.com/webhooks/webhook-events-and-payloads#issues), read from its file. `undefined` for pull
 * requests. A `Fault` where there is no event of an issue.
 */
export function issueOfEvent(path: string): SubmittedIssue | undefined {
  const event = eventIn(path)
  const issue = isData(event) ? event['issue'] : undefined
  if (!isData(issue)) {
    throw new Fault('The event is not about an issue', { cure: 'Run this in a workflow that is started by issues' })
  }
  const { number } = issue
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) throw unreadable(path)
  if (issue['pull_request'] !== undefined && issue['pull_request'] !== null) return undefined
  const labels = listAt(issue, 'labels').filter(isData)
  return { number, labels: labels.flatMap((label) => textAt(label, 'name') ?? []), body: textAt(issue, 'body') ?? '' }
}

/**
 * Who edited an issue, as the event of a workflow tells; `undefined` where it is about anything else, or a program did.
 * Whoever may write the repository can edit the issues of others.
 */
export function editorOfIssue(env: Readonly<Record<string, string | undefined>>, number: number): Account | undefined {
  const event = eventData(env)
  if (!isData(event) || event['action'] !== 'edited') return undefined
  const [issue, sender]: readonly (Data | undefined)[] = [event['issue'], event['sender']].map((part) =>
    isData(part) ? part : undefined,
  )
  const [login, id] = [sender && textAt(sender, 'login'), sender?.['id']]
  if (issue?.['number'] !== number || sender?.['type'] !== 'User') return undefined
  if (login === undefined || !/^[\w-]{1,60}$/.test(login) || typeof id !== 'number') return undefined
  return { login, id, program: false }
}

function eventIn(path: string): unknown {
  try {
    if (statSync(path).size > largest) {
      throw new Fault('The event is larger than any that GitHub sends', {
        cure: 'Give the file of an event',
        code: exit.refused,
      })
    }
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw unreadable(path, cause)
  }
}

function unreadable(path: string, cause?: unknown): Fault {
  return new Fault(`The event ${path} cannot be read`, {
    cure: 'Give the file that GITHUB_EVENT_PATH names in a workflow',
    cause,
  })
}
