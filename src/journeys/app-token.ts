import { gitHubAccess } from '../adapters/github/access.ts'
import { installationToken, type Permissions } from '../adapters/github/app-token.ts'
import { setOutputs } from '../adapters/runner-file.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Outcome, World } from './world.ts'

/**
 * Hands a token of the GitHub App to the steps after this one, as the output `token`. Where no App is set up, the
 * output is empty, so that a workflow can go on with the token of its run. The token is never printed.
 */
export async function appToken(world: World, permissions: Permissions): Promise<Outcome> {
  const { GITSM_APP_ID: id = '', GITSM_APP_KEY: key = '', ...env } = world.env
  if (!env['GITHUB_OUTPUT']) {
    throw new Fault('There is no step to hand a token to', { cure: 'Run this in a workflow of GitHub Actions' })
  }
  if ((id === '') !== (key === '')) {
    throw new Fault(`${id === '' ? 'GITSM_APP_ID' : 'GITSM_APP_KEY'} is missing, the other one is set`, {
      cure: 'Set both, as docs/setup.md says, or neither',
    })
  }
  if (id === '') {
    setOutputs(world, { token: '' })
    return { code: exit.pass, out: 'No GitHub App is set up; what comes next uses the token of the run.\n' }
  }
  const { version, say, now } = world
  const access = gitHubAccess({ ...env, GITHUB_TOKEN: 'none-yet' })
  const token = await installationToken(access, { id, key }, permissions, { version, say, now })
  setOutputs(world, { token })
  const rights = Object.entries(permissions).map(([name, level]) => `${name}: ${level}`)
  return {
    code: exit.pass,
    out: `A token of the App for ${access.owner}/${access.repo}, with ${rights.join(', ') || 'all its rights'}.\n`,
    secret: token,
  }
}
