import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { actionArguments, actionEnvironment, actionInput, isAction, isOn } from './cli/action.ts'
import { type GlobalOptions, makeProgram, usageFault } from './cli/program.ts'
import { exit } from './core/exit.ts'
import { Fault } from './core/fault.ts'
import type { Instant } from './core/instant.ts'
import type { Format } from './core/judgement.ts'
import { noCache } from './journeys/no-cache.ts'
import { handOnResults } from './journeys/step-results.ts'
import type { Outcome, World } from './journeys/world.ts'
import { faultJson } from './render/json.ts'
import { progressBar } from './render/progress-bar.ts'
import { faultCommand, fencedFromCommands, hideCommand, withoutCommands } from './render/runner.ts'
import { oneLine, printable } from './render/terminal.ts'

const bar = progressBar({
  write: (text) => void process.stderr.write(text),
  columns: () => process.stderr.columns ?? 80,
  clock: () => performance.now(),
})

const inWorkflow = process.env['GITHUB_ACTIONS'] === 'true'
const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count))

/** Tells a person something, on stderr. */
function tell(text: string): void {
  process.stderr.write(`${inWorkflow ? withoutCommands(text) : text}\n`)
}

/** The world as this process sees it: the only place where clock, environment and terminal are read. */
function world({ C, format, asOf, quiet, color, cache }: GlobalOptions, isStep: boolean): World {
  const { stdout, stderr, stdin } = process
  const given = isStep ? actionEnvironment(process.env) : process.env
  const env = cache ? given : { ...given, [noCache]: '1' }
  const isWatched = stderr.isTTY && !quiet && env['CI'] === undefined && env['TERM'] !== 'dumb'
  const forced = env['FORCE_COLOR']
  const wantsColour = forced === undefined ? stdout.isTTY === true : forced !== '0'
  return {
    dir: resolve(C ?? '.'),
    env,
    now: now(),
    clock: now,
    ...(asOf !== undefined && { asOf }),
    packageRoot: fileURLToPath(new URL('..', import.meta.url)),
    program: fileURLToPath(import.meta.url),
    version: manifest.version,
    format,
    ...(stdout.isTTY && { width: stdout.columns }),
    colour: color && env['NO_COLOR'] === undefined && wantsColour,
    ...(stdin.isTTY && stderr.isTTY && env['CI'] === undefined && { questions: stderr }),
    random,
    say: (line) => {
      bar.clear()
      if (!quiet) tell(printable(line))
    },
    ...(isWatched && { progress: bar.tell }),
  }
}

function now(): Instant {
  return Math.floor(Date.now() / 1000)
}

/** Runs the command that the arguments name or, as a step of a workflow, the inputs of the Action. */
async function main(args: readonly string[]): Promise<number> {
  const isStep = isAction(args, process.env)
  let outcome: Outcome = { code: exit.pass, out: '' }
  let format: Format = 'text'
  let help = ''
  const program = makeProgram(
    manifest.version,
    async (formats, journey) => {
      const options = program.opts<GlobalOptions>()
      const isChosen = program.getOptionValueSource('format') !== 'default'
      format = isChosen ? options.format : usualFormat(formats, isStep)
      refuseFormat(format, formats)
      outcome = await journey(world({ ...options, format }, isStep)).finally(bar.clear)
    },
    (text) => {
      help += text
    },
  )
  try {
    const asked = isStep ? actionArguments(program, process.env) : args
    if (asked.length === 0) program.outputHelp()
    else await program.parseAsync(asked, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError && error.exitCode === 0)) {
      outcome = complain(error, program.opts<GlobalOptions>(), args)
    }
  }
  if (outcome.secret !== undefined && inWorkflow) process.stdout.write(hideCommand(outcome.secret))
  process.stdout.write(help + fenced(outcome.out, format, isStep))
  return isStep ? handOn(outcome, format) : outcome.code
}

/** In a workflow, text from records must not be read as commands of the runner. */
function fenced(out: string, format: Format, isStep: boolean): string {
  const isRead = isStep ? format !== 'github' : format === 'text'
  return inWorkflow && isRead ? fencedFromCommands(out, crypto.randomUUID()) : out
}

/** Leaves what the steps after this one can use. */
function handOn(outcome: Outcome, format: Format): number {
  try {
    const summary = isOn('summary', actionInput(process.env, 'summary'))
    for (const note of handOnResults({ env: process.env, random }, { ...outcome, format, summary })) tell(note)
    return outcome.code
  } catch (error) {
    return complain(error, { format, debug: false }, []).code
  }
}

/**
 * What a command prints where nobody asks for a format: text, or its first format where it prints for programs only.
 */
function usualFormat(able: readonly Format[], isStep: boolean): Format {
  if (isStep && able.includes('github')) return 'github'
  return able.includes('text') ? 'text' : (able[0] ?? 'text')
}

function refuseFormat(format: Format, able: readonly Format[]): void {
  if (able.includes(format)) return
  throw new Fault(`This command cannot print ${format}`, { cure: `Use --format ${able.join(', ')}` })
}

/** Every error ends here: a fault in two lines (or as JSON), anything else as an internal error. */
function complain(
  error: unknown,
  { format, debug }: Pick<GlobalOptions, 'format' | 'debug'>,
  args: readonly string[],
): Outcome {
  const fault = error instanceof CommanderError ? usageFault(error, args) : error instanceof Fault ? error : bug(error)
  tell(`gitsm: ${oneLine(fault.message)}\n  cure: ${oneLine(fault.cure)}`)
  if (debug) tell(printable(stack(error)))
  // Where the arguments are wrong, those behind the wrong one have not been read.
  const asked = args.includes('--format=json') || args.some((arg, at) => arg === '--format' && args[at + 1] === 'json')
  if (isAction(args, process.env)) process.stdout.write(faultCommand(fault))
  return { code: fault.code, out: format === 'json' || asked ? faultJson(fault) : '' }
}

function bug(error: unknown): Fault {
  return new Fault(`Internal error: ${error instanceof Error ? error.message : String(error)}`, {
    cure: 'Run it again with --debug and report what it prints',
    code: exit.internal,
    cause: error,
  })
}

function stack(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? (error.stack ?? '') : `${error.stack}\ncaused by ${stack(error.cause)}`
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`gitsm list … | head`) is no error.
  if (error.code === 'EPIPE') process.exit(exit.pass)
  process.stderr.write(
    `gitsm: The output cannot be written: ${error.message}\n  cure: Free some space, or send it elsewhere\n`,
  )
  process.exit(exit.outside)
})

process.exitCode = await main(process.argv.slice(2))
