import { describe, expect, test } from 'vitest'
import { gitHubAccess } from '../../../src/adapters/github/access.ts'

const token = 'ghs_SecretOfTheTest'
const env = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'acme/service-desk' }

describe('what the environment says of GitHub', () => {
  test('without addresses it is github.com', () => {
    expect(gitHubAccess(env)).toEqual({
      token,
      api: 'https://api.github.com',
      server: 'https://github.com',
      owner: 'acme',
      repo: 'service-desk',
    })
  })

  test.each([
    [{ GITHUB_API_URL: 'https://ghe.acme.example/api/v3/' }, 'https://ghe.acme.example/api/v3'],
    [{ GITHUB_SERVER_URL: 'https://ghe.acme.example' }, 'https://ghe.acme.example/api/v3'],
    [{ GITHUB_SERVER_URL: 'https://acme.ghe.com' }, 'https://api.acme.ghe.com'],
    [{ GITHUB_API_URL: 'http://127.0.0.1:4000/prefix' }, 'http://127.0.0.1:4000/prefix'],
  ])('%j is asked at %s', (more, api) => {
    expect(gitHubAccess({ ...env, ...more }).api).toBe(api)
  })

  test.each([
    'https://github.com/acme/service-desk.git',
    'https://someone@github.com/acme/service-desk',
    'ssh://git@github.com:22/acme/service-desk.git',
    'git@github.com:acme/service-desk.git',
  ])('the remote %s names the repository', (origin) => {
    expect(gitHubAccess({ GITHUB_TOKEN: token }, origin)).toMatchObject({ owner: 'acme', repo: 'service-desk' })
  })

  test.each([
    [{ GITHUB_REPOSITORY: 'acme/x' }, undefined, 'There is no token for GitHub'],
    [
      { GITHUB_TOKEN: 'a\nb', GITHUB_REPOSITORY: 'acme/x' },
      undefined,
      'GITHUB_TOKEN holds characters that no token has',
    ],
    [{ GITHUB_TOKEN: token }, undefined, 'Nothing says which repository on GitHub this is'],
    [{ GITHUB_TOKEN: token }, '/srv/mirror.git', 'Nothing says which repository on GitHub this is'],
    [{ GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'acme/../x' }, undefined, 'acme/../x names no repository'],
    [{ GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'acme/..' }, undefined, 'acme/.. names no repository'],
    [
      { ...env, GITHUB_API_URL: 'http://ghe.acme.example/api/v3' },
      undefined,
      'GITHUB_API_URL is no address that a token may go to',
    ],
    [
      { ...env, GITHUB_API_URL: 'https://x:y@ghe.acme.example' },
      undefined,
      'GITHUB_API_URL is no address that a token may go to',
    ],
    [{ ...env, GITHUB_SERVER_URL: 'ftp://x' }, undefined, 'GITHUB_SERVER_URL is no address'],
    [
      { GITHUB_TOKEN: token },
      'git@ghe.acme.example:a/b.git',
      'The remote origin lies on ghe.acme.example, not on github.com',
    ],
  ])('%j with the remote %s is refused, and the token is not told', (given, origin, message) => {
    const refused = () => gitHubAccess(given, origin)
    expect(refused).toThrow(expect.objectContaining({ code: 2, cure: expect.stringMatching(/\w/) }))
    expect(refused).toThrow(message)
    expect(refused).not.toThrow(token)
  })
})
