import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import { exit } from '../core/exit.ts'
import type { Rulebook } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import type { MainlineCommit } from '../core/history.ts'
import { type Verification, verificationJson, verificationText } from '../render/verify.ts'
import { changeRules, importedRules, treeRules } from '../rules/index.ts'
import { gatherHistory } from './history.ts'
import { replay } from './replay.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm verify` is asked: from which commit on the mainline is judged. */
export interface VerifyOptions {
  readonly base?: string
}

/**
 * Replays the mainline up to HEAD and names every step that the rules in force at the time did not allow: illegal steps,
 * births in a late state, edits of closed records, rewritten logs, deletions. The commit that founds the repository is
 * taken as it is, and what was imported from another tool may have taken other steps.
 */
export async function verify(world: World, { base }: VerifyOptions): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  await refuseShallow(git)
  const tip = await resolveCommit(git, 'HEAD')
  const history = await gatherHistory(git, tip)
  const { commits } = history
  const from = base === undefined ? undefined : await resolveCommit(git, base)
  const after = from === undefined ? -1 : positionOf(commits, from)
  const rules = { tree: treeRules, change: changeRules }
  const { findings, judged, records, imports } = await replay({ git, tip, commits, after, rules })
  const imported = importedUntil(imports, commits)
  const verification: Verification = {
    tip,
    ...(from !== undefined && { base: from }),
    commits: commits.length - 1 - after,
    records,
    judged,
    imported: imported.systems,
    findings: findings.filter(
      ({ rule, commit }) => commit.position > imported.position || importedRules.includes(rule),
    ),
  }
  const out = world.format === 'json' ? verificationJson(verification) : verificationText(verification, world.colour)
  return { code: verification.findings.length === 0 ? exit.pass : exit.findings, out }
}

function positionOf(commits: readonly MainlineCommit[], wanted: string): number {
  const found = commits.find(({ commit }) => commit === wanted)
  if (found) return found.position
  throw new Fault(`${wanted.slice(0, 7)} is not on the mainline of HEAD`, {
    cure: 'Name a commit that git log --first-parent lists',
  })
}

/** Up to which commit the history was brought in from other tools, as the configuration at the tip says. */
function importedUntil(
  imports: NonNullable<Rulebook['config']['imports']>,
  commits: readonly MainlineCommit[],
): { readonly position: number; readonly systems: Verification['imported'] } {
  const systems = imports.flatMap(({ system, until }) => {
    const last = commits.find(({ commit }) => commit === until)
    return last ? [{ system, until, commits: last.position + 1 }] : []
  })
  return { position: Math.max(-1, ...systems.map((each) => each.commits - 1)), systems }
}
