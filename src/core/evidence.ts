import { type Instant, parseDuration, parseInstant, type Seconds } from './instant.ts'
import { isData, listAt, textAt } from './record.ts'

/** A key whose signature makes the committer date of a commit believed: of the forge or a robot, never of a person. */
export interface Signer {
  readonly title: string
  readonly format: 'openpgp' | 'ssh'
  /** Path of the file that holds the public key or keys, in the repository. */
  readonly key: string
  /** The dates that it may vouch for, half-open. */
  readonly from?: Instant
  readonly until?: Instant
}

/** `evidence` in `gitsm.yaml`: what vouches for the times of commits. */
export interface EvidencePolicy {
  /** By how much a committer date may lie before the first sight of the commit and still stand. */
  readonly tolerance: Seconds
  /** Commits up to which a rewritten history was accepted, which count by what they claim. */
  readonly rewrites: readonly { readonly until: string; readonly reason: string }[]
  readonly signers: readonly Signer[]
  /** The remote whose ledger is believed; the one that the mainline comes from when left out. */
  readonly ledger?: string
}

/** What `evidence` says, with what it leaves out filled in: no tolerance, nothing accepted, nobody believed. */
export function evidencePolicyOf(data: unknown): EvidencePolicy {
  if (!isData(data)) return { tolerance: 0, rewrites: [], signers: [] }
  const ledger = textAt(data, 'ledger')
  return {
    ...(ledger !== undefined && { ledger }),
    tolerance: parseDuration(textAt(data, 'tolerance') ?? '') ?? 0,
    rewrites: listAt(data, 'rewrites')
      .filter(isData)
      .map((each) => ({ until: textAt(each, 'until') ?? '', reason: textAt(each, 'reason') ?? '' })),
    signers: listAt(data, 'signers').flatMap(signerOf),
  }
}

function signerOf(data: unknown): readonly Signer[] {
  if (!isData(data)) return []
  const [title, key] = [textAt(data, 'title') ?? '', textAt(data, 'key') ?? '']
  const format = data['format']
  if (format !== 'openpgp' && format !== 'ssh') return []
  const [from, until] = [parseInstant(textAt(data, 'from') ?? ''), parseInstant(textAt(data, 'until') ?? '')]
  return [{ title, format, key, ...(from !== undefined && { from }), ...(until !== undefined && { until }) }]
}
