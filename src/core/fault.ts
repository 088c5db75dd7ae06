import { type ExitCode, exit } from './exit.ts'

/** What a fault needs besides its message: the cure in one line, and the exit code (usage by default). */
export interface FaultDetails {
  readonly cure: string
  readonly code?: ExitCode
  readonly cause?: unknown
}

/**
 * The world is broken: no repository, a shallow clone, a full disk, an unknown option. Thrown where it is found and
 * caught once, in the command line. What is wrong with a record is a `Diagnostic` instead.
 */
export class Fault extends Error {
  readonly cure: string
  readonly code: ExitCode

  constructor(message: string, { cure, code = exit.usage, cause }: FaultDetails) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'Fault'
    this.cure = cure
    this.code = code
  }
}
