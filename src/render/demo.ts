import { counted } from './counted.ts'
import { columns, paint, printable } from './terminal.ts'

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
  /** How many people made them. */
  readonly people: number
  readonly incidents: number
  /** ISO 8601. */
  readonly from: string
  readonly until: string
  readonly tip: string
  /** Paths from the root of the repository. */
  readonly reports: readonly string[]
  readonly tour: readonly TourStop[]
  /** Id of the incident that the tour looks at. */
  readonly hero: string
  /** How gitsm is called where the demo was started. */
  readonly program: string
}

/** The tour: what was built, what each command says of it, where the reports are, what to try next. */
export function demoText(outcome: DemoOutcome, colour: boolean): string {
  const { dir, replaced, commits, people, incidents, hero, from, until, reports, tour, program } = outcome
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
    `${commits} commits by ${people} people from ${from.slice(0, 10)} to ${end}, ${incidents} incidents`,
    ...stops,
    '',
    green(
      `${counted(reports.filter((path) => path.endsWith('.md')).length, 'report')}, committed too. Begin with ${printable(dir)}/reports/README.md`,
    ),
    '',
    'try next',
    columns([
      [`  ${call} show ${hero}`, dim('a record, and the steps it could take')],
      [`  ${call} explain ${hero} --as-of ${until}`, dim('why each of its clocks stands where it stands')],
      [`  ${call} sla --all --as-of ${until}`, dim('every clock; without --as-of the open ones go on until today')],
      [
        `  ${call} simulate --with main~${commits - 1}`,
        dim('the last quarter, had the first agreements stood all along'),
      ],
      [`  ${call} verify --as-of ${until}`, dim('the year judged again, commit by commit')],
      [`  ${call} ledger show`, dim('who vouches for the times: nobody yet, and how to begin')],
      [`  ${call} list incident --where state=in_progress`, dim('what is being worked on')],
      [`  ${call} report --period 2026-03`, dim('a month before the relief of August')],
      [`  ${call} new incident`, dim('asks for what it needs')],
      [`  git -C ${printable(dir)} log --patch records/sla`, dim('what was agreed, and when it changed')],
      [`  ${program} init ../my-services`, dim('a repository of your own')],
    ]),
  ].join('\n')}\n`
}
