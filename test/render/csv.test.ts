import { expect, test } from 'vitest'
import { csvText } from '../../src/render/csv.ts'

test('a row is a line, and a cell with a comma, a quote or a line break stands in quotes', () => {
  expect(
    csvText([
      ['a', 'b'],
      ['1,5', 'say "no"', 'two\nlines', ''],
    ]),
  ).toBe('a,b\r\n"1,5","say ""no""","two\nlines",\r\n')
})

test.each([
  ["=HYPERLINK('x')", "'=HYPERLINK('x')"],
  ['+1', "'+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3+cmd', "'-2+3+cmd"],
  [' =1+1', "' =1+1"],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
  ['-2.5', '-2.5'],
  ['-', "'-"],
  ['web-1', 'web-1'],
])('no spreadsheet takes %j for a formula', (cell, written) => {
  expect(csvText([[cell]])).toBe(`${written}\r\n`)
})
