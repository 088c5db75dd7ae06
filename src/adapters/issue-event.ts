import { readFileSync, statSync } from 'node:fs'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { SubmittedIssue } from '../core/issue-form/filled-form.ts'
import { isData, listAt, textAt } from '../core/record.ts'

/** Far more than GitHub puts into one event. */
const largest = 4 * 1024 * 1024

/**
 * The issue that the event of a workflow is about (https://docs.github.com/webhooks/webhook-events-and-payloads#issues),
 * read from its file. `undefined` for pull requests. A `Fault` where there is no event of an issue.
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
