import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Signer } from '../../core/evidence.ts'
import { type GitDir, runGit } from './run.ts'

/** Public keys as a file of the repository holds them: OpenPGP, armoured or not, or one SSH key a line. */
export interface PinnedKey {
  readonly format: Signer['format']
  readonly content: Uint8Array
}

/** What came of checking signatures against some keys. */
export interface CheckedSignatures {
  /** The keys, by their place among those given, that made a good signature of a commit. */
  readonly signedBy: ReadonlyMap<string, readonly number[]>
  /** The keys that could not be used, with the reason. */
  readonly unusable: ReadonlyMap<number, string>
}

/**
 * Checks the signatures of commits through git, gpg and ssh-keygen, in a key ring of its own that holds the given keys
 * and nothing else. Neither the keys and settings of the user nor the programs that a repository configures have a
 * part.
 */
export async function checkSignatures(
  git: GitDir,
  commits: readonly string[],
  keys: readonly PinnedKey[],
): Promise<CheckedSignatures> {
  const folder = mkdtempSync(join(tmpdir(), 'gitsm-keys-'))
  try {
    const ring = await keyRing(git, folder, keys)
    if (ring.owners.size === 0) return { signedBy: new Map(), unusable: ring.unusable }
    const half = Math.ceil(commits.length / 2)
    const parts = commits.length > manyCommits ? [commits.slice(0, half), commits.slice(half)] : [commits]
    const told = await Promise.all(parts.map((part) => signaturesOf(git, folder, part)))
    const signedBy = new Map<string, readonly number[]>()
    for (const [commit = '', status = '', key = '', primary = ''] of told.flat()) {
      const owners = ring.owners.get(primary === '' ? key : primary)
      if (owners && goodStatus.includes(status)) signedBy.set(commit, owners)
    }
    return { signedBy, unusable: ring.unusable }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Beyond these, two processes check at once. */
const manyCommits = 200

/**
 * Signatures that fit, in the letters of git's `%G?`: of a known key, trusted or not, or one that has expired since.
 * For which dates a key is believed is written beside it, and its own date of expiry may be changed by whoever owns it.
 */
const goodStatus: readonly string[] = ['G', 'U', 'Y']

interface KeyRing {
  /** By fingerprint, the places of the keys that it belongs to. */
  readonly owners: ReadonlyMap<string, readonly number[]>
  readonly unusable: ReadonlyMap<number, string>
}

async function keyRing({ env }: GitDir, folder: string, keys: readonly PinnedKey[]): Promise<KeyRing> {
  const owners = new Map<string, number[]>()
  const unusable = new Map<number, string>()
  const allowed: string[] = []
  // No agent is started, nothing is fetched, and no trust is asked for: the ring is the trust.
  writeFileSync(join(folder, 'gpg.conf'), 'batch\nno-autostart\nno-auto-key-retrieve\ntrust-model always\n')
  for (const [place, { format, content }] of keys.entries()) {
    const found = format === 'ssh' ? sshKeys(content) : await openPgpKeys(env, folder, place, content)
    if (typeof found === 'string' || found.length === 0) {
      unusable.set(place, typeof found === 'string' ? found : 'it holds no public key')
      continue
    }
    for (const { fingerprint, line } of found) {
      owners.set(fingerprint, [...(owners.get(fingerprint) ?? []), place])
      if (line !== undefined) allowed.push(`signer namespaces="git" ${line}`)
    }
  }
  if (allowed.length > 0 && !(await answers(env, 'ssh-keygen', ['-?']))) {
    for (const [place, { format }] of keys.entries()) if (format === 'ssh') unusable.set(place, missing('ssh-keygen'))
  }
  writeFileSync(join(folder, 'allowed_signers'), `${allowed.join('\n')}\n`)
  return { owners, unusable }
}

interface FoundKey {
  readonly fingerprint: string
  /** Kind and key of an SSH key. */
  readonly line?: string
}

function sshKeys(content: Uint8Array): readonly FoundKey[] {
  return Buffer.from(content)
    .toString('latin1')
    .split('\n')
    .flatMap((each) => {
      const [, kind, key] = /^((?:ssh|ecdsa|sk)-[a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(each.trim()) ?? []
      if (kind === undefined || key === undefined) return []
      const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '')
      return [{ fingerprint: `SHA256:${digest}`, line: `${kind} ${key}` }]
    })
}

async function openPgpKeys(
  env: GitDir['env'],
  folder: string,
  place: number,
  content: Uint8Array,
): Promise<readonly FoundKey[] | string> {
  if (!(await answers(env, 'gpg', ['--version']))) return missing('gpg')
  const file = join(folder, `key-${place}`)
  writeFileSync(file, content)
  const ring = ['--homedir', folder, '--with-colons']
  const shown = await ask(env, 'gpg', [...ring, '--show-keys', file])
  const imported = await ask(env, 'gpg', [...ring, '--import', file])
  if (shown === undefined || imported === undefined) return 'gpg cannot read it'
  const lines = shown.split('\n')
  return lines.flatMap((line, at) => {
    const fingerprint = lines[at - 1]?.startsWith('pub:') && line.startsWith('fpr:') ? line.split(':')[9] : undefined
    return fingerprint ? [{ fingerprint }] : []
  })
}

function missing(program: string): string {
  return `${program} is not installed here`
}

/** Commit, status, fingerprint of the key and of its primary key. */
async function signaturesOf(git: GitDir, folder: string, commits: readonly string[]): Promise<readonly string[][]> {
  const settings = [
    `gpg.ssh.allowedSignersFile=${join(folder, 'allowed_signers')}`,
    'gpg.program=gpg',
    'gpg.openpgp.program=gpg',
    'gpg.ssh.program=ssh-keygen',
    'gpg.x509.program=false',
    'gpg.minTrustLevel=undefined',
  ].flatMap((setting) => ['-c', setting])
  const told = await runGit(
    git,
    [...settings, 'log', '--no-walk=unsorted', '--stdin', '--format=%H %G? %GF %GP', '--no-show-signature'],
    { input: `${commits.join('\n')}\n`, env: { GNUPGHOME: folder } },
  )
  return told
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' '))
}

/** What a program printed; `undefined` when it is not there or failed. */
function ask(env: GitDir['env'], program: string, args: readonly string[]): Promise<string | undefined> {
  const passed = { PATH: env['PATH'] ?? '', LC_ALL: 'C' }
  return new Promise((resolve) => {
    execFile(program, args, { env: passed }, (error, stdout) => resolve(error ? undefined : stdout))
  })
}

/** Whether a program is there at all, whatever it says. */
function answers(env: GitDir['env'], program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { env: { PATH: env['PATH'] ?? '' } }, (error) => resolve(error?.code !== 'ENOENT'))
  })
}
