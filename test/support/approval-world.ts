import { join } from 'node:path'
import { type CheckOptions, check } from '../../src/journeys/check.ts'
import { sharingReader } from '../../src/journeys/tree-reader.ts'
import type { World } from '../../src/journeys/world.ts'
import type { TestRepo } from './repo.ts'
import { projectRoot } from './shipped.ts'
import { webshop } from './webshop.ts'

/** A moment after everything that the tests let happen. */
export const today = '2026-03-10T00:00:00Z'

// What the trees of tests have in common, above all their schemas, is read once for all of them.
const reader = sharingReader()

/** The world of a command run in a test's repository, without a terminal. */
export function worldOf(dir: string): World {
  return {
    dir,
    env: { PATH: process.env['PATH'], HOME: dir },
    now: Date.parse(today) / 1000,
    packageRoot: projectRoot,
    // Any file that stays the same while tests run: caches depend on what it holds.
    program: join(projectRoot, 'package.json'),
    version: '0.0.0',
    format: 'json',
    colour: false,
    random: (count) => new Uint8Array(count),
    say: () => {},
    reader,
  }
}

/** An approval as `check` tells it in JSON. */
export interface ToldApproval {
  readonly id: string
  readonly rule: string | null
  readonly policy: string
  readonly reason: string
  readonly met: boolean
  readonly because: string
  readonly until: string | null
  readonly expires: string | null
  readonly parts: readonly ToldVerdict[]
}

/** A part of a verdict as `check` tells it in JSON. */
export interface ToldVerdict {
  readonly met: boolean
  readonly because: string
  readonly parts: readonly ToldVerdict[]
  readonly code?: string
}

/** What `check` answers, as far as these tests look at it. */
export interface ToldCheck {
  readonly code: number
  readonly verdict: string
  readonly approvals: readonly ToldApproval[]
  readonly diagnostics: readonly { readonly rule: string; readonly message: string; readonly file: string }[]
}

/** Runs the gate in a repository, without a process. */
export async function gate(repo: TestRepo, options: CheckOptions): Promise<ToldCheck> {
  const { code, out } = await check(worldOf(repo.dir), options)
  const told: Omit<ToldCheck, 'code'> = JSON.parse(out)
  return { code, ...told }
}

/** Every reason in the verdicts, outermost first, after its code where it has one: `CAB_SELF ada approved, but …`. */
export function reasonsIn(verdicts: readonly ToldVerdict[]): readonly string[] {
  return verdicts.flatMap(({ because, code, parts }) => [
    code === undefined ? because : `${code} ${because}`,
    ...reasonsIn(parts),
  ])
}

/** A review by somebody, in the words of GitHub. */
export interface GivenReview {
  readonly by: string | null
  readonly state?: string
  readonly on: string
  readonly at: string
}

/** Numeric ids of people in tests: the same for the same login. */
export function userOf(login: string): { readonly login: string; readonly id: number } {
  return { login, id: [...login].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) % 1_000_003 }
}

/** A file that tells of a pull request, in the form that `check --pull` reads; its name in the repository's folder. */
export function pullFile(
  repo: TestRepo,
  head: string,
  reviews: readonly GivenReview[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  const told = {
    number: 7,
    author: userOf('kate'),
    base: 'main',
    head,
    committers: [userOf('kate')],
    heads: [],
    now: today,
    reviews: reviews.map(({ by, state = 'APPROVED', on, at }) => ({
      user: by === null ? null : userOf(by),
      state,
      commit_id: on,
      submitted_at: at,
    })),
    ...more,
  }
  repo.write({ '.git/pull.json': JSON.stringify(told) })
  return '.git/pull.json'
}

/** The web shop, and a branch `topic` that writes files; gives back the repository and the commit of the branch. */
export function proposed(
  files: Readonly<Record<string, string | null>>,
  standing?: Readonly<Record<string, string | null>>,
): { readonly repo: TestRepo; readonly head: string } {
  const repo = webshop(...(standing ? [{ at: '2026-03-02T12:00:00Z', write: standing }] : []))
  repo.git(['checkout', '--quiet', '-b', 'topic'])
  const head = repo.commit({ at: '2026-03-03T09:00:00Z', by: 'kate', write: files })
  repo.git(['checkout', '--quiet', 'main'])
  return { repo, head }
}
