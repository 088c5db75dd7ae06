import { putIssue } from '../adapters/github/issue.ts'
import { cutMarkdown } from '../core/cut-text.ts'
import { isSound, type Verification } from '../render/verify.ts'
import { verificationMarkdown } from '../render/verify-markdown.ts'
import { gitHubOf } from './github-connection.ts'
import type { World } from './world.ts'

/** GitHub takes bodies of 65,536 characters. */
const longest = 60_000
const more = 'There is more; `gitsm verify` tells all of it.\n'

/**
 * Lets exactly one issue tell what the mainline holds that was not allowed, for as long as it does. Where all is well
 * none is made, and the one that was there is closed.
 */
export async function tellInIssue(world: World, verification: Verification): Promise<void> {
  const written = await putIssue(await gitHubOf(world), 'verify', {
    title: 'The mainline holds what its rules did not allow',
    body: cutMarkdown(verificationMarkdown(verification), longest, more),
    labels: ['gitsm:verify'],
    state: isSound(verification) ? 'closed' : 'open',
  })
  if (written?.outcome === 'refused') world.say(`note: no issue could be written: ${written.because}`)
}
