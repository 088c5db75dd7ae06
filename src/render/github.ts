import type { LocatedDiagnostic } from '../core/diagnostic.ts'
import type { Judgement } from '../core/judgement.ts'
import { printable } from './terminal.ts'

/**
 * A judgement as workflow commands of GitHub Actions, one annotation a line. Text from records is escaped, so that it
 * can start no command of its own.
 */
export function judgementGithub({ diagnostics, summary, gate }: Judgement): string {
  const sum = `${gate ? `${gate.verdict}: ` : ''}${summary.records} records, ${summary.errors} errors, ${summary.warnings} warnings`
  return `${[...diagnostics.map(annotation), sum].join('\n')}\n`
}

function annotation({ severity, place, span, rule, message, hint }: LocatedDiagnostic): string {
  const properties = {
    file: place.file,
    line: span.line,
    endLine: span.endLine,
    // GitHub refuses columns of an annotation that runs over several lines.
    ...(span.endLine === span.line ? { col: span.column, endColumn: span.endColumn } : {}),
    title: rule,
  }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`)
  return `::${severity} ${list.join(',')}::${data(hint === undefined ? message : `${message}\n${hint}`)}`
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
