import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { type GlobalOptions, makeProgram, usageFault } from './cli/program.ts'
import { type ExitCode, exit } from './core/exit.ts'
import { Fault } from './core/fault.ts'
import type { Format } from './core/judgement.ts'
import { noCache } from './journeys/no-cache.ts'
import type { Outcome, World } from './journeys/world.ts'
import { faultJson } from './render/json.ts'
import { progressBar } from './render/progress-bar.ts'
import { oneLine, printable } from './render/terminal.ts'

const bar = progressBar({
  write: (text) => void process.stderr.write(text),
  columns: () => process.stderr.columns ?? 80,
  clock: () => performance.now(),
})

/** The world as this process sees it: the only place where clock, environment and terminal are read. */
function world({ C, format, asOf, quiet, color, cache }: GlobalOptions): World {
  const { stdout, stderr, stdin } = process
  const env = cache ? process.env : { ...process.env, [noCache]: '1' }
  const isWatched = stderr.isTTY && !quiet && env['CI'] === undefined && env['TERM'] !== 'dumb'
  const forced = env['FORCE_COLOR']
  const wantsColour = forced === undefined ? stdout.isTTY === true : forced !== '0'
  return {
    dir: resolve(C ?? '.'),
    env,
    now: Math.floor(Date.now() / 1000),
    ...(asOf !== undefined && { asOf }),
    packageRoot: fileURLToPath(new URL('..', import.meta.url)),
    program: fileURLToPath(import.meta.url),
    version: manifest.version,
    format,
    ...(stdout.isTTY && { width: stdout.columns }),
    colour: color && env['NO_COLOR'] === undefined && wantsColour,
    ...(stdin.isTTY && stderr.isTTY && env['CI'] === undefined && { questions: stderr }),
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    say: (line) => {
      bar.clear()
      if (!quiet) stderr.write(`${printable(line)}\n`)
    },
    ...(isWatched && { progress: bar.tell }),
  }
}

async function main(args: readonly string[]): Promise<ExitCode> {
  let outcome: Outcome = { code: exit.pass, out: '' }
  let help = ''
  const program = makeProgram(
    manifest.version,
    async (formats, journey) => {
      const here = world(program.opts<GlobalOptions>())
      refuseFormat(here.format, formats)
      outcome = await journey(here).finally(bar.clear)
    },
    (text) => {
      help += text
    },
  )
  try {
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    process.stdout.write(help + fenced(outcome.out, program.opts<GlobalOptions>()))
    return outcome.code
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      process.stdout.write(help)
      return exit.pass
    }
    return complain(error, program.opts<GlobalOptions>(), args)
  }
}

/** In a workflow of GitHub, text from records must not be read as commands of the runner, which `##[` and `::` begin. */
function fenced(out: string, { format }: GlobalOptions): string {
  if (process.env['GITHUB_ACTIONS'] !== 'true' || format !== 'text' || !/##\[|^\s*::/m.test(out)) return out
  const token = crypto.randomUUID()
  return `::stop-commands::${token}\n${out}::${token}::\n`
}

function refuseFormat(format: Format, able: readonly Format[]): void {
  if (able.includes(format)) return
  throw new Fault(`This command cannot print ${format}`, { cure: `Use --format ${able.join(', ')}` })
}

/** Every error ends here: a fault in two lines (or as JSON), anything else as an internal error. */
function complain(error: unknown, { format, debug }: GlobalOptions, args: readonly string[]): ExitCode {
  const fault = error instanceof CommanderError ? usageFault(error, args) : error instanceof Fault ? error : bug(error)
  // Where the arguments are wrong, those behind the wrong one have not been read.
  const asked = args.includes('--format=json') || args.some((arg, at) => arg === '--format' && args[at + 1] === 'json')
  if (format === 'json' || asked) process.stdout.write(faultJson(fault))
  process.stderr.write(`gitsm: ${oneLine(fault.message)}\n  cure: ${oneLine(fault.cure)}\n`)
  if (debug) process.stderr.write(`${printable(stack(error))}\n`)
  return fault.code
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
