import { fastForward } from '../adapters/git/fast-forward.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { World } from './world.ts'

/** A commit that a remote has taken. */
interface Taken {
  readonly remote: string
  readonly branch: string
  readonly commit: string
}

/**
 * Brings this clone to what was pushed, if it has that branch checked out and nothing of its own in the way; says how
 * to get there otherwise. A clone that was on its way elsewhere is left alone.
 */
export async function followMainline(world: World, git: GitDir, { remote, branch, commit }: Taken): Promise<void> {
  const obstacle = await fastForward(git, branch, commit)
  if (obstacle === undefined) return
  world.say(`note: your files are as before, because ${obstacle}; git pull ${remote} ${branch} brings them up to date`)
}
