import { expect, test } from 'vitest'
import type { ImportOutcome } from '../../src/core/import/import-outcome.ts'
import { importText } from '../../src/render/import.ts'

const outcome: ImportOutcome = {
  rows: 3,
  commits: 3,
  incidents: 2,
  teams: 1,
  cis: 1,
  refused: [],
  boundary: 'a'.repeat(40),
  tip: 'b'.repeat(40),
  differences: { reassignments: [], reopens: [] },
}

test('an import of a tidy log is said in four lines', () => {
  expect(importText(outcome, 'service').split('\n')).toEqual([
    'service: 3 commits of 2 incidents, 1 team, 1 configuration item',
    'Every row of the log was read (3).',
    "The history counts reassignments as the log's own column does.",
    "The history counts reopenings as the log's own column does.",
    '',
  ])
})

test('refused rows are named by line, and differing counts by incident with the reason', () => {
  const refused = [
    { line: 3, reason: 'number "" is no incident number' },
    { line: 9, reason: 'text with \u202e in it' },
  ]
  const text = importText(
    { ...outcome, refused, differences: { reassignments: ['INC1', 'INC2'], reopens: ['INC3'] } },
    'x',
  )
  expect(text.split('\n').slice(1)).toEqual([
    '2 rows of 3 could not be read and are not in the history:',
    '  line 3: number "" is no incident number',
    '  line 9: text with \\u202e in it',
    "The history counts reassignments otherwise than the log's own column for 2 incidents (the column also counts changes of group that no row shows):",
    '  INC1, INC2',
    "The history counts reopenings otherwise than the log's own column for 1 incident (the column does not count every way back from Resolved):",
    '  INC3',
    '',
  ])
})
