import { digestOf } from '../../src/adapters/git/ledger-branch.ts'
import type { LedgerDecision } from '../../src/core/ledger/decision.ts'
import { digestOfParts } from '../../src/core/ledger/subject-digest.ts'
import { everybody } from './evidence.ts'

/** What a forger has at hand: true evidence of the commit, and of another one before it. */
export interface Original {
  /** On a commit that enough people approved, or those whom the forgery names. */
  readonly own: LedgerDecision
  /** On another change, approved by everybody, a commit before. */
  readonly other: LedgerDecision
}

/** A way to make the ledger say that something was approved. */
export interface Forgery {
  readonly kind: string
  /** Who really approved it; everybody where left out. */
  readonly by?: readonly string[]
  /** What stands in the ledger in place of the true evidence. */
  readonly forge: (original: Original) => LedgerDecision | undefined
  /** Whether the true evidence was there first, and was edited. */
  readonly edited?: true
  /** Whether the true evidence stays where it is, and the forged is written as well. */
  readonly beside?: true
  /** Whether it stays where the true evidence lies or lay, and not where it would belong. */
  readonly keepsPlace?: true
  /** What is found in the ledger; `decision-holds` where left out. */
  readonly finds?: readonly string[]
  /** What is said about it. */
  readonly because: RegExp
}

const long = 7 * 86_400

/** Every kind of evidence that was forged, is missing or was used again. */
export const forgeries: readonly Forgery[] = [
  {
    kind: 'none at all',
    forge: () => undefined,
    finds: [],
    because: /the ledger has no decision that let it in/,
  },
  {
    kind: 'that of another change, used again',
    forge: ({ own, other }) => ({ ...other, commits: own.commits, policyCommit: own.policyCommit }),
    because: /the ledger has no decision that let it in/,
  },
  {
    kind: 'that of another change, under the name of this one',
    forge: ({ own, other }) => ({
      ...other,
      subject: own.subject,
      commits: own.commits,
      policyCommit: own.policyCommit,
    }),
    because: /what it approved is not what was merged: record differ/,
  },
  {
    kind: 'that of an earlier version, as if it were of this commit',
    forge: ({ own, other }) => ({ ...own, digests: { ...own.digests, record: other.digests['record'] ?? '' } }),
    because: /its digest is not that of the parts/,
  },
  {
    kind: 'the same with a digest that fits',
    forge: ({ own, other }) => {
      const digests = { ...own.digests, record: other.digests['record'] ?? '' }
      return { ...own, digests, digest: digestOfParts(digests, digestOf) }
    },
    because: /what it approved is not what was merged: record differ/,
  },
  {
    kind: 'a verdict turned round',
    by: ['erik', 'grace'],
    forge: ({ own }) => ({ ...own, verdict: { met: true, because: 'Everybody approved', parts: [] } }),
    because: /the reviews that it counts are not enough: high risk/,
  },
  {
    kind: 'one person counted twice',
    by: ['erik', 'grace'],
    forge: ({ own }) => ({ ...own, verdict: met, reviews: [...own.reviews, ...own.reviews] }),
    because: /the reviews that it counts are not enough/,
  },
  {
    kind: 'a reviewer who was in no team that was asked',
    by: ['erik', 'grace'],
    forge: ({ own }) => ({ ...own, verdict: met, reviews: [...own.reviews, reviewBy(own, 'jonas')] }),
    because: /the reviews that it counts are not enough/,
  },
  {
    kind: 'a reviewer who had asked for it',
    by: ['erik', 'grace'],
    forge: ({ own }) => ({ ...own, verdict: met, reviews: [...own.reviews, reviewBy(own, 'ada')] }),
    because: /the reviews that it counts are not enough/,
  },
  {
    kind: 'a reviewer who had written it',
    forge: ({ own }) => ({ ...own, committers: [...(own.committers ?? []), ...everybody.map((login) => ({ login }))] }),
    because: /the reviews that it counts are not enough/,
  },
  {
    kind: 'nobody who opened it',
    forge: ({ own }) => ({ ...own, author: null }),
    because: /the reviews that it counts are not enough: high risk: nobody knows who opened the pull request/,
  },
  {
    kind: 'approvals that came after the merge',
    forge: ({ own }) => ({
      ...own,
      at: own.at + long,
      reviews: own.reviews.map((review) => ({ ...review, at: own.at + long })),
    }),
    because: /after it had been merged/,
  },
  {
    kind: 'the policies of another commit',
    forge: ({ own, other }) => ({ ...own, policyCommit: other.policyCommit }),
    because: /its policies are those of \w+, and not of the commit that was the base/,
  },
  {
    kind: 'commits that do not follow each other',
    forge: ({ own, other }) => ({
      ...own,
      commits: [...own.commits, ...other.commits],
      policyCommit: own.policyCommit,
    }),
    because: /does not follow the commit that it names before/,
  },
  {
    kind: 'a copy in the folder of another pull request',
    keepsPlace: true,
    forge: ({ own }) => ({ ...own, file: own.file.replace(/\/\d+\/(?=merged)/, '/4711/') }),
    because: /it was moved or edited/,
  },
  {
    kind: 'a refusal that was edited into an approval',
    by: [],
    edited: true,
    finds: ['ledger-append-only', 'decision-holds'],
    forge: ({ own }) => ({
      ...own,
      verdict: met,
      reviews: everybody.map((login) => reviewBy(own, login)),
      file: own.file,
    }),
    because: /it was changed in the ledger by/,
  },
  {
    kind: 'an approval beside the refusal that it contradicts',
    by: [],
    beside: true,
    forge: ({ own }) => ({ ...own, verdict: met, reviews: everybody.map((login) => reviewBy(own, login)) }),
    because: /says of the same that it was not approved/,
  },
]

const met = { met: true, because: 'high risk: enough people approved', parts: [] }

function reviewBy({ head, at }: LedgerDecision, login: string): LedgerDecision['reviews'][number] {
  return { login, commit: head, at: at - 60 }
}
