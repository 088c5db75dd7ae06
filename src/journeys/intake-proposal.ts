import { changedFiles } from '../adapters/git/changed-files.ts'
import { type CommittedText, commitFiles, type Signatory } from '../adapters/git/commit-files.ts'
import { fetchTip } from '../adapters/git/fetch.ts'
import { pushCommit } from '../adapters/git/push.ts'
import { contentAt, mergeBase } from '../adapters/git/revision.ts'
import { type GitDir, runGit } from '../adapters/git/run.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Proposal, ProposedBranch } from './propose-branch.ts'
import type { World } from './world.ts'

/** The branch on which the record of an issue waits: one for each issue. */
export function intakeBranch(issue: number): string {
  return `gitsm/intake-${issue}`
}

/**
 * The message of a commit that brings the record of an issue. Who edited the words of another is an author of it, too.
 */
export function intakeMessage(id: string, issue: number, editor?: Signatory): string {
  const subject = `Record ${id} from issue #${issue}`
  return editor ? `${subject}\n\nCo-authored-by: ${editor.name} <${editor.email}>` : subject
}

/** Whether a commit was made by an intake of that issue, of whatever type its record was then. */
function isIntakeMessage(subject: string, issue: number): boolean {
  return new RegExp(`^Record [A-Z0-9-]+ from issue #${issue}$`).test(subject)
}

/** How often a branch is looked at again because somebody else was faster. */
const rounds = 3

/**
 * Pushes the record of an issue to its branch, or brings the branch up to date where the issue was edited, by one more
 * commit, never by force. A branch on which somebody else has gone on is left as it is.
 */
export async function proposeIntake(
  { now, say }: World,
  git: GitDir,
  { remote, into, commit, message }: Proposal,
  { issue, author }: { readonly issue: number; readonly author: Signatory },
): Promise<ProposedBranch> {
  const branch = intakeBranch(issue)
  for (let round = 1; round <= rounds; round++) {
    const first = await pushCommit(git, { remote, commit, branch, isNew: true })
    if (first.kind === 'taken') return { commit, remote, branch, next: [] }
    if (first.kind === 'refused') throw untaken(remote, branch, first.reason)
    const standing = await fetchTip(git, remote, branch)
    const files = await filesToCatchUp(git, { commit, standing, base: await mergeBase(git, standing, `${commit}^`) })
    if (files.length === 0) return { commit: standing, remote, branch, next: [] }
    if (!isIntakeMessage(await subjectOf(git, standing), issue)) {
      say(`${branch} was edited by somebody after the issue was read; it stays as it is`)
      return { commit: standing, remote, branch, next: [] }
    }
    const next = await commitFiles(git, { parent: standing, files, message, author, at: now })
    const pushed = await pushCommit(git, { remote, commit: next, branch })
    if (pushed.kind === 'taken') return { commit: next, remote, branch, next: [] }
    if (pushed.kind === 'refused') throw untaken(remote, branch, pushed.reason)
  }
  throw new Fault(`${branch} moved on each time that it was brought up to date; ${into} is untouched`, {
    cure: 'Run the command again',
    code: exit.outside,
  })
}

/** What would make the branch say what the new commit says: its files, and those of an earlier answer that go. */
async function filesToCatchUp(
  git: GitDir,
  { commit, standing, base }: { readonly commit: string; readonly standing: string; readonly base: string },
): Promise<readonly CommittedText[]> {
  const wanted = await changedFiles(git, `${commit}^`, commit)
  const earlier = await changedFiles(git, base, standing)
  const blob = new Map(earlier.map(({ path, after }) => [path, after]))
  const differing = wanted.filter(({ path, after }) => blob.get(path) !== after)
  const written = differing.map(async ({ path }): Promise<CommittedText> => {
    return { path, text: (await contentAt(git, commit, path))?.toString('utf8') ?? null }
  })
  const gone = earlier.filter(
    ({ path, before, after }) => before === null && after !== null && wanted.every((file) => file.path !== path),
  )
  return [...(await Promise.all(written)), ...gone.map(({ path }) => ({ path, text: null }))]
}

async function subjectOf(git: GitDir, commit: string): Promise<string> {
  return (await runGit(git, ['log', '-1', '--format=%s', commit])).toString('utf8').trim()
}

function untaken(remote: string, branch: string, reason: string): Fault {
  return new Fault(`${remote} takes no branch ${branch}: ${reason}`, {
    cure: 'Let the token of the intake push branches that begin with gitsm/',
    code: exit.outside,
  })
}
