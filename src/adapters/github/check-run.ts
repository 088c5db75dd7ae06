import type { Instant } from '../../core/instant.ts'
import { batch, type CheckRunText, contentOf, saysAlready } from './check-run-content.ts'
import type { GitHub } from './connection.ts'
import { told } from './told.ts'
import { GitHubUnavailable, refusals } from './unavailable.ts'
import { postOnce, refusal, type Written } from './written.ts'

/** A check run as it stands. */
export interface CheckRun {
  readonly id: number
  readonly externalId: string
  readonly conclusion: string | null
  readonly startedAt: Instant | null
  readonly title: string | null
  readonly summary: string | null
  readonly text: string | null
  readonly annotations: number
  /** The id of the app that wrote it; any workflow writes as the app of Actions. */
  readonly app: number | null
}

const listing = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
const reading = 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}'
const posting = 'POST /repos/{owner}/{repo}/check-runs'
const editing = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'

/** All check runs of that name on a commit, the newest first; where it is known which app we are, only ours. */
export async function checkRuns(github: GitHub, head: string, name: string): Promise<readonly CheckRun[]> {
  const asked = { ref: head, check_name: name, filter: 'all', ...(github.app !== undefined && { app_id: github.app }) }
  const runs = await github.pages(listing, asked, { field: 'check_runs' })
  return runs.map((item) => checkRunOf(listing, item)).toSorted((a, b) => b.id - a.id)
}

/**
 * Lets a check run say this on its commit. One that says it already is kept; an earlier one is changed where GitHub
 * lets it be changed into this, and it is not somebody else's. Else there is a new one, and GitHub goes by the newest.
 */
export async function putCheckRun(
  github: GitHub,
  wanted: CheckRunText,
  known?: readonly CheckRun[],
): Promise<Written<CheckRun>> {
  const runs = known ?? (await checkRuns(github, wanted.head, wanted.name))
  const [standing] = runs.filter(({ externalId }) => family(externalId) === family(wanted.externalId))
  if (standing && saysAlready(standing, wanted) && standing.annotations <= wanted.annotations.length) {
    return standing.annotations === wanted.annotations.length
      ? { outcome: 'kept', is: standing }
      : await fill(github, wanted, standing, 'changed')
  }
  if (standing && canBecome(standing, wanted)) {
    const changed = await fill(github, wanted, standing, 'changed')
    if (changed.outcome !== 'refused') return changed
  }
  // One that says so already does not do where somebody else's came after it.
  const newest = runs[0]?.id ?? 0
  const newer = async (): Promise<CheckRun | undefined> =>
    (await checkRuns(github, wanted.head, wanted.name)).find(
      (run) => run.id > newest && saysAlready(run, wanted) && run.annotations <= wanted.annotations.length,
    )
  const posted = await postOnce(
    newer,
    async () => {
      const content = { ...contentOf(wanted, 0), head_sha: wanted.head, name: wanted.name }
      const answer = await github.request(posting, content, refusals)
      const shown = { annotations: Math.min(batch, wanted.annotations.length) }
      return refusal(answer) ?? { outcome: 'made', is: { ...checkRunOf(posting, answer.data), ...shown } }
    },
    true,
  )
  if (posted.outcome === 'refused' || posted.is.annotations >= wanted.annotations.length) return posted
  return await fill(github, wanted, posted.is, 'made')
}

/**
 * Changes a check run, batch by batch of the annotations that it lacks. They add up, so no batch is sent blindly twice.
 */
async function fill(
  github: GitHub,
  wanted: CheckRunText,
  run: CheckRun,
  outcome: 'made' | 'changed',
): Promise<Written<CheckRun>> {
  let standing = run
  let failures = 0
  let isSent = false
  while (!isSent) {
    const { id, annotations: from } = standing
    try {
      const content = { check_run_id: id, ...contentOf(wanted, from) }
      const answer = await github.request(editing, content, refusals, { once: true })
      const refused = refusal(answer)
      if (refused) return refused
      const sent = Math.min(batch, wanted.annotations.length - from)
      standing = { ...checkRunOf(editing, answer.data), annotations: from + sent }
      isSent = standing.annotations >= wanted.annotations.length
    } catch (fault) {
      if (!(fault instanceof GitHubUnavailable) || !fault.uncertain || failures++ === 2) throw fault
      standing = checkRunOf(reading, (await github.request(reading, { check_run_id: id })).data)
      isSent = saysAlready(standing, wanted) && standing.annotations >= wanted.annotations.length
    }
  }
  return { outcome, is: standing }
}

/**
 * Whether a check run can be changed into this: annotations and a text cannot be taken back, and one that was completed
 * stays so, whatever is asked of it.
 */
function canBecome({ annotations, conclusion, text }: CheckRun, wanted: CheckRunText): boolean {
  return (
    annotations === 0 &&
    (conclusion === null || wanted.conclusion !== undefined) &&
    ((text ?? '') === '' || Boolean(wanted.text))
  )
}

function family(externalId: string): string {
  return externalId.slice(0, externalId.lastIndexOf(':') + 1)
}

function checkRunOf(route: string, data: unknown): CheckRun {
  const from = told(route, data)
  return {
    id: from.count('id'),
    externalId: from.textOrNull('external_id') ?? '',
    conclusion: from.textOrNull('conclusion'),
    startedAt: from.instantOrNull('started_at'),
    title: from.textOrNull('output.title'),
    summary: from.textOrNull('output.summary'),
    text: from.textOrNull('output.text'),
    annotations: from.count('output.annotations_count'),
    app: from.part('app')?.count('id') ?? null,
  }
}
