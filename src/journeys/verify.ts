import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { isSound, type KeptJudgement, type Verification, verificationJson, verificationText } from '../render/verify.ts'
import { verificationMarkdown } from '../render/verify-markdown.ts'
import { type KeptVerification, keepJudgement } from './keep-judgement.ts'
import { tellInIssue } from './verify-issue.ts'
import { type VerifyOptions, verifyMainline } from './verify-mainline.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm verify` is asked. */
interface VerifyAsked extends VerifyOptions {
  /** Whether an issue on GitHub is to tell what was found. */
  readonly issue?: boolean
  /** Whether the ledger is to keep what was found. */
  readonly keep?: boolean
  /** The remote whose ledger is to keep it. */
  readonly push?: string
}

/** Replays the mainline up to HEAD, and tells every commit that the rules in force at the time did not allow. */
export async function verify(
  world: World,
  { issue = false, keep = false, push, ...options }: VerifyAsked,
): Promise<Outcome> {
  const keeping = keep || push !== undefined
  if (keeping) refusePart(world, options)
  const { verification, kept, fault }: KeptVerification = keeping
    ? await keepJudgement(world, push)
    : { ...(await verifyMainline(world, options)), kept: undefined }
  if (issue) await tellInIssue(world, verification)
  if (fault) world.say(`error: nothing is kept of what was found: ${fault.message}\n  cure: ${fault.cure}`)
  return {
    code: isSound(verification) ? (fault?.code ?? exit.pass) : exit.findings,
    out: render(verification, world, kept),
  }
}

/** What is kept is about all of the mainline, as everybody judges it, and as it is now. */
function refusePart({ asOf }: World, { base, strict = false }: VerifyOptions): void {
  const other = base !== undefined ? '--base' : strict ? '--strict' : asOf !== undefined ? '--as-of' : undefined
  if (other === undefined) return
  throw new Fault(`A judgement of the whole mainline as it is now is kept, so ${other} has no place in it`, {
    cure: `Leave ${other} out, or --keep and --push`,
  })
}

function render(verification: Verification, { format, colour }: World, kept: KeptJudgement | undefined): string {
  if (format === 'json') return verificationJson(verification, kept)
  return format === 'markdown' ? verificationMarkdown(verification) : verificationText(verification, colour, kept)
}
