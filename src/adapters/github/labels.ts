import type { GitHub } from './connection.ts'
import { refusals } from './unavailable.ts'
import { refusal, type Written } from './written.ts'

/** Our labels begin with this, so that those of others are left alone. */
const ours = 'gitsm:'

/** Lets an issue or a pull request bear exactly these labels of ours, knowing which ones it bears. */
export async function putLabels(
  github: GitHub,
  number: number,
  borne: readonly string[],
  wanted: readonly string[],
): Promise<Written<readonly string[]>> {
  const missing = wanted.filter((label) => !borne.includes(label))
  const surplus = borne.filter((label) => label.startsWith(ours) && !wanted.includes(label))
  if (missing.length > 0) {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels'
    const refused = refusal(
      await github.request(route, { issue_number: number, labels: missing }, refusals, { again: true }),
    )
    if (refused) return refused
  }
  for (const name of surplus) {
    const route = 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}'
    const answer = await github.request(route, { issue_number: number, name }, refusals)
    // Somebody else took it off meanwhile.
    const refused = answer.status === 404 ? undefined : refusal(answer)
    if (refused) return refused
  }
  return { outcome: missing.length + surplus.length === 0 ? 'kept' : 'changed', is: wanted }
}
