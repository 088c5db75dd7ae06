import type { Writable } from 'node:stream'
import type { Instant } from '../core/instant.ts'
import type { Format } from '../core/judgement.ts'
import type { Progress } from '../core/progress.ts'
import type { TreeReader } from './tree-reader.ts'

/** Everything outside that a journey may depend on, handed in by the command line so that tests can hand in theirs. */
export interface World {
  /** The folder the command works in: the current one, moved by `-C`. */
  readonly dir: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The moment of the call. */
  readonly now: Instant
  /** The time as it passes, for what takes a while; where it is left out time stands still. */
  readonly clock?: () => Instant
  /** The instant that figures are wanted as of, where one was named. */
  readonly asOf?: Instant
  /** Where gitsm's own schemas, templates and example records lie. */
  readonly packageRoot: string
  /** The file that runs: all of gitsm in one. */
  readonly program: string
  readonly version: string
  readonly format: Format
  readonly colour: boolean
  /** Columns of the terminal; absent where the output goes elsewhere. */
  readonly width?: number
  /** Where questions to a person are written; absent when nobody sits at the terminal. */
  readonly questions?: Writable
  /** Bytes that cannot be foreseen. */
  readonly random: (count: number) => Uint8Array
  /** Tells a person what goes on, on stderr. */
  readonly say: (line: string) => void
  /** Tells a person how far a long step is; absent when nobody watches. */
  readonly progress?: Progress
  /** Reads trees, for several journeys that look at the same ones. */
  readonly reader?: TreeReader
}

/** What a command prints on stdout, and its exit code. */
export interface Outcome {
  /** One of `exit`, or that of a command which was run for somebody. */
  readonly code: number
  readonly out: string
  /** In one word what was decided, where the exit code does not tell all of it. */
  readonly verdict?: string
  /** What the runner of a workflow is told to hide from the log from now on. */
  readonly secret?: string
}
