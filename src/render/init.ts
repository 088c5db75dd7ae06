import { compare } from '../core/diagnostic.ts'
import type { StarterChoices } from '../core/starter.ts'
import { columns, paint, printable } from './terminal.ts'

/** What `gitsm init` made of a folder. */
export interface InitOutcome extends StarterChoices {
  /** The folder, from the one that the command ran in. */
  readonly dir: string
  readonly repository: 'made' | 'found'
  /** Paths from the root, in the order in which they were written. */
  readonly written: readonly string[]
  /** Paths that stood there already and were left alone. */
  readonly kept: readonly string[]
}

/** What the files of a place are for. */
const purposes: readonly (readonly [place: string, purpose: string])[] = [
  ['gitsm.yaml', 'organisation, time zone, priorities, categories'],
  ['records/', 'teams, calendars, services, SLAs: begin by reading these'],
  ['schemas/', 'what may be written, and which step may follow'],
  ['templates/', 'how records and reports read'],
  ['.github/workflows/', 'judge pull requests, keep the ledger, publish reports'],
  ['.github/gitsm/', 'the engine that it runs, one file'],
  ['.github/ISSUE_TEMPLATE/', 'forms with which anybody opens records, as issues'],
  ['.github/CODEOWNERS', 'who must review the rules: names to be filled in'],
  ['.githooks/', 'validates before a commit, if you like: git config core.hooksPath .githooks'],
  ['README.md', 'how to work here'],
  ['.gitattributes', ''],
  ['.gitignore', ''],
]

/** What was written and kept, place by place, and what to do next. */
export function initText(outcome: InitOutcome, colour: boolean): string {
  const { repository, organisation, timezone, practices, written, kept } = outcome
  const { bold, dim, green } = paint(colour)
  const what = repository === 'made' ? 'a new git repository' : 'the git repository that was there'
  const head = `${bold(printable(organisation))}: ${practices.join(', ')}, times in ${timezone}, in ${what}`
  const rows = purposes.flatMap(([place, purpose]) => {
    const inside = (path: string): boolean => path === place || (place.endsWith('/') && path.startsWith(place))
    const [added, left] = [written.filter(inside).length, kept.filter(inside).length]
    if (added + left === 0) return []
    const counted = [
      ...(added > 0 ? [green(`${added} written`)] : []),
      ...(left > 0 ? [dim(`${left} kept`)] : []),
    ].join(', ')
    return [[`  ${place}`, counted, purpose]]
  })
  const left =
    kept.length === 0 || written.length === 0
      ? []
      : ['', 'kept as they were', ...kept.toSorted(compare).map((path) => `  ${printable(path)}`)]
  const nothing = written.length === 0 ? ['', 'Everything was there already; nothing was written.'] : []
  return `${[head, '', columns(rows), ...left, ...nothing, '', ...next(outcome, dim)].join('\n')}\n`
}

/** The steps that come next, the first ones of a newcomer first. */
function next({ dir, written, practices, withExample }: InitOutcome, dim: (text: string) => string): readonly string[] {
  if (written.length === 0) return [`next\n  gitsm ${dir === '.' ? '' : `-C ${dir} `}validate`]
  const first = practices.includes('incident')
    ? [
        [
          `  gitsm new incident --set title="…" --set service=${withExample ? 'webshop' : 'workplace'} --set impact=low --set urgency=medium`,
          '',
        ],
      ]
    : []
  const steps = [
    ...(dir === '.' ? [] : [[`  cd ${printable(dir)}`, '']]),
    ['  gitsm validate', dim('judge every record: there should be no findings')],
    ['  git add . && git commit -m "Begin with GitSM"', dim('what is committed counts')],
  ]
  return ['next', columns(steps), ...first.map(([line = '']) => line), dim('  README.md tells the rest')]
}
