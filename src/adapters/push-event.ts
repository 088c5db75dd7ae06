import { readFileSync } from 'node:fs'
import type { Instant } from '../core/instant.ts'
import { isData } from '../core/record.ts'

/**
 * When GitHub itself took the push that made a commit the tip of a branch, as the event that a workflow runs for tells
 * (https://docs.github.com/webhooks/webhook-events-and-payloads#push). `undefined` anywhere else, and where the event
 * is about another commit or branch.
 */
export function pushedAt(
  env: Readonly<Record<string, string | undefined>>,
  tip: string,
  branch: string,
): Instant | undefined {
  if (env['GITHUB_EVENT_NAME'] !== 'push') return undefined
  const event = eventData(env)
  if (!isData(event) || event['after'] !== tip || event['ref'] !== `refs/heads/${branch}`) return undefined
  const at = isData(event['repository']) ? event['repository']['pushed_at'] : undefined
  return typeof at === 'number' && Number.isSafeInteger(at) ? at : undefined
}

/** The event that a workflow runs for, as GitHub wrote it down; `undefined` where there is none. */
export function eventData(env: Readonly<Record<string, string | undefined>>): unknown {
  const path = env['GITHUB_EVENT_PATH']
  if (path === undefined) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** The address of the run that this is, as continuous integration tells it; `undefined` on a person's machine. */
export function runAddress(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  if (server !== undefined && repository !== undefined && run !== undefined) {
    const attempt = env['GITHUB_RUN_ATTEMPT']
    return `${server}/${repository}/actions/runs/${run}${attempt === undefined ? '' : `/attempts/${attempt}`}`
  }
  return env['CI_JOB_URL'] ?? env['BUILD_URL']
}
