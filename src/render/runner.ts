import type { Fault } from '../core/fault.ts'
import { oneLine, printable } from './terminal.ts'

// The runner of GitHub Actions reads commands out of what a step prints: `::name::` at the beginning of a line, and
// `##[name]` anywhere in one.

/** Text that nobody but a person reads, so that no part of it is taken for a command: told as `\u003a` and `\u005b`. */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1\\u003a').replaceAll('##[', '##\\u005b')
}

/** Output that stays as it is, between two lines that stop commands and let them begin again. */
export function fencedFromCommands(out: string, token: string): string {
  if (!/##\[|^\s*::/m.test(out)) return out
  return `::stop-commands::${token}\n${out}${out.endsWith('\n') ? '' : '\n'}::${token}::\n`
}

/** A fault as the annotation that the runner makes of it. */
export function faultCommand({ message, cure }: Fault): string {
  const data = printable(`${oneLine(message)}\n${oneLine(cure)}`)
  return `::error title=gitsm::${data.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}\n`
}

/** Has the runner show `***` wherever the log would show a secret, here and in later steps. */
export function hideCommand(secret: string): string {
  return `::add-mask::${secret}\n`
}
