import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gatherHistory } from '../../src/journeys/history.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { repository, type TestRepo, temporaryFolder } from '../support/repo.ts'

const day = (number: number) => `2026-03-0${number}T09:00:00Z`

function isThere(program: string, args: readonly string[]): boolean {
  const there = spawnSync(program, args).error === undefined
  if (!there) process.stderr.write(`skipped: ${program} is not installed here\n`)
  return there
}

const hasGpg = isThere('gpg', ['--version'])
const hasSsh = isThere('ssh-keygen', ['-?'])

/** A key pair: what signs with it, and its public half. */
interface Key {
  readonly sign: (repo: TestRepo, at: string) => string
  readonly text: string
}

function commitSigned(settings: readonly string[], env: Readonly<Record<string, string>> = {}): Key['sign'] {
  return (repo, at) => {
    repo.write({ notes: at })
    repo.git(['add', '--all'])
    execFileSync('git', [...settings.flatMap((each) => ['-c', each]), 'commit', '--quiet', '-S', '-m', 'signed'], {
      cwd: repo.dir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: repo.dir,
        GIT_AUTHOR_NAME: 'ada',
        GIT_AUTHOR_EMAIL: 'ada@example.invalid',
        GIT_COMMITTER_NAME: 'forge',
        GIT_COMMITTER_EMAIL: 'forge@example.invalid',
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_DATE: at,
        ...env,
      },
    })
    return repo.git(['rev-parse', 'HEAD'])
  }
}

function sshKey(): Key {
  const file = join(temporaryFolder(), 'key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'forge', '-f', file])
  return {
    sign: commitSigned(['gpg.format=ssh', `user.signingKey=${file}`]),
    text: readFileSync(`${file}.pub`, 'utf8'),
  }
}

function openPgpKey(): Key {
  const home = temporaryFolder()
  chmodSync(home, 0o700)
  const gpg = (...args: readonly string[]) =>
    execFileSync('gpg', ['--batch', '--homedir', home, '--passphrase', '', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  gpg('--quick-generate-key', 'forge <forge@example.invalid>', 'ed25519', 'sign', 'never')
  return {
    sign: commitSigned(['gpg.format=openpgp', 'user.signingKey=forge@example.invalid'], { GNUPGHOME: home }),
    text: gpg('--armor', '--export'),
  }
}

interface Told {
  readonly times: readonly string[]
  readonly notes: readonly string[]
}

async function told(repo: TestRepo, env: Readonly<Record<string, string>> = {}): Promise<Told> {
  const git = { dir: repo.dir, env: { PATH: process.env['PATH'], HOME: repo.dir, ...env } }
  const { commits, evidence } = await gatherHistory(git, repo.git(['rev-parse', 'HEAD']))
  return {
    times: commits.map(({ at, provenance }) => `${new Date(at * 1000).toISOString().slice(5, 10)} ${provenance}`),
    notes: evidence.notes,
  }
}

/** A repository whose configuration believes a key. */
function believing(format: string, text: string, dates = ''): TestRepo {
  const signer = `{ title: The forge, format: ${format}, key: .github/keys/forge.pub${dates} }`
  return repository([
    {
      at: day(1),
      write: { 'gitsm.yaml': `version: 1\nevidence: { signers: [${signer}] }\n`, '.github/keys/forge.pub': text },
    },
  ])
}

describe.each([
  ['openpgp', hasGpg, openPgpKey],
  ['ssh', hasSsh, sshKey],
] as const)('commits signed with %s', (format, isInstalled, makeKey) => {
  test.skipIf(!isInstalled)('count by their own date where the repository believes the key', async () => {
    const key = makeKey()
    const repo = believing(format, key.text)
    repo.commit({ at: '2026-03-09T09:00:00Z', write: { notes: 'a date in the future' } })
    key.sign(repo, day(3))
    repo.commit({ at: day(4), write: { notes: 'unsigned' } })
    expect(await told(repo)).toEqual({
      times: ['03-01 claimed', '03-01 claimed', '03-03 signed', '03-04 claimed'],
      notes: [],
    })
  })

  test.skipIf(!isInstalled)('count by what they claim where another key signed them', async () => {
    const repo = believing(format, makeKey().text)
    makeKey().sign(repo, day(2))
    expect((await told(repo)).times).toEqual(['03-01 claimed', '03-02 claimed'])
  })

  test.skipIf(!isInstalled)('are believed for the dates only that are written beside the key', async () => {
    const key = makeKey()
    const repo = believing(format, key.text, `, from: ${day(2)}, until: ${day(4)}`)
    for (const at of [day(1), day(2), day(3), day(4)]) key.sign(repo, at)
    expect((await told(repo)).times).toEqual([
      '03-01 claimed',
      '03-01 claimed',
      '03-02 signed',
      '03-03 signed',
      '03-04 claimed',
    ])
  })

  test.skipIf(!isInstalled)('give way to the ledger', async () => {
    const key = makeKey()
    const repo = believing(format, key.text)
    const signed = key.sign(repo, day(2))
    const root = repo.git(['rev-parse', 'HEAD~1'])
    writeLedger(
      repo,
      ledgerFiles([
        { tip: root, at: day(1) },
        { tip: signed, at: day(5) },
      ]),
    )
    expect((await told(repo)).times).toEqual(['03-01 claimed', '03-05 attested'])
  })

  test.skipIf(!isInstalled)('are not taken from a commit whose content was changed under the signature', async () => {
    const key = makeKey()
    const repo = believing(format, key.text)
    key.sign(repo, day(3))
    const raw = repo
      .git(['cat-file', 'commit', 'HEAD'])
      .replaceAll(`${Date.parse(day(3)) / 1000}`, `${Date.parse(day(2)) / 1000}`)
    writeFileSync(join(repo.dir, '.git', 'forged'), `${raw}\n`)
    repo.git(['reset', '--quiet', '--hard', repo.git(['hash-object', '-t', 'commit', '-w', '.git/forged'])])
    expect((await told(repo)).times).toEqual(['03-01 claimed', '03-02 claimed'])
  })

  test.skipIf(!isInstalled)('are remembered until the key changes', async () => {
    const key = makeKey()
    const repo = believing(format, key.text)
    key.sign(repo, day(2))
    await told(repo)
    const cache = join(repo.dir, '.git/gitsm/signatures')
    expect(readFileSync(cache).length).toBeGreaterThan(0)
    writeFileSync(cache, 'rubbish')
    repo.commit({ at: day(3), write: { '.github/keys/forge.pub': makeKey().text } })
    expect((await told(repo)).times).toEqual(['03-01 claimed', '03-02 claimed', '03-03 claimed'])
    repo.commit({ at: day(4), write: { '.github/keys/forge.pub': key.text } })
    expect((await told(repo)).times[1]).toBe('03-02 signed')
  })
})

describe('signatures that cannot be checked', () => {
  test('a key file that is missing, or holds none, is told', async () => {
    const repo = believing('ssh', 'no key\n')
    repo.commit({ at: day(2), write: { notes: '2' } })
    expect((await told(repo)).notes).toEqual([
      'No signature of The forge can be checked with .github/keys/forge.pub: it holds no public key',
    ])
    repo.commit({ at: day(3), write: { '.github/keys/forge.pub': null } })
    expect((await told(repo)).notes).toEqual([
      'No signature of The forge can be checked with .github/keys/forge.pub: there is no such file',
    ])
  })

  test.skipIf(!hasGpg)('without gpg they stay claimed, and that is told', async () => {
    const key = openPgpKey()
    const repo = believing('openpgp', key.text)
    key.sign(repo, day(2))
    const path = join(temporaryFolder(), 'bin')
    mkdirSync(path)
    const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
    writeFileSync(join(path, 'git'), `#!/bin/sh\nexec ${git} "$@"\n`, { mode: 0o755 })
    expect(await told(repo, { PATH: path })).toEqual({
      times: ['03-01 claimed', '03-02 claimed'],
      notes: ['No signature of The forge can be checked with .github/keys/forge.pub: gpg is not installed here'],
    })
  })

  test.skipIf(!hasSsh)('programs and keys that a clone configures have no part', async () => {
    const [key, other] = [sshKey(), sshKey()]
    const repo = believing('ssh', key.text)
    other.sign(repo, day(2))
    const allowed = join(repo.dir, '.git', 'allowed')
    writeFileSync(allowed, `* ${other.text}`)
    const lie = join(repo.dir, '.git', 'lie')
    writeFileSync(lie, `#!/bin/sh\ntouch ${repo.dir}/.git/ran\nexit 0\n`, { mode: 0o755 })
    repo.git(['config', 'gpg.ssh.allowedSignersFile', allowed])
    for (const name of ['gpg.program', 'gpg.ssh.program', 'gpg.openpgp.program']) repo.git(['config', name, lie])
    expect((await told(repo)).times).toEqual(['03-01 claimed', '03-02 claimed'])
    expect(() => rmSync(join(repo.dir, '.git', 'ran'))).toThrow()
  })
})
