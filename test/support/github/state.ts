import { addressOf, type Bare, type Signed } from './bare.ts'

/** Somebody with an account. */
export interface User {
  readonly login: string
  readonly id: number
  readonly type: 'User' | 'Bot'
}

export interface Pull {
  readonly number: number
  title: string
  body: string | null
  readonly author: User | null
  readonly branch: string
  /** `owner/name` where it comes from a fork, `null` where that is gone. */
  fork: string | null | undefined
  base: string
  head: string
  state: 'open' | 'closed'
  draft: boolean
  autoMerge: boolean
  merged: string | null
  mergedAt: string | null
  closedAt: string | null
  readonly createdAt: string
  updatedAt: string
  readonly timeline: object[]
  readonly maintainersMayPush?: boolean
}

export interface Review {
  readonly id: number
  readonly pull: number
  user: User | null
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'
  commit: string | null
  readonly body: string
  readonly at: string
}

export interface Check {
  readonly id: number
  name: string
  readonly head: string
  externalId: string
  status: string
  conclusion: string | null
  readonly startedAt: string
  completedAt: string | null
  title: string | null
  summary: string | null
  text: string | null
  readonly annotations: object[]
  readonly app: number
}

export interface Activity {
  readonly id: number
  readonly before: string
  readonly after: string
  readonly ref: string
  readonly at: string
  readonly kind: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge'
  readonly actor: User | null
}

/** What a repository is set up to ask for; answers of the routes that tell of it. */
export interface Settings {
  protection: Record<string, unknown>
  rules: Record<string, readonly unknown[]>
  rulesets: readonly Record<string, unknown>[]
  actions: Record<string, unknown>
  workflowRights: Record<string, unknown>
  environments: readonly Record<string, unknown>[]
  /** Secrets that no environment guards, of the repository and of its organisation. */
  secrets: {
    readonly repository: readonly Record<string, unknown>[]
    readonly organization: readonly Record<string, unknown>[]
  }
  /** Variables, with their values, by where they are set: `repository`, `organization`, or the name of an environment. */
  variables: Record<string, readonly Record<string, unknown>[]>
  branchPolicies: Record<string, readonly unknown[]>
  workflows: readonly Record<string, unknown>[]
  autoMerge: boolean
}

/** Time as the server has it. */
export interface Clock {
  /** The instant as GitHub writes it. */
  readonly now: () => string
  readonly seconds: () => number
  readonly set: (instant: string) => void
  readonly advance: (seconds: number) => void
  /** A second later; things that happen one after the other have times one after the other. */
  readonly tick: () => string
}

export interface State {
  readonly owner: string
  readonly repo: string
  readonly bare: Bare
  readonly clock: Clock
  readonly users: Map<string, User>
  /** Whom the token of the environment stands for. */
  readonly self: User
  readonly appId: number
  readonly pulls: Map<number, Pull>
  readonly reviews: Review[]
  readonly checks: Check[]
  readonly activity: Activity[]
  readonly settings: Settings
  /** The tips of the branches when they were last looked at. */
  tips: ReadonlyMap<string, string>
  /** Whoever pushes next; the owner of the token otherwise. */
  pusher: User | undefined
  ids: number
}

const zero = '0'.repeat(40)

/** Finds out what was pushed into the bare repository since the last look, as a server would have noticed at once. */
export function noticePushes(state: State, merged?: { readonly branch: string; readonly by: User }): void {
  const tips = state.bare.tips()
  for (const branch of new Set([...state.tips.keys(), ...tips.keys()])) {
    const before = state.tips.get(branch) ?? zero
    const after = tips.get(branch) ?? zero
    if (before === after) continue
    const forced = before !== zero && after !== zero && !state.bare.isAncestor(before, after)
    const at = state.clock.tick()
    const actor = merged?.by ?? state.pusher ?? state.self
    const kind =
      merged?.branch === branch
        ? 'pr_merge'
        : before === zero
          ? 'branch_creation'
          : after === zero
            ? 'branch_deletion'
            : forced
              ? 'force_push'
              : 'push'
    state.ids += 1
    state.activity.push({ id: state.ids, before, after, ref: `refs/heads/${branch}`, at, kind, actor })
    for (const pull of state.pulls.values()) {
      if (pull.state === 'open' && pull.fork === undefined && pull.branch === branch && after !== zero) {
        moveHead(state, pull, after, { forced, at, actor })
      }
    }
  }
  state.tips = tips
}

/** Lets the head of a pull request be another commit. */
export function moveHead(
  state: State,
  pull: Pull,
  head: string,
  { forced, at, actor }: { readonly forced: boolean; readonly at: string; readonly actor: User },
): void {
  pull.head = head
  pull.updatedAt = at
  state.bare.git(['update-ref', `refs/pull/${pull.number}/head`, head])
  if (forced) addEvent(state, pull, 'head_ref_force_pushed', actor, at, { commit_id: head })
}

export function addEvent(state: State, pull: Pull, event: string, actor: User, at: string, more: object = {}): void {
  state.ids += 1
  pull.timeline.push({ id: state.ids, event, actor, at, more })
}

/** Merges a pull request for real; gives back the commit that the base then has. */
export function mergePull(state: State, pull: Pull, method: 'merge' | 'squash' | 'rebase', by: User): string {
  const { bare } = state
  const base = bare.resolve(`refs/heads/${pull.base}`) ?? ''
  const at = state.clock.tick()
  const merged =
    method === 'rebase' ? rebased(bare, pull, base, by.login, at) : joined(bare, pull, base, method, by, at)
  bare.git(['update-ref', `refs/heads/${pull.base}`, merged, base])
  noticePushes(state, { branch: pull.base, by })
  isMergedBy(state, pull, merged, by, at)
  return merged
}

function isMergedBy(state: State, pull: Pull, merged: string, by: User, at: string): void {
  Object.assign(pull, { state: 'closed', merged, mergedAt: at, closedAt: at, updatedAt: at })
  addEvent(state, pull, 'merged', by, at, { commit_id: merged })
}

/** A merge queue of one base: the branch that each pull request got, and the commit that it would be merged by. */
export type MergeQueue = readonly { readonly pull: Pull; readonly ref: string; readonly commit: string }[]

/** Merges pull requests one onto the other, each on a branch of the queue, as GitHub does before it asks for checks. */
export function queuePulls(state: State, pulls: readonly Pull[], by: User): MergeQueue {
  const { bare } = state
  let onto = bare.resolve(`refs/heads/${pulls[0]?.base}`) ?? ''
  return pulls.map((pull) => {
    const ref = `refs/heads/gh-readonly-queue/${pull.base}/pr-${pull.number}-${onto}`
    onto = joined(bare, pull, onto, 'merge', by, state.clock.tick())
    bare.git(['update-ref', ref, onto])
    return { pull, ref, commit: onto }
  })
}

/** Lets the base be the last commit of a queue, whose checks are green; its branches go. */
export function landQueue(state: State, queue: MergeQueue, by: User): void {
  const last = queue.at(-1)
  if (!last) return
  state.bare.git(['update-ref', `refs/heads/${last.pull.base}`, last.commit])
  for (const { ref } of queue) state.bare.git(['update-ref', '-d', ref])
  noticePushes(state, { branch: last.pull.base, by })
  for (const { pull, commit } of queue) isMergedBy(state, pull, commit, by, state.clock.tick())
}

function joined(bare: Bare, pull: Pull, base: string, method: 'merge' | 'squash', by: User, at: string): string {
  const [tree = ''] = bare.git(['merge-tree', '--write-tree', base, pull.head]).split('\n')
  const signed: Signed = {
    author: method === 'squash' ? (pull.author?.login ?? 'ghost') : by.login,
    committer: 'GitHub',
    at,
  }
  const title =
    method === 'merge'
      ? `Merge pull request #${pull.number} from ${pull.branch}\n\n${pull.title}`
      : `${pull.title} (#${pull.number})`
  const parents = method === 'merge' ? ['-p', base, '-p', pull.head] : ['-p', base]
  return bare.git(['commit-tree', tree, ...parents, '-m', title], signed)
}

/** Every commit of the pull request again, on top of the base. Their changes must not touch what the base changed. */
function rebased(bare: Bare, pull: Pull, base: string, by: string, at: string): string {
  let tip = base
  for (const commit of bare
    .git(['rev-list', '--reverse', '--no-merges', `${base}..${pull.head}`])
    .split('\n')
    .filter(Boolean)) {
    const [author = 'ada', ...message] = bare.git(['log', '-1', '--format=%an%n%B', commit]).split('\n')
    // A commit whose only parent is the tip lets git merge just what that commit changed.
    const parent = bare.git(['rev-parse', `${commit}^`])
    const step = bare.git(['commit-tree', `${commit}^{tree}`, '-p', parent, '-m', 'step'])
    const stand = bare.git(['commit-tree', `${tip}^{tree}`, '-p', parent, '-m', 'stand'])
    const [tree = ''] = bare.git(['merge-tree', '--write-tree', stand, step]).split('\n')
    tip = bare.git(['commit-tree', tree, '-p', tip, '-m', message.join('\n')], { author, committer: by, at })
  }
  return tip
}

/** The account whose address a commit bears. */
export function userOfAddress(state: State, address: string): User | null {
  const [, id] = /^(\d+)\+[^@]+@users\.noreply\.[^@]+$/.exec(address) ?? []
  for (const user of state.users.values()) {
    if (addressOf(user.login) === address || String(user.id) === id) return user
  }
  return address === 'noreply@github.com' ? { login: 'web-flow', id: 19864447, type: 'User' } : null
}

/** How a repository is set up that nobody protected. */
export function standardSettings(): Settings {
  return {
    protection: {},
    rules: {},
    rulesets: [],
    actions: { enabled: true, allowed_actions: 'all', sha_pinning_required: false },
    workflowRights: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
    environments: [],
    secrets: { repository: [], organization: [] },
    variables: {},
    branchPolicies: {},
    workflows: [],
    autoMerge: false,
  }
}
