import { generateKeyPairSync, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { appToken } from '../../../src/journeys/app-token.ts'
import type { World } from '../../../src/journeys/world.ts'
import { type Asked, answering } from '../../support/answering.ts'
import { temporaryFolder } from '../../support/repo.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})
const now = 1_795_000_000

/** What the statement says that a request carries, once its signature is found to be of the App's key. */
function statementOf({ headers }: Asked): unknown {
  const [, head = '', body = '', signature = ''] =
    /^bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(headers.authorization ?? '') ?? []
  const isSigned = verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url'))
  if (!isSigned) throw new Error('the statement is not signed')
  return JSON.parse(Buffer.from(body, 'base64url').toString())
}

function stepOf(env: Readonly<Record<string, string>>) {
  const output = join(temporaryFolder(), 'output')
  const world: World = {
    dir: '.',
    env: { GITHUB_REPOSITORY: 'acme/services', GITHUB_OUTPUT: output, ...env },
    now,
    packageRoot: '.',
    program: 'gitsm',
    version: '0',
    format: 'text',
    colour: false,
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    say: () => {},
  }
  return { world, handed: () => /^token<<(.+)\n([\s\S]*?)\n\1\n$/.exec(readFileSync(output, 'utf8'))?.[2] }
}

const installed = 'GET /repos/acme/services/installation'
const made = 'POST /app/installations/7/access_tokens'

describe('a token of the App', () => {
  test('is asked for with a signed statement, for one repository and the rights that were named', async () => {
    const { url, asked } = await answering({ [installed]: [200, { id: 7 }], [made]: [201, { token: 'ghs_xyz' }] })
    const { world, handed } = stepOf({ GITHUB_API_URL: url, GITSM_APP_ID: 'Iv1.a', GITSM_APP_KEY: privateKey })
    expect(await appToken(world, { checks: 'write', contents: 'read' })).toEqual({
      code: 0,
      secret: 'ghs_xyz',
      out: 'A token of the App for acme/services, with checks: write, contents: read.\n',
    })
    expect(handed()).toBe('ghs_xyz')
    expect(asked.map(({ route }) => route)).toEqual([installed, made])
    for (const each of asked) expect(statementOf(each)).toEqual({ iat: now - 60, exp: now + 540, iss: 'Iv1.a' })
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({
      repositories: ['services'],
      permissions: { checks: 'write', contents: 'read' },
    })
  })

  test('may come from a key that was pasted as one line', async () => {
    const { url } = await answering({ [installed]: [200, { id: 7 }], [made]: [201, { token: 'ghs_xyz' }] })
    const key = privateKey.replaceAll('\n', '\\n')
    const { world, handed } = stepOf({ GITHUB_API_URL: url, GITSM_APP_ID: '1', GITSM_APP_KEY: key })
    await appToken(world, {})
    expect(handed()).toBe('ghs_xyz')
  })

  test('is left empty where no App is set up', async () => {
    const { world, handed } = stepOf({})
    expect((await appToken(world, { checks: 'write' })).code).toBe(0)
    expect(handed()).toBe('')
  })

  test.each([
    [{ [installed]: [404, { message: 'Not Found' }] }, 'The App is not installed on acme/services', 2],
    [{ [installed]: [401, { message: 'Bad credentials' }] }, 'GitHub does not believe the statement of the App', 2],
    [
      { [installed]: [200, { id: 7 }], [made]: [422, { message: 'The permissions requested are not granted' }] },
      'The App may not have what is asked for (checks: write)',
      2,
    ],
    [{ [installed]: [200, {}] }, 'The App is not installed on acme/services', 2],
  ] as const)('is a fault with a cure where GitHub says no: %j', async (answers, message, code) => {
    const { url } = await answering(answers)
    const { world } = stepOf({ GITHUB_API_URL: url, GITSM_APP_ID: '1', GITSM_APP_KEY: privateKey })
    await expect(appToken(world, { checks: 'write' })).rejects.toMatchObject({ message, code })
  })

  test.each([
    [{ GITSM_APP_ID: '1' }, 'GITSM_APP_KEY is missing, the other one is set'],
    [{ GITSM_APP_KEY: privateKey }, 'GITSM_APP_ID is missing, the other one is set'],
    [{ GITSM_APP_ID: '1', GITSM_APP_KEY: 'secret-words' }, 'GITSM_APP_KEY is no private key of an App'],
    [{ GITHUB_OUTPUT: '', GITSM_APP_ID: '1', GITSM_APP_KEY: privateKey }, 'There is no step to hand a token to'],
  ])('is not asked for with half of what it takes', async (env, message) => {
    const { world } = stepOf(env)
    const refused = await appToken(world, {}).catch((error: unknown) => error)
    expect(refused).toMatchObject({ message, code: 2 })
    expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toMatch(/secret-words|BEGIN RSA/)
  })
})
