import { describe, expect, test } from 'vitest'
import { readSeries } from '../../src/adapters/series-file.ts'
import { parseInstant } from '../../src/core/instant.ts'
import { largestData } from '../../src/core/tree.ts'
import { treeFile } from '../support/shipped.ts'

const path = 'records/measurement/load.csv'

function found(text: string): readonly string[] {
  const { series, diagnostics } = readSeries(treeFile(path, text))
  expect(series === undefined).toBe(diagnostics.length > 0)
  return diagnostics.map(({ span, message, hint, rule }) => {
    expect(rule).toBe('series-valid')
    expect(hint).toMatch(/\S/)
    return `${span?.line} ${message}`
  })
}

describe('the data of a measurement', () => {
  test('are read with their columns, notes left out', () => {
    const text =
      '\ufeffat,value,note,sessions\r\n2026-06-01T00:00:00+02:00,1.5,"a, b",3\r\n\r\n2026-06-02T00:00:00Z,-2e3,,\r\n'
    expect(readSeries(treeFile(path, text))).toEqual({
      diagnostics: [],
      series: {
        file: path,
        columns: ['value', 'sessions'],
        points: [
          { at: parseInstant('2026-05-31T22:00:00Z'), values: [1.5, 3] },
          { at: parseInstant('2026-06-02T00:00:00Z'), values: [-2000, null] },
        ],
      },
    })
  })

  test('may have no rows yet', () => {
    expect(readSeries(treeFile(path, 'at,value\n')).series?.points).toEqual([])
  })

  const header = 'at,value\n'
  const first = '2026-06-01T00:00:00Z,1\n'
  test.each([
    ['an empty file', '', '1 The file is empty'],
    ['another header', 'time,count\n', '1 The columns begin with "time", "count", not with at, value'],
    ['a column that is named twice', 'at,value,x,x\n', '1 The column "x" is named twice'],
    ['a column that cannot be named', 'at,value,Load %\n', '1 "Load %" cannot name a column'],
    [
      'too many columns',
      `at,value${Array.from({ length: 19 }, (_, n) => `,c${n}`).join('')}\n`,
      '1 There are 21 columns, and 20 are the limit',
    ],
    ['a day that does not exist', `${header}2026-02-30T00:00:00Z,1\n`, '2 "2026-02-30T00:00:00Z" is no instant'],
    ['an instant without a zone', `${header}${first}2026-06-02T00:00:00,1\n`, '3 "2026-06-02T00:00:00" is no instant'],
    [
      'the same instant again',
      `${header}${first}2026-06-01T02:00:00+02:00,2\n`,
      '3 "2026-06-01T02:00:00+02:00" does not lie after the row above',
    ],
    [
      'a step back',
      `${header}${first}2026-05-01T00:00:00Z,2\n`,
      '3 "2026-05-01T00:00:00Z" does not lie after the row above',
    ],
    ['a decimal comma', `${header}2026-06-01T00:00:00Z,"1,5"\n`, '2 "1,5" is no number in the column value'],
    ['a formula of a spreadsheet', `${header}2026-06-01T00:00:00Z,=1+1\n`, '2 "=1+1" is no number in the column value'],
    [
      'a number beyond all bounds',
      `${header}2026-06-01T00:00:00Z,1e999\n`,
      '2 "1e999" is no number in the column value',
    ],
    ['a value left out', `${header}2026-06-01T00:00:00Z,\n`, '2 There is no value in the column value'],
    ['a cell too many', `${header}${first}2026-06-02T00:00:00Z,1,2\n`, '3 The row has 3 cells where the header has 2'],
  ])('refuse %s on its line', (_, text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  test('refuse bytes that are no text', () => {
    const bytes = new Uint8Array([0x61, 0xff])
    const { diagnostics } = readSeries({ path, mode: 'file', size: 2, bytes })
    expect(diagnostics.map(({ message }) => message)).toEqual(['The file is not UTF-8'])
  })

  test('refuse a file beyond the limit without reading it, as unsafe', () => {
    const { diagnostics } = readSeries({ path, mode: 'file', size: largestData + 1, bytes: null })
    expect(diagnostics).toMatchObject([{ refused: true, message: /2097153 bytes, and 2097152 are the limit/ }])
  })

  test('refuse a million columns at once, without holding each against all others', () => {
    expect(found(`at,value${',x'.repeat(1_000_000)}\n`)).toEqual(['1 There are 1000002 columns, and 20 are the limit'])
  })

  test('say of a file that is wrong throughout only the beginning', () => {
    expect(found(`${header}${'x,y\n'.repeat(5000)}`)).toHaveLength(20)
  })

  test('say where a quote was never closed', () => {
    expect(found(`${header}${first}"2026-06-02T00:00:00Z,1\n`).join('\n')).toMatch(/quote/)
  })
})
