import { gitHubAccess } from '../../../src/adapters/github/access.ts'
import { connectGitHub, type GitHub } from '../../../src/adapters/github/connection.ts'
import { type StandIn, type StandInOptions, startGitHub } from './stand-in.ts'

/** A stand-in, and a connection with it that has no time to wait. */
export async function connectedGitHub(
  options: StandInOptions = {},
): Promise<{ readonly stand: StandIn; readonly github: GitHub; readonly said: readonly string[] }> {
  const stand = await startGitHub(options)
  const said: string[] = []
  return { stand, github: await connectionTo(stand, said), said }
}

/** One more connection with a stand-in, with patience of its own. */
export function connectionTo(stand: StandIn, said: string[] = [], limit = 10_000): Promise<GitHub> {
  const say = (line: string): void => void said.push(line)
  return connectGitHub(gitHubAccess(stand.env), { version: '1.0.0', say, second: 1, limit })
}
