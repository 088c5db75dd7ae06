import { exit } from '../core/exit.ts'
import { isSound, type Verification, verificationJson, verificationText } from '../render/verify.ts'
import { verificationMarkdown } from '../render/verify-markdown.ts'
import { tellInIssue } from './verify-issue.ts'
import { type VerifyOptions, verifyMainline } from './verify-mainline.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm verify` is asked. */
interface VerifyAsked extends VerifyOptions {
  /** Whether an issue on GitHub is to tell what was found. */
  readonly issue?: boolean
}

/** Replays the mainline up to HEAD, and tells every commit that the rules in force at the time did not allow. */
export async function verify(world: World, { issue = false, ...options }: VerifyAsked): Promise<Outcome> {
  const { verification } = await verifyMainline(world, options)
  if (issue) await tellInIssue(world, verification)
  return { code: isSound(verification) ? exit.pass : exit.findings, out: render(verification, world) }
}

function render(verification: Verification, { format, colour }: World): string {
  if (format === 'json') return verificationJson(verification)
  return format === 'markdown' ? verificationMarkdown(verification) : verificationText(verification, colour)
}
