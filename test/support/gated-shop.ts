import type { Answer, GitHub } from '../../src/adapters/github/connection.ts'
import { type CheckPullOptions, checkPull } from '../../src/journeys/check-pull.ts'
import { type GateOptions, gate } from '../../src/journeys/gate.ts'
import type { Outcome, World } from '../../src/journeys/world.ts'
import { worldOf } from './approval-world.ts'
import { connectionTo } from './github/connected.ts'
import { type StandIn, type StandInOptions, startGitHub } from './github/stand-in.ts'
import type { DeclaredCommit, TestRepo } from './repo.ts'
import { webshop } from './webshop.ts'

/** A row of a sweep, as its JSON tells it. */
export interface ToldRow {
  readonly kind: string
  readonly pulls: readonly number[]
  readonly head: string
  readonly outcome: string
  readonly verdict: string | null
  readonly title: string
  readonly check: string | null
  readonly comment: string | null
  readonly labels: string | null
  readonly reviewers: readonly string[]
  readonly notes: readonly string[]
  readonly error?: { readonly code: number; readonly message: string }
}

/** What a run of the gate finds around it. */
export interface Around {
  /** What happens on GitHub before it answers a request. */
  readonly meanwhile?: (route: string, parameters: Readonly<Record<string, unknown>>) => void
  /** What GitHub answers, in place of what it would. */
  readonly answered?: (route: string, answer: Answer) => Answer
  readonly env?: Readonly<Record<string, string>>
}

/** The web shop on a GitHub of its own, and a clone in which the gate runs. */
export interface GatedShop {
  readonly github: StandIn
  readonly clone: TestRepo
  readonly world: World
  /** Runs the gate, and tells its rows and its exit code. */
  readonly gate: (
    options?: Partial<GateOptions>,
    around?: Around,
  ) => Promise<{ readonly code: number; readonly rows: readonly ToldRow[] }>
  readonly check: (number: number, options?: Partial<CheckPullOptions>) => Promise<Outcome>
  /** The check run that counts on a commit: the newest. */
  readonly standing: (
    commit: string,
  ) => { readonly conclusion: string | null; readonly title: string | null } | undefined
  /** The comments of the gate on a pull request. */
  readonly told: (pull: number) => Promise<readonly string[]>
}

/** Who has an account there: everybody of the web shop, and a stranger. */
const people = [
  'ada',
  'bob',
  'carla',
  'dmitri',
  'erik',
  'fatima',
  'grace',
  'hugo',
  'ines',
  'jonas',
  'kate',
  'lena',
  'mallory',
]

/** Starts the web shop on a stand-in for GitHub. */
export async function gatedShop(
  options: StandInOptions = {},
  ...history: readonly DeclaredCommit[]
): Promise<GatedShop> {
  const clone = webshop(...history)
  const github = await startGitHub({ from: clone, people, now: '2026-03-10T00:00:00Z', ...options })
  clone.git(['remote', 'add', 'origin', github.bare])
  const world = (): World => {
    const base = worldOf(clone.dir)
    return { ...base, now: github.clock.seconds(), env: { ...base.env, ...github.env } }
  }
  return {
    github,
    clone,
    get world() {
      return world()
    },
    gate: async (asked = {}, { env = {}, ...around } = {}) => {
      const connect = () => connected(github, around)
      const here = { ...world(), env: { ...world().env, ...env } }
      const { code, out } = await gate(here, { pulls: [], failOn: 'findings', ...asked }, connect)
      const { results }: { readonly results: readonly ToldRow[] } = JSON.parse(out)
      return { code, rows: results }
    },
    check: (number, asked = {}) => checkPull(world(), { number, assume: [], ...asked }, () => connectionTo(github)),
    standing: (commit) => github.checks(commit).toSorted((a, b) => b.id - a.id)[0],
    told: async (pull) =>
      (await github.comments(pull))
        .filter(({ body }) => body.startsWith('<!-- gitsm:gate -->'))
        .map(({ body }) => body),
  }
}

async function connected(stand: StandIn, { meanwhile, answered }: Omit<Around, 'env'>): Promise<GitHub> {
  const github = await connectionTo(stand)
  return {
    ...github,
    request: async (route, parameters = {}, ...rest) => {
      meanwhile?.(route, parameters)
      const answer = await github.request(route, parameters, ...rest)
      return answered?.(route, answer) ?? answer
    },
  }
}
