import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'

/** A command to be run for somebody: no shell reads it. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly dir: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where what it prints on stdout goes. */
  readonly stdout: 'stdout' | 'stderr'
  /** The time as it passes. */
  readonly clock: () => Instant
}

/** When a command ran and how it ended; the code is that which a shell would give. */
export interface CommandEnd {
  readonly from: Instant
  readonly until: Instant
  readonly code: number
  readonly signal?: NodeJS.Signals
}

/** The file descriptor of it. */
const standardError = 2

/** Signals that ask a command to end. They are handed on to it; what is to be written about it afterwards still is. */
const handedOn: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a command to its end, with the input and the errors of this process. From its start until the caller has
 * finished with what `then` does, signals end the command and not this process. A command that cannot be started is a
 * `Fault`.
 */
export async function runCommand<Result>(
  command: Command,
  then: (end: CommandEnd) => Promise<Result>,
): Promise<Result> {
  let handOn: (signal: NodeJS.Signals) => void = () => {}
  const listener = (signal: NodeJS.Signals): void => handOn(signal)
  for (const signal of handedOn) process.on(signal, listener)
  try {
    const end = await ended(command, (hand) => {
      handOn = hand
    })
    handOn = () => {}
    return await then(end)
  } finally {
    for (const signal of handedOn) process.off(signal, listener)
  }
}

function ended(
  { program, args, dir, env, stdout, clock }: Command,
  onSignal: (hand: (signal: NodeJS.Signals) => void) => void,
): Promise<CommandEnd> {
  const from = clock()
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: dir,
      env: { ...env },
      stdio: ['inherit', stdout === 'stdout' ? 'inherit' : standardError, 'inherit'],
      windowsHide: true,
    })
    onSignal((signal) => void child.kill(signal))
    child.on('error', (cause) => reject(notStarted(program, dir, cause)))
    child.on('close', (code, signal) => {
      const number = signal ? 128 + constants.signals[signal] : (code ?? 1)
      resolve({ from, until: Math.max(from, clock()), code: number, ...(signal && { signal }) })
    })
  })
}

function notStarted(program: string, dir: string, cause: Error): Fault {
  return new Fault(`${program} could not be started in ${dir}: ${cause.message}`, {
    cure: 'Name a program that is on the PATH; nothing was run, and nothing recorded',
    cause,
  })
}
