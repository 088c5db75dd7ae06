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

/** Runs the built program as a user does: in a folder, without a terminal, as Ada of the example organisation. */
export function gitsm(args: readonly string[], options: RunOptions): Ran {
  const { dir, env = {}, program = builtCli, node = process.execPath, uid } = options
  const { status, stdout, stderr } = spawnSync(node, [program, ...args], {
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
