import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import { ledgerBranch } from './ledger-branch.ts'
import { remoteAccess, withoutPassword } from './remote-access.ts'
import { askGit, type GitDir } from './run.ts'

/**
 * Clones the default branch and the ledger of a repository into a folder that is gone afterwards, with the credentials
 * that git has for it. Nothing is checked out. An address that cannot be reached is a `Fault`.
 */
export async function withClone<Result>(
  env: GitDir['env'],
  address: string,
  look: (git: GitDir) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'gitsm-clone-'))
  try {
    const dir = join(folder, 'repository.git')
    const args = ['clone', '--quiet', '--bare', '--no-tags', '--template=', '--end-of-options', address, dir]
    const git = { dir: folder, env }
    const { code, stderr } = await askGit(git, args, { env: remoteAccess(git) })
    if (code !== 0) {
      throw new Fault(`${withoutPassword(address)} cannot be cloned: ${withoutPassword(lastLine(stderr))}`, {
        cure: `Check the address and that git may read it: git ls-remote ${withoutPassword(address)} ${ledgerBranch}`,
        code: exit.outside,
      })
    }
    return await look({ dir, env })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
