import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRows, readTable, type Table } from '../../src/adapters/csv-table.ts'
import { temporaryFolder } from '../support/repo.ts'

async function table(content: string | Uint8Array): Promise<Table> {
  const path = join(temporaryFolder(), 'table.csv')
  writeFileSync(path, content)
  return readTable(path, ['a', 'b'])
}

async function cells(content: string): Promise<readonly (readonly [number, string, string])[]> {
  const { rows } = await table(content)
  return rows.map((row) => [row.line, row.cells.get('a') ?? '', row.cells.get('b') ?? ''])
}

describe('a table', () => {
  test('is read whatever its line ends, with and without a byte order mark', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(await cells(`\ufeffa,b${end}1,2${end}3,4`)).toEqual([
        [2, '1', '2'],
        [3, '3', '4'],
      ])
    }
  })

  test('may mix line ends', async () => {
    expect(await cells('a,b\r\n1,2\n3,4\r\n')).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
    ])
  })

  test('keeps quoted commas, quotes and line breaks, and names the line that a row begins on', async () => {
    expect(await cells('a,b\n"x, ""y""","1\n2\r\n3"\n\nz,"""q"""\n')).toEqual([
      [2, 'x, "y"', '1\n2\n3'],
      [6, 'z', '"q"'],
    ])
  })

  test('keeps a quote inside a cell that is not quoted', async () => {
    expect(await cells('a,b\n5" pipe,x\n3,4\n')).toEqual([
      [2, '5" pipe', 'x'],
      [3, '3', '4'],
    ])
  })

  test('finds columns by name, in any order and among others', async () => {
    expect(await cells('c,b,a\n1,2,3\n')).toEqual([[2, '3', '2']])
  })

  test('names rows of another length and goes on', async () => {
    const { rows, unreadable } = await table('a,b\n1\n1,2,3\n5,6\n')
    expect(rows.map(({ line }) => line)).toEqual([4])
    expect(unreadable).toEqual([
      { line: 2, reason: 'the row has 1 cell where the header has 2' },
      { line: 3, reason: 'the row has 3 cells where the header has 2' },
    ])
  })

  test('names the lines that a stray quote joined into one row', async () => {
    const { rows, unreadable } = await table('a,b\n1,"2\n3,4\n5,6"\n7,8,"9\n"\n1,2\n')
    expect(rows.map(({ line }) => line)).toEqual([2, 7])
    expect(unreadable).toEqual([
      { line: 5, reason: 'the row has 3 cells where the header has 2; a quote makes it run to line 6' },
    ])
  })

  test('names the line from which a quote that is never closed swallowed the rest', async () => {
    const { rows, unreadable } = await table('a,b\n1,2\n3,"4\n5,6\n7,8\n')
    expect(rows.map(({ line }) => line)).toEqual([2])
    expect(unreadable).toEqual([{ line: 3, reason: expect.stringContaining('never closed') }])
  })

  test('without rows has none', async () => {
    expect(await table('a,b\n')).toEqual({ rows: [], unreadable: [] })
  })

  test.each([
    ['', / is empty$/],
    ['\n\n', / is empty$/],
    ['a;b\n1;2\n', / lacks the columns a, b$/],
    ['a,B\n1,2\n', / lacks the column b$/],
    ['a,b,a\n1,2,3\n', / names the column "a" twice$/],
    [Uint8Array.from([0x61, 0x2c, 0x62, 0x0a, 0xe9, 0x2c, 0x31]), / is not UTF-8$/],
  ])('that begins with %j is a fault', async (content, message) => {
    await expect(table(content)).rejects.toThrow(message)
    await expect(table(content)).rejects.toHaveProperty('code', 2)
  })
})

test('rows without quotes are read as they are between rows with quotes', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '1', ',', '\n', '\r', '\r\n', ' ', '\t', ';', 'é', "'", '#'),
    maxLength: 20,
  })
  fc.assert(
    fc.property(text, (rows) => {
      const torn: string[] = []
      expect(csvRows(`a\n${rows}`, torn).slice(1)).toEqual(csvRows(`"a"\n${rows}`, torn).slice(1))
      expect(torn).toEqual([])
    }),
    { numRuns: 2_000 },
  )
})
