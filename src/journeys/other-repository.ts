import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { withClone } from '../adapters/git/clone.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { World } from './world.ts'

/** An address that git may clone from: no options, no helpers, no addresses that run something. */
const addressForm = /^(?:https:\/\/|ssh:\/\/|file:\/\/\/|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:)[^\s\p{Cc}]+$/u

/** Looks into the service repository that is named: a folder, or an address that is cloned for as long as it takes. */
export async function inRepository<Result>(
  world: World,
  repo: string | undefined,
  look: (git: GitDir) => Promise<Result>,
): Promise<Result> {
  if (repo === undefined) return look({ dir: world.dir, env: world.env })
  const folder = resolve(world.dir, repo)
  if (existsSync(folder)) return look({ dir: folder, env: world.env })
  if (addressForm.test(repo)) return withClone(world.env, repo, look)
  throw new Fault(`${JSON.stringify(repo)} is neither a folder nor an address of a repository`, {
    cure: 'Name a folder that exists, or an address that begins with https://, ssh:// or git@host:',
    code: /^-|::/.test(repo) ? exit.refused : exit.usage,
  })
}

/**
 * The world of a journey in another repository: what it is called on GitHub follows from its remote, and `GITSM_TOKEN`,
 * where it is set, is the token for it.
 */
export function worldIn(world: World, git: GitDir, repo: string | undefined): World {
  const { GITSM_TOKEN: token, ...env } = world.env
  const named = repo === undefined ? env : { ...env, GITHUB_REPOSITORY: undefined }
  return { ...world, dir: git.dir, env: token ? { ...named, GITHUB_TOKEN: token } : named }
}
