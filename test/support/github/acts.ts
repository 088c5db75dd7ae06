import { commitOf, type Files } from './bare.ts'
import { type Asked, addPull } from './routes.ts'
import {
  addEvent,
  type Check,
  landQueue,
  type MergeQueue,
  mergePull,
  moveHead,
  noticePushes,
  type Pull,
  queuePulls,
  type Review,
  type State,
  type User,
} from './state.ts'

/** What people and other programs do in the repository while a test looks on. */
export interface Acts {
  readonly user: (login: string) => User
  /** Commits files on top of a branch (or of the base, where there is none yet) and pushes it; gives back the commit. */
  readonly push: (options: {
    readonly branch: string
    readonly files?: Files
    /** A commit that is in the repository already, in place of files. */
    readonly commit?: string
    readonly by?: string
    readonly at?: string
    readonly say?: string
    /** Begins anew from this commit or branch, which makes it a forced push where the branch was elsewhere. */
    readonly from?: string
  }) => string
  /** Opens a pull request; gives back its number. */
  readonly open: (options: {
    readonly branch: string
    readonly by?: string | null
    readonly base?: string
    readonly title?: string
    readonly body?: string
    readonly draft?: boolean
    /** `owner/name` of the fork that it comes from; its commits are pushed with `push` all the same. */
    readonly fork?: string | null
    /** Whether whoever may push here may push to the branch of the fork. */
    readonly maintainersMayPush?: boolean
  }) => Promise<number>
  /** Gives a review; the commit is the head unless named, `null` for one that is gone, and so is its author. */
  readonly review: (
    pull: number,
    options: {
      readonly by: string | null
      readonly state?: Review['state']
      readonly commit?: string | null
      readonly body?: string
      readonly at?: string
    },
  ) => number
  readonly dismiss: (review: number) => void
  /** Lets a standing approval name another commit, as GitHub does after some forced pushes. */
  readonly repoint: (review: number, commit: string) => void
  readonly merge: (
    pull: number,
    options?: { readonly by?: string; readonly method?: 'merge' | 'squash' | 'rebase' },
  ) => string
  /** Adds pull requests to the merge queue of their base; gives back it, whose last commit wants a check. */
  readonly enqueue: (...pulls: readonly number[]) => MergeQueue
  /** Merges what is in a queue. */
  readonly landQueue: (queue: MergeQueue) => void
  readonly closePull: (pull: number, by?: string) => void
  readonly reopen: (pull: number, by?: string) => void
  readonly retarget: (pull: number, base: string) => void
  readonly pull: (number: number) => Pull
  readonly pulls: () => readonly Pull[]
  readonly checks: (commit?: string) => readonly Check[]
  /** Writes a check run in another's name, as any workflow of the repository could. */
  readonly forgeCheck: (
    check: Pick<Check, 'name' | 'head' | 'externalId' | 'conclusion'> & {
      readonly app?: number
      readonly startedAt?: string
    },
  ) => void
  /** Takes every check run away. */
  readonly forgetChecks: () => void
}

/** What is done in a repository, and told to `emulate` where it keeps a part of it. */
export function actsOn(state: State, emulated: Asked['emulated']): Acts {
  const { bare, clock } = state
  const user = (login: string): User => {
    const found = state.users.get(login)
    if (found) return found
    throw new Error(`nobody is called ${login}`)
  }
  const pull = (number: number): Pull => {
    const found = state.pulls.get(number)
    if (found) return found
    throw new Error(`there is no pull request ${number}`)
  }
  const reviewOf = (id: number): Review => {
    const found = state.reviews.find((review) => review.id === id)
    if (found) return found
    throw new Error(`there is no review ${id}`)
  }

  return {
    user,
    pull,
    pulls: () => [...state.pulls.values()],
    push: ({ branch, files, commit, by = 'ada', at, say = 'change', from }) => {
      if (at) clock.set(at)
      const forked = [...state.pulls.values()].find(
        (each) => each.state === 'open' && each.fork !== undefined && each.branch === branch,
      )
      const tip = forked?.head ?? bare.resolve(`refs/heads/${branch}`)
      const parent =
        (from && (bare.resolve(`refs/heads/${from}`) ?? bare.resolve(from))) ?? tip ?? bare.resolve('refs/heads/main')
      const made = commit ?? commitOf(bare, parent, files ?? {}, { author: by, at: clock.tick() }, say)
      if (forked && tip) {
        moveHead(state, forked, made, { forced: !bare.isAncestor(tip, made), at: clock.now(), actor: user(by) })
        return made
      }
      state.pusher = state.users.get(by)
      noticePushes(state)
      bare.git(['update-ref', `refs/heads/${branch}`, made])
      noticePushes(state)
      state.pusher = undefined
      return made
    },
    open: async (told) => {
      const { branch, by = 'ada', base = 'main', title = `Change ${branch}`, body = '', draft = false, fork } = told
      const head = bare.resolve(`refs/heads/${branch}`)
      if (!head) throw new Error(`nobody pushed ${branch}`)
      const author = by === null ? null : user(by)
      const { number } = await addPull(state, emulated, { title, body, branch, base, head, draft, author, fork })
      if (fork !== undefined) {
        // The branch of a fork is no branch here.
        state.tips = new Map([...state.tips].filter(([name]) => name !== branch))
        bare.git(['update-ref', '-d', `refs/heads/${branch}`])
        for (const [at, event] of state.activity.entries())
          if (event.ref === `refs/heads/${branch}`) state.activity.splice(at, 1)
      }
      Object.assign(pull(number), { maintainersMayPush: told.maintainersMayPush ?? false })
      return number
    },
    review: (number, { by, state: given = 'APPROVED', commit, body = '', at }) => {
      if (at) clock.set(at)
      noticePushes(state)
      state.ids += 1
      const head = pull(number).head
      const review: Review = {
        id: state.ids,
        pull: number,
        user: by === null ? null : user(by),
        state: given,
        commit: commit === undefined ? head : commit,
        body,
        at: clock.tick(),
      }
      state.reviews.push(review)
      if (given !== 'PENDING') pull(number).timeline.push({ review })
      pull(number).updatedAt = clock.now()
      return state.ids
    },
    dismiss: (id) => {
      reviewOf(id).state = 'DISMISSED'
    },
    repoint: (id, commit) => {
      reviewOf(id).commit = commit
    },
    merge: (number, { by = 'ada', method = 'merge' } = {}) => mergePull(state, pull(number), method, user(by)),
    enqueue: (...numbers) => queuePulls(state, numbers.map(pull), user('ada')),
    landQueue: (queue) => landQueue(state, queue, user('ada')),
    closePull: (number, by = 'ada') => {
      const at = clock.tick()
      Object.assign(pull(number), { state: 'closed', closedAt: at, updatedAt: at })
      addEvent(state, pull(number), 'closed', user(by), at)
    },
    reopen: (number, by = 'ada') => {
      const at = clock.tick()
      Object.assign(pull(number), { state: 'open', closedAt: null, updatedAt: at })
      addEvent(state, pull(number), 'reopened', user(by), at)
    },
    retarget: (number, base) => {
      const at = clock.tick()
      Object.assign(pull(number), { base, updatedAt: at })
      addEvent(state, pull(number), 'base_ref_changed', state.self, at)
    },
    checks: (commit) => state.checks.filter(({ head }) => commit === undefined || head === commit),
    forgeCheck: ({ name, head, externalId, conclusion, app = 15368, startedAt }) => {
      const at = clock.tick()
      state.ids += 1
      const status = conclusion ? 'completed' : 'in_progress'
      const words = { title: 'forged', summary: 'forged', text: null, annotations: [] }
      state.checks.push({
        id: state.ids,
        name,
        head,
        externalId,
        status,
        conclusion,
        startedAt: startedAt ?? at,
        completedAt: at,
        app,
        ...words,
      })
    },
    forgetChecks: () => {
      state.checks.length = 0
    },
  }
}
