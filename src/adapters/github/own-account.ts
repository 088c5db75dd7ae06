import type { Account } from './account.ts'
import type { GitHub } from './connection.ts'
import { fieldOf } from './failure.ts'

const known = new WeakMap<GitHub, Promise<number | undefined>>()

/**
 * Whether something that bears our marker was written under our name. Anybody may write a marker; what we edit must be
 * ours, or somebody else could change our words later. The tokens of Actions and of Apps write as bots, and only people
 * are asked who they are.
 */
export async function isOurs(github: GitHub, account: Account | null): Promise<boolean> {
  if (account === null) return false
  if (account.program) return true
  const asked = known.get(github) ?? ownId(github)
  known.set(github, asked)
  return (await asked) === account.id
}

async function ownId(github: GitHub): Promise<number | undefined> {
  const { status, data } = await github.request('GET /user', {}, [403, 404])
  const id = fieldOf(data, 'id')
  return status === 200 && typeof id === 'number' ? id : undefined
}
