import type { GitHub } from './connection.ts'
import { told } from './told.ts'

const reading = 'GET /repos/{owner}/{repo}'

/** The name of the branch that GitHub calls the default of the repository. */
export async function defaultBranch(github: GitHub): Promise<string> {
  return told(reading, (await github.request(reading)).data).text('default_branch')
}
