import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { devNull } from 'node:os'

/** A program to run to its end. It must succeed, or end as it is said to. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly dir: string
  /** The file that it reads as its standard input. */
  readonly input?: string
  /** The file that takes what it prints; otherwise that is thrown away. */
  readonly output?: string
  /** The exit code that it ends with; 0 when left out. */
  readonly code?: number
}

/** What one run took. */
export interface Sample {
  /** From before the process started until it ended. */
  readonly seconds: number
  /** The most memory the process had resident, in bytes; absent where the system does not tell. */
  readonly peak?: number
}

/** How often a running process is asked for its peak, in milliseconds. It only rises, so little can be missed. */
const pace = 5

/** Runs a program and measures it. Git sees no configuration but its repository's; the zone is UTC. */
export async function run({
  program,
  args,
  dir,
  input = devNull,
  output = devNull,
  code: expected = 0,
}: Command): Promise<Sample> {
  const files = [openSync(input, 'r'), openSync(output, 'w')] as const
  const began = performance.now()
  const child = spawn(program, args, { cwd: dir, env: environment(dir), stdio: [...files, 'pipe'] })
  let peak: number | undefined
  const watch = setInterval(() => {
    peak = peakOf(child.pid) ?? peak
  }, pace)
  let ended = began
  let said = ''
  child.on('exit', () => {
    ended = performance.now()
    clearInterval(watch)
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  try {
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
    if (code !== expected) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${said.trim()}`)
  } finally {
    clearInterval(watch)
    for (const file of files) closeSync(file)
  }
  return { seconds: (ended - began) / 1000, ...(peak !== undefined && { peak }) }
}

/** Runs programs one after the other: their times add up, the largest peak counts. */
export async function runInTurn(commands: readonly Command[]): Promise<Sample> {
  let seconds = 0
  let peak: number | undefined
  for (const command of commands) {
    const sample = await run(command)
    seconds += sample.seconds
    if (sample.peak !== undefined) peak = Math.max(peak ?? 0, sample.peak)
  }
  return { seconds, ...(peak !== undefined && { peak }) }
}

function environment(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
  }
}

/**
 * The peak of a running process from Linux's proc file system. `ru_maxrss` of getrusage would not do: a child inherits
 * there what its parent had when it forked.
 */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  } catch {
    return undefined
  }
}
