import { formatInstant, humanInstant } from '../core/instant.ts'
import type { HistoryFinding } from '../core/replay/history-finding.ts'
import { json } from './json.ts'
import { oneLine, type Paint, paint } from './terminal.ts'

/** What a replay of the mainline found, ready to be rendered. */
export interface Verification {
  readonly tip: string
  readonly base?: string
  /** Commits that were replayed. */
  readonly commits: number
  readonly records: number
  /** Revisions of records that were judged. */
  readonly judged: number
  /** History brought in from other tools, whose steps are not judged. */
  readonly imported: readonly { readonly system: string; readonly until: string; readonly commits: number }[]
  /** In the order of the mainline. */
  readonly findings: readonly HistoryFinding[]
}

/** A replay as JSON. */
export function verificationJson({ tip, base, findings, imported, commits, records, judged }: Verification): string {
  return json({
    verdict: findings.length === 0 ? 'pass' : 'fail',
    tip,
    base: base ?? null,
    findings: findings.map(({ commit, rule, type, id, file, message, hint }) => ({
      commit: commit.commit,
      at: formatInstant(commit.at),
      by: commit.by,
      rule,
      id,
      type,
      file,
      message,
      hint: hint ?? null,
    })),
    imported,
    summary: { commits, records, judged, findings: findings.length },
  })
}

/** A replay for people: each commit that did what it might not, with what it did, then the sum. */
export function verificationText(verification: Verification, colour: boolean): string {
  const colours = paint(colour)
  const { findings, imported } = verification
  const blocks = findings.map((finding, index) => block(finding, findings[index - 1], colours))
  const notes = imported.map(
    ({ system, until, commits }) =>
      `The steps of ${count(commits, 'commit')} up to ${until.slice(0, 10)} are those of ${oneLine(system)} and were not judged.`,
  )
  return `${[...blocks, ...notes, sum(verification, colours)].join('\n')}\n`
}

function block({ commit, rule, file, message, hint }: HistoryFinding, last: HistoryFinding | undefined, to: Paint) {
  const head = `${to.bold(commit.commit.slice(0, 10))}  ${humanInstant(commit.at)}  ${oneLine(commit.by)}`
  const lines = last?.commit.commit === commit.commit ? [] : [head]
  lines.push(`  ${to.red('error')}  ${oneLine(message)}  ${to.dim(`${rule} ${oneLine(file)}`)}`)
  if (hint !== undefined) lines.push(`    ${to.green('cure')}: ${oneLine(hint)}`)
  return lines.join('\n')
}

function sum({ findings, commits, records, judged }: Verification, to: Paint): string {
  const found = findings.length === 0 ? 'no findings' : count(findings.length, 'finding')
  const looked = `${count(commits, 'commit')}, ${count(judged, 'step or edit', 'steps and edits')} of ${count(records, 'record')}`
  return findings.length === 0 ? to.green(`pass: ${looked}, ${found}`) : to.red(`fail: ${looked}, ${found}`)
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
