import type { Answer } from './connection.ts'
import { fieldOf } from './failure.ts'
import { GitHubUnavailable, refusals } from './unavailable.ts'

/** What became of something that should stand on GitHub. */
export type Written<T = unknown> =
  | { readonly outcome: 'made' | 'changed' | 'kept'; readonly is: T }
  /** The token may not, or the repository does not allow it. */
  | { readonly outcome: 'refused'; readonly because: string }

/** Why GitHub refused; `undefined` where it did not. */
export function refusal({
  status,
  data,
}: Answer): { readonly outcome: 'refused'; readonly because: string } | undefined {
  if (!refusals.includes(status)) return undefined
  const said = fieldOf(data, 'message')
  return {
    outcome: 'refused',
    because: `GitHub refused it (${status}): ${typeof said === 'string' ? said : 'no reason'}`,
  }
}

/** As many times something is looked for and posted. */
const attempts = 3

/**
 * Posts something of which there must be one only. It is looked for twice before, because a list may lag behind (once,
 * where it was looked for already), and again whenever the answer to the posting did not come, because it may have had
 * its effect.
 */
export async function postOnce<T>(
  find: () => Promise<T | undefined>,
  post: () => Promise<Written<T>>,
  looked = false,
): Promise<Written<T>> {
  const standing = (looked ? undefined : await find()) ?? (await find())
  if (standing !== undefined) return { outcome: 'kept', is: standing }
  for (let attempt = 1; ; attempt++) {
    try {
      return await post()
    } catch (fault) {
      if (!(fault instanceof GitHubUnavailable) || !fault.uncertain) throw fault
      const found = await find()
      if (found !== undefined) return { outcome: 'made', is: found }
      if (attempt === attempts) throw fault
    }
  }
}
