import fc from 'fast-check'
import type { Review } from '../../src/core/approval/pull-request.ts'

/** Accounts by number, as GitHub tells of them today. */
export const accounts = [
  // Was ada when the teams were written down; they know the numeric id.
  { login: 'ada-renamed', id: 1, program: false },
  { login: 'Bob', id: 2, program: false },
  { login: 'carla', id: 3, program: false },
  { login: 'dmitri', id: 4, program: false },
  { login: 'erik', id: 5, program: false },
  // Took over the login that ada gave up.
  { login: 'ada', id: 99, program: false },
  { login: 'steward[bot]', id: 6, program: true },
  // A program under the login of a member.
  { login: 'fatima', id: 7, program: true },
  { login: 'hugo', id: 8, program: false },
] as const

/** What `require` of a rule may say. */
export type Asks =
  | 'none'
  | { readonly approvals: number | string; readonly from: readonly string[] }
  | { readonly author: readonly string[] }
  | { readonly all: readonly Asks[] }
  | { readonly any: readonly Asks[] }

/** A made-up pull request: who did what when, in whole seconds, and what each commit of it shows. */
export interface ReviewHistory {
  readonly type: 'change' | 'request'
  readonly asks: Asks
  /** How long an approval holds; for good where `null`. */
  readonly expires: number | null
  readonly retroactive: number | null
  /** What the catalogue item of a request asks; no approval where `null`. */
  readonly item: { readonly approvals?: number | string; readonly from: readonly string[] } | null
  /** Whether there is such an item. */
  readonly hasItem: boolean
  readonly services: readonly string[]
  readonly team: string | null
  readonly requester: string
  readonly implementer: string
  readonly author: number | null
  readonly committers: readonly (number | null)[]
  readonly pushes: readonly { readonly commit: number; readonly at: number; readonly by?: number | null }[]
  /** The commit that is the head now, instead of the last that was pushed. */
  readonly otherHead: number | null
  /** Whether a maintenance window covers it, in each state of the base, oldest first: it begins at the first. */
  readonly bases: readonly { readonly window: boolean; readonly at: number }[]
  /** Whether anybody observed when the base moved. */
  readonly basesObserved: boolean
  readonly retargetedAt: number | null
  readonly reviews: readonly {
    readonly who: number | null
    readonly state: Review['state']
    readonly commit: number | null
    readonly at: number | null
  }[]
  /** What each of the commits says in the record; `gone` where it cannot be read. */
  readonly says: readonly ('plan' | 'other plan' | 'gone')[]
}

/** When everything is judged. */
export const judgedAt = 100

/** Commits 0 to 4 are known, a review may also name one that nobody knows. */
export const unknownCommit = 5

const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>, weight = 12): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: rare })

const account = fc.nat(accounts.length - 1)
const reviewer = mostly(fc.constantFrom(0, 1, 2, 3, 4), account, 4)
const quorum = fc.constantFrom<number | string>(1, 1, 1, 1, 2, 2, 3, 'majority', '50%', '100%')
const from = fc.constantFrom<readonly string[]>(
  ...[['cab'], ['cab'], ['platform'], ['cab', 'platform'], ['board'], ['owner'], ['service-owner']],
  ...[['service-owner', 'cab'], ['each-service-owner'], ['catalogue-item'], ['nobody'], ['owner', 'board']],
)

const { asks } = fc.letrec<{ asks: Asks; parts: readonly Asks[] }>((tie) => ({
  asks: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    { weight: 8, arbitrary: fc.record({ approvals: quorum, from }) },
    { weight: 1, arbitrary: fc.record({ author: fc.constantFrom(['cab'], ['platform', 'board'], ['owner']) }) },
    { weight: 2, arbitrary: fc.record({ all: tie('parts') }) },
    { weight: 2, arbitrary: fc.record({ any: tie('parts') }) },
  ),
  parts: fc.array(tie('asks'), { minLength: 1, maxLength: 3 }),
}))

const approving = Array<Review['state']>(16).fill('APPROVED')
const times = fc.integer({ min: 0, max: 60 })

/** Made-up pull requests, most of them close to being approved. */
export const reviewHistories: fc.Arbitrary<ReviewHistory> = fc.record({
  type: mostly(fc.constant<'change' | 'request'>('change'), fc.constant<'change' | 'request'>('request'), 3),
  asks: mostly(asks, fc.constant<Asks>('none'), 40),
  expires: fc.constantFrom(null, null, 60, 75),
  retroactive: fc.constantFrom(null, null, 50),
  item: fc.constantFrom(null, { from: ['cab'] }, { approvals: 2, from: ['cab', 'platform'] }),
  hasItem: mostly(fc.constant(true), fc.constant(false)),
  services: fc.subarray(['webshop', 'payment', 'orphan']),
  team: fc.constantFrom(null, 'cab', 'platform'),
  requester: fc.constantFrom('', '', '', '', '', 'ada', '@Bob', 'Carla Nuñez', 'ada-renamed', 'somebody else'),
  implementer: fc.constantFrom('', '', '', 'DMITRI', 'erik'),
  author: mostly<number | null>(fc.constantFrom(8, 8, 8, 3, 1), fc.constantFrom(null, 0, 6), 20),
  committers: fc.array(mostly<number | null>(fc.constantFrom(8, 8, 8, 2), fc.constantFrom(null, 4), 20), {
    maxLength: 2,
  }),
  pushes: fc
    .array(
      fc.record(
        {
          commit: fc.nat(3),
          at: fc.nat(5).map((slot) => slot * 10),
          by: mostly<number | null>(fc.constantFrom(8, 8, 8, 8, 1), fc.constantFrom(null, 3), 10),
        },
        { requiredKeys: ['commit', 'at'] },
      ),
      { maxLength: 4 },
    )
    .map((pushes) => pushes.toSorted((a, b) => a.at - b.at)),
  otherHead: mostly(fc.constant(null), fc.nat(4), 20),
  bases: fc
    .array(fc.record({ window: mostly(fc.constant(false), fc.constant(true), 5), at: times }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((bases) => bases.toSorted((a, b) => a.at - b.at)),
  basesObserved: fc.boolean(),
  retargetedAt: mostly<number | null>(fc.constant(null), fc.nat(40), 10),
  reviews: fc.array(
    fc.record({
      who: mostly<number | null>(reviewer, fc.constant(null), 40),
      state: fc.constantFrom(...approving, 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'),
      commit: mostly<number | null>(fc.nat(4), fc.constantFrom(null, unknownCommit), 25),
      at: mostly<number | null>(times, fc.constantFrom(null, 101), 30),
    }),
    { minLength: 1, maxLength: 14 },
  ),
  says: fc.array(mostly(fc.constant('plan'), fc.constantFrom('other plan', 'gone'), 9), {
    minLength: 5,
    maxLength: 5,
  }),
})
