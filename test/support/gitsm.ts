import { spawnSync } from 'node:child_process'
import { builtCli } from './build.ts'

/** What a run of the program left: its exit code and what it printed. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Settings of a run. */
export interface RunOptions {
  readonly dir: string
  readonly env?: Readonly<Record<string, string>>
  /** Another copy of the program. */
  readonly program?: string
  /** Another Node. */
  readonly node?: string | undefined
  /** The user to run as. */
  readonly uid?: number
}

/**
 * The V8 of Node 20 compiles what runs often a second time so soon that a short process takes a third more of all cores.
 * In the tests it waits seven times as long. Later versions weigh that better, and know no such option.
 */
const patience = process.version.startsWith('v20.') ? ['--interrupt-budget=500000'] : []

/** Runs the built program as a user does: in a folder, without a terminal, as Ada of the example organisation. */
export function gitsm(args: readonly string[], options: RunOptions): Ran {
  const { dir, env = {}, program = builtCli, node, uid } = options
  const started = node === undefined ? [...patience, program] : [program]
  const { status, stdout, stderr } = spawnSync(node ?? process.execPath, [...started, ...args], {
    cwd: dir,
    ...(uid !== undefined && { uid }),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: {
      PATH: process.env['PATH'],
      HOME: dir,
      TMPDIR: process.env['TMPDIR'],
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: '0',
      ...env,
    },
  })
  return { code: status, stdout, stderr }
}

/** Runs the program for its JSON. */
export function gitsmJson(
  args: readonly string[],
  options: RunOptions,
): { readonly code: number | null; readonly json: unknown } {
  const { code, stdout } = gitsm([...args, '--format', 'json'], options)
  return { code, json: JSON.parse(stdout) }
}
