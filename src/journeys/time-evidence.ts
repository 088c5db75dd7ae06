import type { GitDir } from '../adapters/git/run.ts'
import { type ImplausibleDate, implausibleDates, settledDoubts } from '../core/commit-dates.ts'
import { type EvidencePolicy, evidencePolicyOf } from '../core/evidence.ts'
import type { EvidenceAccount } from '../core/evidence-account.ts'
import type { Seconds } from '../core/instant.ts'
import { believedLedger, datedByHand } from '../core/ledger/believed.ts'
import type { ChainedEntry } from '../core/ledger/chain.ts'
import { brokenChain, divergedLedger, lostTips } from '../core/ledger/finding.ts'
import { mainlineReach } from '../core/ledger/mainline-reach.ts'
import { type Sightings, sightingsOf } from '../core/ledger/sightings.ts'
import { type ClaimedCommit, type ProvenTime, provenTimes } from '../core/provenance.ts'
import { type Data, isData, listAt, textAt } from '../core/record.ts'
import { mainlineChains } from './ledger-chains.ts'
import type { Ledger } from './ledger-reading.ts'
import { type LedgerSource, missingLedger, shortRef } from './ledger-source.ts'
import { signedCommits } from './signed-commits.ts'

/** What vouches for the times of a history, and what speaks against it. */
export interface Evidence extends EvidenceAccount {
  /** The ledger that was read, if there is one. */
  readonly ledger?: Ledger
  readonly policy: EvidencePolicy
  /** Committer dates that cannot be right, also where something better took their place. */
  readonly implausible: readonly ImplausibleDate[]
}

/** A mainline as it claims to be: its commits and the versions of `gitsm.yaml`, oldest first. */
export interface ClaimedMainline {
  readonly commits: readonly ClaimedCommit[]
  readonly configurations: readonly { readonly position: number; readonly data: Data }[]
}

/** Weighs the times of a mainline: one for each commit, in order. */
export async function weighTimes(
  git: GitDir,
  { commits, configurations }: ClaimedMainline,
  ledger: Ledger | undefined,
  source: Pick<LedgerSource, 'mainline' | 'notes'>,
): Promise<{ readonly times: readonly ProvenTime[]; readonly evidence: Evidence }> {
  const last = configurations.at(-1)?.data ?? {}
  const policy = evidencePolicyOf(last['evidence'])
  const sightings = ledger && (await sightingsAlong(git, commits, { ledger, mainline: source.mainline }, last, policy))
  const isUnseen = (_: unknown, position: number) => sightings?.firstSeen(position) === undefined
  const unseen = policy.signers.length === 0 ? [] : commits.filter(isUnseen)
  const { isSigned, notes } = await signedCommits(git, commits.at(-1)?.commit ?? '', policy.signers, unseen)
  const weighed = provenTimes(commits, {
    ...(sightings && { sightings }),
    isSigned,
    tolerance: toleranceOver(configurations),
  })
  const implausible = implausibleDates(commits, weighed, sightings)
  const times = settledDoubts(weighed, implausible)
  const missing = ledger || policy.ledger === undefined || source.notes.length > 0 ? [] : [missingLedger(policy.ledger)]
  const counts = { attested: 0, signed: 0, observed: 0, claimed: 0 }
  for (const { provenance } of times) counts[provenance] += 1
  const doubted = times.flatMap(({ doubt }, position) => {
    const commit = commits[position]?.commit
    return doubt === undefined || commit === undefined ? [] : [{ commit, doubt }]
  })
  const anchored = sightings?.entryFor(commits.length - 1)
  const believed = ledger && believedLedger(shortRef(ledger.ref), ledger.commit, ledger.entries)
  const findings = [
    ...(ledger?.diverged === undefined ? [] : [divergedLedger(ledger.diverged)]),
    ...(ledger?.broken ? [brokenChain(ledger.broken)] : []),
    ...(sightings?.lost.map(lostTips) ?? []),
  ]
  return {
    times,
    evidence: {
      ...(ledger && { ledger }),
      ...(believed && { believed }),
      policy,
      counts,
      findings,
      doubted,
      implausible,
      notes: [...source.notes, ...missing, ...notes],
      ...(ledger && anchored && { anchor: anchorOf(ledger, anchored) }),
    },
  }
}

function anchorOf({ ref, entries }: Ledger, { sequence, digest }: ChainedEntry): NonNullable<Evidence['anchor']> {
  return { sequence, digest, ledger: shortRef(ref), byHand: datedByHand(entries.slice(0, sequence)) }
}

async function sightingsAlong(
  git: GitDir,
  commits: readonly ClaimedCommit[],
  { ledger, mainline }: { readonly ledger: Ledger; readonly mainline: string | undefined },
  configuration: Data,
  { rewrites }: EvidencePolicy,
): Promise<Sightings> {
  const ids = commits.map(({ commit }) => commit)
  const reach = mainlineReach(ids, await mainlineChains(git, new Set(ids), ledger, mainline))
  const positionsOf = (boundaries: readonly unknown[]): readonly number[] =>
    boundaries.flatMap((each) => (isData(each) ? (reach(textAt(each, 'until') ?? '') ?? []) : []))
  const imports = listAt(configuration, 'imports')
  return sightingsOf(ledger.entries, reach, { imports: positionsOf(imports), rewrites: positionsOf(rewrites) })
}

/** The tolerance that each commit found, so that editing it leaves the past as it was. */
function toleranceOver(configurations: ClaimedMainline['configurations']): (position: number) => Seconds {
  const versions = configurations.map(({ position, data }) => ({
    position,
    tolerance: evidencePolicyOf(data['evidence']).tolerance,
  }))
  return (at) => versions.findLast(({ position }) => position < at)?.tolerance ?? 0
}
