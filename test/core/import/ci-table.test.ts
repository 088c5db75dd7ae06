import { describe, expect, test } from 'vitest'
import { ciClassesOf } from '../../../src/core/ci-class.ts'
import { ciTable } from '../../../src/core/import/ci-table.ts'

const classes = ciClassesOf({
  vm: { attributes: { cores: { type: 'integer' }, spare: { type: 'boolean' }, version: { type: 'string' } } },
})

function read(header: string, ...lines: readonly string[]) {
  const columns = header.split('|')
  const rows = lines.map((line, index) => ({
    line: index + 2,
    cells: new Map(line.split('|').map((cell, at) => [columns[at] ?? '', cell])),
  }))
  return ciTable('cis.csv', rows, classes)
}

function problems(...given: Parameters<typeof read>): readonly string[] {
  return read(...given).problems.map(({ origin, message }) => `${origin.line} ${message}`)
}

describe('a table of configuration items', () => {
  test('gives each cell the value that its column means', () => {
    const { records } = read(
      'id|class|title|services|depends_on|controlled|attributes.cores|attributes.spare|attributes.version|attributes.free|asset.cost|description',
      'web|vm|Web|shop; mail|db;cache-1 (1 of cache),cache-2 (1 of cache)|true|8|false|16.4|12|1250.50|Two\r\nlines',
    )
    expect(records).toEqual([
      {
        type: 'ci',
        id: 'web',
        origin: { file: 'cis.csv', line: 2 },
        fields: {
          title: 'Web',
          class: 'vm',
          services: ['shop', 'mail'],
          depends_on: [
            { ci: 'db' },
            { ci: 'cache-1', at_least: { group: 'cache', members: 1 } },
            { ci: 'cache-2', at_least: { group: 'cache', members: 1 } },
          ],
          controlled: true,
          attributes: { cores: 8, spare: false, version: '16.4', free: '12' },
          asset: { cost: 1250.5 },
          description: 'Two\nlines\n',
        },
        atFirst: { title: 'Web', state: 'operational' },
      },
    ])
  })

  test('says nothing where a cell is empty, so that what is there stays', () => {
    const [record] = read('id|class|title|state|owner', 'web|vm||| ').records
    expect(record).toMatchObject({ fields: { class: 'vm' }, atFirst: { title: 'web', state: 'operational' } })
    expect(Object.keys(record?.fields ?? {})).toEqual(['class'])
  })

  test('names each row that cannot be, by its line', () => {
    expect(
      problems(
        'id|class|depends_on|controlled|attributes.cores',
        'Web 1|vm|||',
        'web|vm|db (two of them)||',
        'web|vm|||',
        'app|vm||perhaps|many',
        '|vm|||',
      ),
    ).toEqual([
      '2 "Web 1" is no id',
      '3 web: depends_on names "db (two of them)"',
      '4 web stands in line 3 already',
      '5 app: controlled is "perhaps"',
      '5 app: attributes.cores is "many"',
      '6 "" is no id',
    ])
  })

  test.each([
    ['id|class|ownr', 'ownr', 'Did you mean owner?'],
    ['id|class|attributes.__proto__', 'attributes.__proto__', 'Name it as the field is named'],
    ['id|class|log', 'log', 'Name it as the field is named'],
  ])('refuses the columns %s as a whole', (header, column, cure) => {
    expect(() => read(header, 'web|vm|x')).toThrow(`cis.csv has a column ${JSON.stringify(column)}`)
    try {
      read(header, 'web|vm|x')
    } catch (fault) {
      expect(fault).toHaveProperty('cure', expect.stringContaining(cure))
    }
  })
})
