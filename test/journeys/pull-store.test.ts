import { expect, test } from 'vitest'
import { pullAddress } from '../../src/journeys/pull-store.ts'
import { repository } from '../support/repo.ts'

const github = { owner: 'acme', repo: 'ops', server: 'https://github.com' }

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['origin, where it leads there', { origin: 'git@work:Acme/ops.git' }, 'git@work:Acme/ops.git'],
  [
    'the remote that leads there, where origin is a fork of it',
    { origin: 'git@github.com:me/ops.git', upstream: 'git@github.com:acme/ops.git' },
    'git@github.com:acme/ops.git',
  ],
  [
    'the repository itself, where only a fork was cloned',
    { origin: 'https://github.com/me/ops' },
    'https://github.com/acme/ops.git',
  ],
  ['the repository itself, where there is no remote', {}, 'https://github.com/acme/ops.git'],
  ['a copy in a folder', { origin: '/srv/ops.git' }, '/srv/ops.git'],
])('commits of pull requests come from %s', async (_, remotes, address) => {
  const clone = repository()
  for (const [name, url] of Object.entries(remotes)) clone.git(['remote', 'add', name, url])
  expect(await pullAddress({ dir: clone.dir, env: process.env }, github)).toBe(address)
})
