import { formatInstant, type Instant, parseInstant } from '../instant.ts'

/** What a decision rested on, kept with it, so that the next sweep knows whether it must be made anew. */
export interface KeptState {
  /** A digest of everything that it rests on beside time. */
  readonly digest: string
  /** From when on time alone may have changed it. */
  readonly until: Instant
}

/** The state as a comment in Markdown that nobody sees. */
export function keptStateText({ digest, until }: KeptState): string {
  return `<!-- gitsm:state ${digest} until ${formatInstant(until)} -->`
}

/** The state that a text keeps; `undefined` where it keeps none. */
export function keptStateIn(text: string | null): KeptState | undefined {
  const [, digest, said] = /<!-- gitsm:state ([0-9a-f]{64}) until (\S+) -->/.exec(text ?? '') ?? []
  const until = parseInstant(said ?? '')
  return digest === undefined || until === undefined ? undefined : { digest, until }
}
