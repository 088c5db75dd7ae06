import { paint, printable } from './terminal.ts'

/** One command of the tour, and what it printed, as far as it is shown. */
export interface TourStop {
  /** The arguments of gitsm. */
  readonly command: string
  readonly why: string
  readonly lines: readonly string[]
}

/** What `gitsm demo` built and showed. */
export interface DemoOutcome {
  /** The folder, from the one that the command ran in. */
  readonly dir: string
  /** Whether an earlier demo stood there. */
  readonly replaced: boolean
  readonly commits: number
  readonly incidents: number
  /** ISO 8601. */
  readonly from: string
  readonly until: string
  readonly tip: string
  /** Paths from the root of the repository. */
  readonly reports: readonly string[]
  readonly tour: readonly TourStop[]
  /** How gitsm is called where the demo was started. */
  readonly program: string
}

/** The tour: what was built, what each command says of it, where the reports are, what to try next. */
export function demoText(outcome: DemoOutcome, colour: boolean): string {
  const { dir, replaced, commits, incidents, from, until, reports, tour, program } = outcome
  const { bold, dim, green } = paint(colour)
  const call = `${program} -C ${printable(dir)}`
  const stops = tour.flatMap(({ command, why, lines }) => [
    '',
    ...(why === '' ? [] : [dim(`# ${why}`)]),
    bold(`$ ${call} ${command}`),
    ...lines.map((line) => (line === '' ? '' : `  ${line}`)),
  ])
  const end = until.slice(0, 10)
  return `${[
    `${bold(printable(dir))}: a year of a web shop whose servers slow down when it advertises${replaced ? dim(' (built anew)') : ''}`,
    `${commits} commits by eleven people from ${from.slice(0, 10)} to ${end}, ${incidents} incidents`,
    ...stops,
    '',
    green(`${reports.length} reports, committed too. Begin with ${printable(dir)}/reports/README.md`),
    '',
    'try next',
    `  ${call} sla --as-of ${until} INC-…     ${dim('one incident')}`,
    `  ${call} new incident                   ${dim('asks for what it needs')}`,
    `  ${call} report --period 2026           ${dim('the whole year')}`,
    `  git -C ${printable(dir)} log --stat records/sla    ${dim('what was agreed, and when it changed')}`,
    `  ${program} init my-services             ${dim('a repository of your own')}`,
  ].join('\n')}\n`
}
