import { createHash } from 'node:crypto'
import { entryPath, entryText, type LedgerEntry } from '../../src/core/ledger/entry.ts'
import { instant } from './life.ts'
import type { TestRepo } from './repo.ts'

/** The digest by which an entry names the one before it. */
export function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** Files of a sound ledger that saw these tips, oldest first. */
export function ledgerFiles(
  seen: readonly { readonly tip: string; readonly at: string; readonly more?: Partial<LedgerEntry> }[],
): readonly { readonly path: string; readonly text: string; readonly digest: string }[] {
  let before: { readonly text: string; readonly tip: string } | undefined
  return seen.map(({ tip, at, more = {} }, index) => {
    const text = entryText({
      sequence: index + 1,
      event: index === 0 ? 'baseline' : 'push',
      at: instant(at),
      source: 'clock',
      branch: 'main',
      tip,
      previousTip: before?.tip ?? null,
      fork: null,
      run: null,
      previous: before ? sha256(before.text) : null,
      ...more,
    })
    before = { text, tip }
    return { path: entryPath(index + 1), text, digest: sha256(text) }
  })
}

/** Writes the branch of a ledger into a repository, one commit a file, and goes back to where it was. */
export function writeLedger(
  repo: TestRepo,
  files: readonly { readonly path: string; readonly text: string }[],
  branch = 'gitsm-ledger',
): void {
  const home = repo.git(['symbolic-ref', '--short', 'HEAD'])
  repo.git(['checkout', '--quiet', '--orphan', branch])
  repo.git(['rm', '-rf', '--quiet', '--ignore-unmatch', '.'])
  for (const { path, text } of files) repo.commit({ at: '2026-01-01T00:00:00Z', write: { [path]: text } })
  repo.git(['checkout', '--quiet', home])
}
