import { resolve } from 'node:path'
import { branchExists, resolveCommit } from '../adapters/git/revision.ts'
import { type GitDir, runGit } from '../adapters/git/run.ts'
import { readPullFile } from '../adapters/pull-file.ts'
import type { Person } from '../core/approval/person.ts'
import type { PullRequest } from '../core/approval/pull-request.ts'
import { Fault } from '../core/fault.ts'
import type { World } from './world.ts'

/** Which pull request a gate is asked about. */
export interface Asked {
  readonly base: string
  readonly head?: string
  readonly pull?: string
  readonly assume?: readonly string[]
}

/** What is known of the pull request, if anything, and the commit that would be merged. */
export async function pullRequestFor(
  world: Pick<World, 'dir' | 'now'>,
  git: GitDir,
  base: string,
  asked: Asked,
): Promise<{ readonly pull?: PullRequest; readonly head: string }> {
  const told = asked.pull === undefined ? undefined : readPullFile(resolve(world.dir, asked.pull), world.now)
  const head = await resolveCommit(git, asked.head ?? told?.head ?? 'HEAD')
  if (told) await refuseOther(git, asked.base, told, head)
  const wanted = told !== undefined || (asked.assume ?? []).length > 0
  return wanted ? { pull: told ?? (await withoutReviews(git, base, head, world.now)), head } : { head }
}

/** The file must tell of the very merge that is asked about. */
async function refuseOther(
  git: GitDir,
  base: string,
  { head: told, base: into }: PullRequest,
  head: string,
): Promise<void> {
  if (told !== head) {
    throw new Fault(`The pull request is about ${told.slice(0, 7)}, but the head is ${head.slice(0, 7)}`, {
      cure: 'Leave --head out, or read the pull request again',
    })
  }
  const name = base.replace(/^(refs\/heads\/|origin\/)/, '')
  if (name === into || !(await branchExists(git, name))) return
  throw new Fault(`The pull request is to be merged into ${into}, not into ${name}`, {
    cure: `Ask with --base ${into}`,
  })
}

/** A branch that nobody reviewed: its authors and committers, as git names them, have a part in it. */
async function withoutReviews(git: GitDir, base: string, head: string, now: number): Promise<PullRequest> {
  const range = ['--format=%an%x00%ae%x00%cn%x00%ce', head, `^${base}`]
  const said = (await runGit(git, ['log', '-z', ...range])).toString('utf8').split('\0')
  const names = said.flatMap((name) => [name, name.split('@')[0] ?? '']).filter((name) => name !== '')
  const committers = [...new Set(names)].map((login): Person => ({ login }))
  const [author = { login: '' }] = committers
  return { number: 0, author, base: '', head, committers, heads: [], bases: [], reviews: [], now }
}
