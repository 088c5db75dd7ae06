import { type Commit, type CommittedFile, fastImport } from '../../src/adapters/fast-import.ts'
import { type GitDir, runGit } from '../../src/adapters/git/run.ts'
import { readWorkingTree } from '../../src/adapters/working-tree.ts'
import { changeCommit, changeLength } from './change-life.ts'
import { lifeCommit, lifeLength } from './incident-life.ts'
import { type LandscapeSize, landscape } from './landscape.ts'
import { packageRoot } from './program.ts'

const branch = 'main'

/** A repository of the web shop with so many incidents in one commit, and its files in the working tree. */
export async function snapshotRepository(
  dir: string,
  incidents: number,
  written: (text: string) => string = (text) => text,
): Promise<GitDir> {
  const git = await bareSnapshot(dir, incidents, written)
  await runGit(git, ['reset', '--hard', '--quiet', branch])
  return git
}

/** The same with nothing checked out. */
export async function bareSnapshot(
  dir: string,
  incidents: number,
  written: (text: string) => string = (text) => text,
): Promise<GitDir> {
  const lives = Array.from({ length: incidents }, (_, index) => lifeCommit(incidents, index, index % lifeLength))
  const at = Math.max(...lives.map((commit) => commit.at))
  const told = lives.flatMap((commit) => commit.files)
  const own = told.map(({ path, content }) => ({
    path,
    content: typeof content === 'string' ? written(content) : content,
  }))
  return repository(dir, [{ at, by: shop, message: 'Begin', files: [...organisation(), ...own] }])
}

/**
 * A repository of the web shop whose incidents, and changes where some are asked for, lived their lives side by side, a
 * commit a step; nothing checked out.
 */
export async function historyRepository(dir: string, incidents: number, changes = 0): Promise<GitDir> {
  return repository(dir, history(incidents, changes))
}

/** A repository of the whole example organisation on `main`, and a branch `topic` that adds a file. */
export async function proposalRepository(dir: string, added: CommittedFile): Promise<GitDir> {
  const git = await repository(dir, [{ at: 1_795_000_000, by: shop, message: 'Begin', files: shipped() }])
  const topic = { at: 1_795_100_000, by: shop, message: 'Propose', files: [added] }
  await fastImport(git, [topic], { branch: 'topic', onto: branch })
  return git
}

/** A repository of a made-up landscape in one commit, and its files in the working tree. */
export async function landscapeRepository(dir: string, size: LandscapeSize): Promise<GitDir> {
  const rules = organisation().filter(({ path }) => !path.startsWith('records/') || path.startsWith('records/team/'))
  const made = landscape(size).map(({ type, id, data }) => {
    const folder = type === 'change' ? `records/change/2026/11` : `records/${type}`
    return { path: `${folder}/${id}.yaml`, content: new TextEncoder().encode(`${JSON.stringify(data)}\n`) }
  })
  const git = await repository(dir, [{ at: 1_796_000_000, by: shop, message: 'Begin', files: [...rules, ...made] }])
  await runGit(git, ['reset', '--hard', '--quiet', branch])
  return git
}

const shop = { name: 'Web shop', email: 'shop@example.invalid' }

async function repository(dir: string, commits: Iterable<Commit>): Promise<GitDir> {
  const git: GitDir = { dir, env: { PATH: process.env['PATH'], HOME: dir } }
  await runGit(git, ['init', '--quiet', `--initial-branch=${branch}`])
  await fastImport(git, commits, { branch })
  return git
}

/** Every step of every life in order of time; the first commit also brings the organisation. */
function* history(incidents: number, changes: number): Iterable<Commit> {
  const incidentStep = (index: number, step: number): Commit => lifeCommit(incidents, index, step)
  const changeStep = (index: number, step: number): Commit => changeCommit(incidents, changes, index, step)
  const steps = [...stepsOf(incidents, lifeLength, incidentStep), ...stepsOf(changes, changeLength, changeStep)]
  let files = organisation()
  for (const { index, step, commitOf } of steps.sort((a, b) => a.at - b.at || a.index - b.index)) {
    const commit = commitOf(index, step)
    yield { ...commit, files: [...files, ...commit.files] }
    files = []
  }
}

/**
 * When each step of so many lives is taken. Its commit is made when it is its turn: all of them would fill the memory.
 */
function stepsOf(lives: number, length: number, commitOf: (index: number, step: number) => Commit) {
  return Array.from({ length: lives * length }, (_, position) => {
    const [index, step] = [Math.floor(position / length), position % length]
    return { at: commitOf(index, step).at, index, step, commitOf }
  })
}

/** Schemas, configuration and configuration records of the example organisation: process records are filed by year. */
function organisation(): Commit['files'] {
  return shipped().filter(({ path }) => !/^records\/[^/]+\/\d{4}\//.test(path))
}

/** All that the package ships for a service repository. */
function shipped(): Commit['files'] {
  return readWorkingTree(packageRoot, ['gitsm.yaml', 'schemas', 'records']).flatMap(({ path, bytes }) =>
    bytes === null ? [] : [{ path, content: bytes }],
  )
}
