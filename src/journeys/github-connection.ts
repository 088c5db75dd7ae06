import { remoteAddress } from '../adapters/git/remotes.ts'
import { gitHubAccess, hasToken } from '../adapters/github/access.ts'
import { connectGitHub, type GitHub } from '../adapters/github/connection.ts'
import type { World } from './world.ts'

type Surroundings = Pick<World, 'dir' | 'env' | 'version' | 'say'>

/** The repository on GitHub that the environment or the remote `origin` names; a `Fault` says what is missing. */
export async function gitHubOf(world: Surroundings): Promise<GitHub> {
  const origin = world.env['GITHUB_REPOSITORY'] ? undefined : await remoteAddress(world, 'origin')
  return connectGitHub(gitHubAccess(world.env, origin), world)
}

/** The same, where there is a token; without one nothing is asked of GitHub. */
export async function gitHubIfAny(world: Surroundings): Promise<GitHub | undefined> {
  return hasToken(world.env) ? gitHubOf(world) : undefined
}
