import type { Diagnostic } from './diagnostic.ts'

/** The exit codes of DESIGN.md §4, a contract with scripts. */
export const exit = {
  pass: 0,
  findings: 1,
  usage: 2,
  refused: 3,
  outside: 4,
  internal: 70,
} as const

export type ExitCode = (typeof exit)[keyof typeof exit]

/** The exit code that diagnostics call for: the highest wins, warnings and notices pass. */
export function exitOf(diagnostics: Iterable<Diagnostic>): ExitCode {
  let code: ExitCode = exit.pass
  for (const { severity, refused } of diagnostics) {
    if (severity !== 'error') continue
    if (refused) return exit.refused
    code = exit.findings
  }
  return code
}

/** The exit code that a number is; that of an internal error where it is none. */
export function exitCodeOf(code: number | null): ExitCode {
  return Object.values(exit).find((known) => known === code) ?? exit.internal
}
