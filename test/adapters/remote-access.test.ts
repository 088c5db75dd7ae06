import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { remoteAccess } from '../../src/adapters/git/remote-access.ts'
import { repository } from '../support/repo.ts'

const run = { GITHUB_ACTIONS: 'true', GITHUB_TOKEN: 'ghs_abc', GITHUB_SERVER_URL: 'https://github.example' }
const shown = `AUTHORIZATION: basic ${Buffer.from('x-access-token:ghs_abc').toString('base64')}`

test('in a workflow, git shows the token of the step to the server of the run only', () => {
  const access = remoteAccess({ dir: '.', env: run })
  expect(access['GIT_CONFIG_KEY_1']).toBe('http.https://github.example/.extraheader')
  expect(access['GIT_CONFIG_VALUE_1']).toBe(shown)
  expect(JSON.stringify(access)).not.toContain('ghs_abc')
})

test.each([
  ['on a laptop, where people have their own way to log in', { GITHUB_ACTIONS: undefined }],
  ['without a token', { GITHUB_TOKEN: '' }],
  ['with what could end a header and begin another', { GITHUB_TOKEN: 'a\r\nHost: b' }],
  ['where the server is none that a token may go to', { GITHUB_SERVER_URL: 'http://github.example' }],
  ['where the server is no address', { GITHUB_SERVER_URL: 'https://a b' }],
])('git shows no token %s', (_, change) => {
  expect(remoteAccess({ dir: '.', env: { ...run, ...change } })).toEqual({})
})

test('the token of the step takes the place of one that a checkout left behind', async () => {
  const asked: (string | undefined)[] = []
  const server = createServer(({ rawHeaders }, response) => {
    const at = rawHeaders.findIndex((name) => name.toLowerCase() === 'authorization')
    const count = rawHeaders.filter((name) => name.toLowerCase() === 'authorization').length
    asked.push(`${count}: ${rawHeaders[at + 1]}`)
    response.writeHead(404).end()
  })
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const here = `http://127.0.0.1:${port}`
  const { dir, git } = repository()
  git(['config', `http.${here}/.extraheader`, 'AUTHORIZATION: basic left-behind'])
  const access = Object.entries(remoteAccess({ dir, env: run })).map(([name, value]) => [
    name,
    value.replace('https://github.example', here),
  ])
  const env = { PATH: process.env['PATH'], HOME: dir, GIT_TERMINAL_PROMPT: '0', ...Object.fromEntries(access) }
  await new Promise((resolve) =>
    execFile('git', ['ls-remote', `${here}/acme/services.git`], { cwd: dir, env }, resolve),
  )
  expect(asked).toEqual([`1: ${shown.replace('AUTHORIZATION: ', '')}`])
})
