import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { Fault } from '../../core/fault.ts'
import type { Instant } from '../../core/instant.ts'
import { isData } from '../../core/record.ts'
import type { GitHubAccess } from './access.ts'
import { type ConnectionOptions, connectGitHub, type GitHub } from './connection.ts'

/** A GitHub App as it identifies itself. */
export interface App {
  /** The number of the App, or its client id. */
  readonly id: string
  /** Its private key, as GitHub gave it: PEM. */
  readonly key: string
}

/** Rights by name, as `checks: write`: no more than the App has itself. */
export type Permissions = Readonly<Record<string, string>>

/**
 * A token of an App for one repository, with these rights only; it holds for an hour. GitHub is told who asks by a
 * statement that the App's key signs.
 */
export async function installationToken(
  access: Omit<GitHubAccess, 'token'>,
  app: App,
  permissions: Permissions,
  { now, ...options }: ConnectionOptions & { readonly now: Instant },
): Promise<string> {
  const github = await connectGitHub({ ...access, token: statement(app, now) }, options)
  const installation_id = await installationOf(github)
  const { status, data } = await github.request(
    'POST /app/installations/{installation_id}/access_tokens',
    { installation_id, repositories: [access.repo], ...(Object.keys(permissions).length > 0 && { permissions }) },
    [403, 422],
  )
  const token = isData(data) ? data['token'] : undefined
  if (status === 201 && typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token
  const asked = Object.entries(permissions).map(([name, level]) => `${name}: ${level}`)
  throw new Fault(`The App may not have what is asked for (${asked.join(', ')})`, {
    cure: 'Give the App these permissions, and accept them where it is installed',
  })
}

async function installationOf(github: GitHub): Promise<number> {
  const { status, data } = await github.request('GET /repos/{owner}/{repo}/installation', {}, [401, 404])
  const id = isData(data) ? data['id'] : undefined
  if (status === 200 && typeof id === 'number') return id
  if (status === 401) {
    throw new Fault('GitHub does not believe the statement of the App', {
      cure: 'Check that GITSM_APP_ID and GITSM_APP_KEY belong together, and the clock of the machine',
    })
  }
  throw new Fault(`The App is not installed on ${github.owner}/${github.repo}`, {
    cure: 'Install it there: Settings, GitHub Apps, of the organisation',
  })
}

/**
 * What the App says of itself, signed (RFC 7519): valid for nine minutes, and from a minute ago where clocks differ.
 */
function statement({ id, key }: App, now: Instant): string {
  const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url')
  const said = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 60, exp: now + 540, iss: id })}`
  return `${said}.${sign('RSA-SHA256', Buffer.from(said), privateKey(key)).toString('base64url')}`
}

function privateKey(pem: string): KeyObject {
  try {
    // A secret that was pasted as one line has its line breaks written out.
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'))
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // What OpenSSL says may quote the key.
  }
  throw new Fault('GITSM_APP_KEY is no private key of an App', {
    cure: 'Put the whole .pem file that GitHub gave you into the secret',
  })
}
