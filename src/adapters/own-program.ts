import { execFile } from 'node:child_process'

/** What a run of the program left. */
export interface ProgramRun {
  readonly code: number
  readonly out: string
}

/**
 * Runs a copy of this program beside the running one, so that two cores have work. Its messages are dropped. The
 * environment is handed in whole.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...env }, maxBuffer: 64 * 1024 * 1024, windowsHide: true }
    const child = execFile(process.execPath, [program, ...args], options, (error, out) => {
      if (child.exitCode === null) reject(error ?? new Error('The program was stopped'))
      else resolve({ code: child.exitCode, out })
    })
  })
}
