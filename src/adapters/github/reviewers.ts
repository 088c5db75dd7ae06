import type { GitHub } from './connection.ts'
import { refusals } from './unavailable.ts'
import { refusal, type Written } from './written.ts'

const asking = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers'

/** As many people are asked one by one where GitHub refuses to ask them together. */
const most = 5

/**
 * Asks people to review a pull request. GitHub refuses all of them where one may not read the repository; then each is
 * asked alone, and those who could be asked are told.
 */
export async function requestReviewers(
  github: GitHub,
  number: number,
  logins: readonly string[],
): Promise<Written<readonly string[]>> {
  if (logins.length === 0) return { outcome: 'kept', is: [] }
  const ask = async (reviewers: readonly string[]) =>
    refusal(await github.request(asking, { pull_number: number, reviewers }, refusals, { again: true }))
  const refused = await ask(logins)
  if (!refused) return { outcome: 'made', is: logins }
  if (logins.length === 1) return refused
  const asked: string[] = []
  for (const login of logins.slice(0, most)) if (!(await ask([login]))) asked.push(login)
  return asked.length === 0 ? refused : { outcome: 'made', is: asked }
}
