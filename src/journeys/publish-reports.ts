import { setTimeout } from 'node:timers/promises'
import { commitFiles } from '../adapters/git/commit-files.ts'
import { fetchTip, remoteHasBranch } from '../adapters/git/fetch.ts'
import { commitFolder } from '../adapters/git/folder-commit.ts'
import { noteTracking, pushCommit } from '../adapters/git/push.ts'
import { knownRemote } from '../adapters/git/remote-access.ts'
import { contentAt, repositoryRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { folderNames, listTree } from '../adapters/git/tree.ts'
import { forgottenPictures, pictureFoldersOf } from '../core/chart/picture.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { saysTheSame } from '../core/page-basis.ts'
import { forgottenParts, isPart, partFoldersOf } from '../core/page-split.ts'
import type { RenderedReport } from '../core/report.ts'
import { writtenJson, writtenText } from '../render/written.ts'
import { mainlineOf } from './mainline-name.ts'
import { configAt, type ReportPages, reportPages, toldOf } from './report-pages.ts'
import type { PeriodRequest } from './report-periods.ts'
import { sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm report --push` is asked. */
export interface PublishOptions extends PeriodRequest {
  readonly remote: string
}

/** The branch that takes reports where the mainline does not take them straight, and none is configured. */
const ownBranch = 'gitsm-reports'

/** How often pages are made anew because somebody else was faster. */
const rounds = 5

/** Who commits reports: no person wrote them. */
const author = { name: 'GitSM', email: 'gitsm@users.noreply.github.com' }

/**
 * Publishes the reports of the mainline of a remote there, without a working tree: on the mainline, or on the branch that
 * `gitsm.yaml` names. Where the mainline takes no direct push, they go to `gitsm-reports`. Pages that say the same make
 * no commit.
 */
export async function publishReports(world: World, options: PublishOptions): Promise<Outcome> {
  const git: GitDir = { dir: await repositoryRoot({ dir: world.dir, env: world.env }), env: world.env }
  const remote = await knownRemote(git, options.remote)
  const mainline = await mainlineOf(git, remote)
  let branch = (await configAt(world, git, await fetchTip(git, remote, mainline))).reports.branch ?? mainline
  for (let round = 1; round <= rounds; round++) {
    const published = await publishOnce(world, git, { ...options, remote, mainline, branch })
    if (typeof published === 'object') return published
    if (published === 'refused') branch = ownBranch
    else await setTimeout(50 * 2 ** round * Math.max(0.1, (world.random(1)[0] ?? 0) / 255))
  }
  throw new Fault(`${branch} of ${remote} moved on ${rounds} times while the reports were made`, {
    cure: 'Run the command again',
    code: exit.outside,
  })
}

interface Attempt extends PublishOptions {
  readonly mainline: string
  readonly branch: string
}

/** One attempt: what was published; or that somebody was faster; or that the mainline takes no direct push. */
async function publishOnce(given: World, git: GitDir, attempt: Attempt): Promise<Outcome | 'moved' | 'refused'> {
  const world = { ...given, reader: given.reader ?? sharingReader() }
  const { remote, mainline, branch, ...asked } = attempt
  const head = await fetchTip(git, remote, mainline)
  const { path } = (await configAt(world, git, head)).reports
  const stands = branch === mainline ? head : await tipIfAny(git, remote, branch)
  const rendered = await reportPages(world, git, {
    ...{ head, path, folders: stands === undefined ? [] : await folderNames(git, stands, path) },
    ...asked,
  })
  const changed = await changedPages(git, stands, rendered)
  const gone = stands === undefined ? [] : await forgottenIn(git, stands, rendered)
  if (changed.length + gone.length > 0) {
    const titles = rendered.periods.map(({ period }) => period.title).join(', ')
    const message = `Reports of ${titles}, as of commit ${rendered.commit.slice(0, 10)}`
    const signed = { message, author, at: world.now }
    const parent = stands ?? head
    const made = await commitFiles(git, {
      parent,
      files: [...changed, ...gone.map((each) => ({ path: each, text: null }))],
      ...signed,
    })
    // A branch of its own shows the mainline with the pages in it, so that their links lead to the records.
    const parents = [...new Set([parent, head])]
    const commit =
      branch === mainline ? made : await commitFolder(git, { base: head, folder: path, from: made, parents, ...signed })
    const pushed = await pushCommit(git, { remote, commit, branch, isNew: stands === undefined })
    if (pushed.kind === 'moved') return 'moved'
    if (pushed.kind === 'refused') {
      if (branch === mainline) {
        world.say(`${remote} takes no direct push to ${mainline} (${pushed.reason}); the reports go to ${ownBranch}`)
        return 'refused'
      }
      throw new Fault(`${remote} does not take the branch ${branch}: ${pushed.reason}`, {
        cure: `Let this run push ${branch}, or name another branch in gitsm.yaml: reports.branch`,
        code: exit.outside,
      })
    }
    await noteTracking(git, remote, branch, commit)
  }
  return told(world, rendered, changed, gone, branch)
}

async function tipIfAny(git: GitDir, remote: string, branch: string): Promise<string | undefined> {
  return (await remoteHasBranch(git, remote, branch)) ? fetchTip(git, remote, branch) : undefined
}

/** The pages that say something else than what stands on the branch. */
async function changedPages(
  git: GitDir,
  stands: string | undefined,
  { pages }: ReportPages,
): Promise<readonly RenderedReport[]> {
  const standing = await Promise.all(
    pages.map(({ path }) => (stands === undefined ? undefined : contentAt(git, stands, path))),
  )
  return pages.filter(({ text }, at) => {
    const stood = standing[at]?.toString('utf8')
    return stood === undefined || !saysTheSame(stood, text)
  })
}

/** What lies on the branch and no page has any more: pictures, and parts of pages that are smaller now. */
async function forgottenIn(git: GitDir, stands: string, { pages }: ReportPages): Promise<readonly string[]> {
  const written = pages.map(({ path }) => path)
  const pathsIn = async (folders: readonly string[]): Promise<readonly string[]> =>
    (await listTree(git, stands, folders)).map(({ path }) => path)
  const [pictures, parts] = await Promise.all([pathsIn(pictureFoldersOf(written)), pathsIn(partFoldersOf(written))])
  const named = await Promise.all(
    forgottenParts(parts, written).map(async (path) => ({ path, text: await contentAt(git, stands, path) })),
  )
  const gone = named.filter(({ path, text }) => isPart(path, text?.toString('utf8') ?? '')).map(({ path }) => path)
  return [...forgottenPictures(pictures, written), ...gone]
}

function told(
  world: World,
  rendered: ReportPages,
  changed: readonly RenderedReport[],
  gone: readonly string[],
  branch: string,
): Outcome {
  const paths = new Set(changed.map(({ path }) => path))
  const written = {
    ...toldOf(rendered),
    branch,
    files: [
      ...rendered.pages.map(({ path }) => ({
        path,
        state: paths.has(path) ? ('written' as const) : ('unchanged' as const),
      })),
      ...gone.map((path) => ({ path, state: 'removed' as const })),
    ],
  }
  return { code: exit.pass, out: world.format === 'json' ? writtenJson(written) : writtenText(written, world.colour) }
}
