import { expect, test } from 'vitest'
import { gitHubIfAny, gitHubOf } from '../../src/journeys/github-connection.ts'
import { repository } from '../support/repo.ts'

const world = (env: Record<string, string>) => {
  const repo = repository([{ at: '2026-01-01T00:00:00Z', write: { a: 'b' } }])
  repo.git(['remote', 'add', 'origin', 'git@github.com:acme/service-desk.git'])
  return { dir: repo.dir, env: { PATH: process.env['PATH'], ...env }, version: '1', say: () => {} }
}

test('the remote origin names the repository, unless the environment does', async () => {
  expect(await gitHubOf(world({ GITHUB_TOKEN: 'x' }))).toMatchObject({ owner: 'acme', repo: 'service-desk' })
  expect(await gitHubOf(world({ GITHUB_TOKEN: 'x', GITHUB_REPOSITORY: 'a/b' }))).toMatchObject({
    owner: 'a',
    repo: 'b',
  })
})

test('without a token there is nothing to ask', async () => {
  expect(await gitHubIfAny(world({}))).toBeUndefined()
  await expect(gitHubOf(world({}))).rejects.toThrow('There is no token for GitHub')
})
