import type { ImportOutcome } from '../core/import/import-outcome.ts'
import { counted } from './counted.ts'
import { printable } from './terminal.ts'

/** What came of an import, for people: the sums, every row that was refused, and where counts differ and why. */
export function importText(outcome: ImportOutcome, into: string): string {
  const { rows, commits, incidents, teams, cis, refused, differences } = outcome
  const lines = [
    `${into}: ${counted(commits, 'commit')} of ${counted(incidents, 'incident')}, ${counted(teams, 'team')}, ${counted(cis, 'configuration item')}`,
    refused.length === 0
      ? `Every row of the log was read (${rows}).`
      : `${counted(refused.length, 'row')} of ${rows} could not be read and ${refused.length === 1 ? 'is' : 'are'} not in the history:`,
    ...refused.map(({ line, reason }) => `  line ${line}: ${printable(reason)}`),
    ...differing(differences.reassignments, 'reassignments'),
    ...differing(differences.reopens, 'reopenings'),
  ]
  return `${lines.join('\n')}\n`
}

function differing(numbers: readonly string[], what: 'reassignments' | 'reopenings'): readonly string[] {
  if (numbers.length === 0) return [`The history counts ${what} as the log's own column does.`]
  const why = {
    reassignments: 'the column also counts changes of group that no row shows',
    reopenings: 'the column does not count every way back from Resolved',
  }[what]
  return [
    `The history counts ${what} otherwise than the log's own column for ${counted(numbers.length, 'incident')} (${why}):`,
    `  ${numbers.join(', ')}`,
  ]
}
