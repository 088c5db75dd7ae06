import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type DeclaredCommit, repositoryIn, type TestRepo, temporaryFolder } from './repo.ts'
import { webshop } from './webshop.ts'

/** The web shop at a bare remote, and a clone of it that works as somebody. */
export interface RemoteShop {
  readonly origin: TestRepo
  readonly clone: (who: string) => TestRepo
}

/** A bare repository that takes no forced push and holds the web shop, to be cloned. */
export function remoteShop(...history: readonly DeclaredCommit[]): RemoteShop {
  const source = webshop(...history)
  const bare = join(temporaryFolder(), 'shop.git')
  execFileSync('git', ['clone', '--quiet', '--bare', source.dir, bare])
  const origin = repositoryIn(bare)
  origin.git(['config', 'receive.denyNonFastForwards', 'true'])
  origin.git(['config', 'core.logAllRefUpdates', 'always'])
  return { origin, clone: (who) => cloneOf(bare, who) }
}

/** A clone of a repository that works as somebody. */
export function cloneOf(bare: string, who: string): TestRepo {
  const dir = join(temporaryFolder(), 'clone')
  execFileSync('git', ['clone', '--quiet', bare, dir])
  const repo = repositoryIn(dir)
  repo.git(['config', 'user.name', who])
  repo.git(['config', 'user.email', `${who}@example.invalid`])
  return repo
}
