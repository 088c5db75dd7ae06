import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CacheStore, cacheStore } from '../adapters/cache-store.ts'
import { commonFolder } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { noCache } from './no-cache.ts'
import type { World } from './world.ts'

/** What a cache depends on: the repository, and the program that worked its content out. */
export type Cached = Pick<World, 'dir' | 'env' | 'program' | 'version'>

/** Caches that every build of the program may share, since what lies there can be checked against git. */
export async function sharedCache({ dir, env }: GitDir): Promise<CacheStore> {
  if (env[noCache]) return empty
  return cacheStore(join(await commonFolder({ dir, env }), 'gitsm'))
}

const empty: CacheStore = { get: () => undefined, put: () => false }

/**
 * The caches of a repository, `gitsm/` in its git folder. Another build of the program finds nothing of what this one
 * put there, since it may work things out otherwise.
 */
export async function repositoryCache({ dir, env, program, version }: Cached): Promise<CacheStore> {
  const store = await sharedCache({ dir, env })
  const build = createHash('sha256').update(readFileSync(program)).digest('hex')
  const keyed = (key: string): string => `${version} ${build}\n${key}`
  return {
    get: (name, key) => store.get(name, keyed(key)),
    put: (name, key, content) => store.put(name, keyed(key), content),
  }
}
