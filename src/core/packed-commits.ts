import { NumberColumn } from './column.ts'
import type { Instant } from './instant.ts'
import type { ClaimedCommit } from './provenance.ts'
import type { ValueTable } from './value-table.ts'

/** One commit of the mainline before its time is weighed. */
export interface WalkedCommit extends ClaimedCommit {
  readonly by: string
}

/** The commits of a packed history as they are kept. */
export interface CommitParts {
  /** The ids of the commits one behind the other, all of one length. */
  readonly commits: string
  readonly claimed: Float64Array
  readonly authors: Uint32Array
}

/** The commits of a mainline by their position: those that were kept, and those that came since. */
export class PackedCommits {
  readonly #ids: string
  readonly #idLength: number
  readonly #newIds: string[] = []
  readonly #claimed: Float64Array
  readonly #newClaims: Instant[] = []
  readonly #authors: NumberColumn
  readonly #values: ValueTable

  constructor(values: ValueTable, parts?: CommitParts) {
    this.#ids = parts?.commits ?? ''
    this.#claimed = parts?.claimed ?? new Float64Array()
    this.#idLength = parts && parts.claimed.length > 0 ? parts.commits.length / parts.claimed.length : 0
    this.#authors = new NumberColumn(parts?.authors)
    this.#values = values
  }

  get length(): number {
    return this.#claimed.length + this.#newClaims.length
  }

  /** Adds the next commit; gives back its position. */
  add({ commit, claimed, by }: WalkedCommit): number {
    const position = this.length
    this.#newIds.push(commit)
    this.#newClaims.push(claimed)
    this.#authors.push(this.#values.numberOf(by, position === 0 ? undefined : this.#authors.at(position - 1)))
    return position
  }

  /** The commit at a position as git tells it. */
  at(position: number): WalkedCommit {
    return {
      commit: this.idAt(position),
      claimed: this.#claimedAt(position),
      by: String(this.#values.valueAt(this.#authors.at(position))),
    }
  }

  /** The id of the commit at a position. */
  idAt(position: number): string {
    const stored = this.#idLength === 0 ? 0 : this.#ids.length / this.#idLength
    if (position >= stored) return this.#newIds[position - stored] ?? ''
    return this.#ids.slice(position * this.#idLength, (position + 1) * this.#idLength)
  }

  /** What every commit claims. An id is put together when it is first asked for. */
  claims(): readonly ClaimedCommit[] {
    return Array.from({ length: this.length }, (_, position) => new Claim(this, position, this.#claimedAt(position)))
  }

  /** All of them as they are kept. */
  pack(): CommitParts {
    const claimed = new Float64Array(this.length)
    claimed.set(this.#claimed)
    claimed.set(this.#newClaims, this.#claimed.length)
    return { commits: this.#ids + this.#newIds.join(''), claimed, authors: this.#authors.view() }
  }

  #claimedAt(position: number): Instant {
    return this.#claimed[position] ?? this.#newClaims[position - this.#claimed.length] ?? 0
  }
}

class Claim implements ClaimedCommit {
  readonly #commits: PackedCommits
  readonly #position: number
  readonly claimed: Instant

  constructor(commits: PackedCommits, position: number, claimed: Instant) {
    this.#commits = commits
    this.#position = position
    this.claimed = claimed
  }

  get commit(): string {
    return this.#commits.idAt(this.#position)
  }
}
