import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import { ledgerBranch } from './ledger-branch.ts'
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
    const agent = env['SSH_AUTH_SOCK']
    const extra = agent === undefined ? {} : { SSH_AUTH_SOCK: agent }
    const dir = join(folder, 'repository.git')
    const args = ['clone', '--quiet', '--bare', '--no-tags', '--template=', '--end-of-options', address, dir]
    const { code, stderr } = await askGit({ dir: folder, env }, args, { env: extra })
    if (code !== 0) {
      throw new Fault(`${withoutSecrets(address)} cannot be cloned: ${withoutSecrets(lastLine(stderr))}`, {
        cure: `Check the address and that git may read it: git ls-remote ${withoutSecrets(address)} ${ledgerBranch}`,
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

/** A text without the user and password of the addresses in it. */
function withoutSecrets(text: string): string {
  return text.replace(/(\w+:\/\/)[^/\s@]+@/g, '$1')
}
