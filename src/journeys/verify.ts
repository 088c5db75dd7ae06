import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { MainlineCommit } from '../core/history.ts'
import type { HistoryFinding } from '../core/replay/history-finding.ts'
import type { Rule } from '../core/rule.ts'
import { type Verification, verificationJson, verificationText } from '../render/verify.ts'
import { changeRules, importedRules, mainlineRules, settledRules, treeRules } from '../rules/index.ts'
import { gatherHistory } from './history.ts'
import { type Import, replay } from './replay.ts'
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
  const rules = {
    tree: treeRules.filter(forbids),
    change: [...changeRules, ...mainlineRules].filter(forbids),
    settled: settledRules,
  }
  const { findings, judged, records, imports } = await replay({ git, tip, commits, after, rules })
  const verification: Verification = {
    tip,
    ...(from !== undefined && { base: from }),
    commits: commits.length - 1 - after,
    records,
    judged,
    imported: imports.map(({ system, until }) => ({ system, until: until.commit, commits: until.position + 1 })),
    findings: findings.filter((finding) => !isWaived(finding, imports)),
  }
  const out = world.format === 'json' ? verificationJson(verification) : verificationText(verification, world.colour)
  return { code: verification.findings.length === 0 ? exit.pass : exit.findings, out }
}

/** Warnings and notices stop no pull request, so they are no reason to doubt a commit either. */
function forbids({ severity }: Rule): boolean {
  return severity === 'error'
}

function positionOf(commits: readonly MainlineCommit[], wanted: string): number {
  const found = commits.find(({ commit }) => commit === wanted)
  if (found) return found.position
  throw new Fault(`${wanted.slice(0, 7)} is not on the mainline of HEAD`, {
    cure: 'Name a commit that git log --first-parent lists',
  })
}

/** Whether a finding is about a record that another tool kept then: it may have allowed what the rules here do not. */
function isWaived({ rule, commit, source }: HistoryFinding, imports: readonly Import[]): boolean {
  const from = imports.some(({ system, until }) => source === system && commit.position <= until.position)
  return from && !importedRules.includes(rule)
}
