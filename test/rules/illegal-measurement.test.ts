import { describe, expect, test } from 'vitest'
import { refusals } from '../support/illegal.ts'

const file = 'records/measurement/load.yaml'
const data = 'records/measurement/load.csv'

const header = `id: load
title: Load of the balancer
service: webshop
unit: sessions
source: Access log
owner: operations
file: load.csv
`
const values = 'at,value\n2026-06-01T00:00:00Z,10\n2026-06-01T01:00:00Z,12\n'

interface Case {
  readonly header?: readonly [string, string]
  readonly values?: readonly [string, string] | null
  readonly finds: readonly string[]
}

const table: Readonly<Record<string, Case>> = {
  'nobody who answers for it': { header: ['owner: operations\n', ''], finds: ['1: `owner` is missing'] },
  'a service that does not exist': { header: ['webshop', 'webshp'], finds: ['3: There is no service webshp'] },
  'downtime in a unit that is no time': {
    header: ['unit: sessions\n', 'unit: sessions\nmeasures: downtime\n'],
    finds: ['4: `unit` cannot be `sessions`'],
  },
  'values without a unit': { header: ['unit: sessions\n', ''], finds: ['1: `unit` is missing'] },
  'values in another folder': {
    header: ['load.csv', '../calendar/load.csv'],
    finds: ['7: `file` cannot be `../calendar/load.csv`'],
  },
  'values that are no CSV': { header: ['load.csv', 'load.xlsx'], finds: ['7: `file` cannot be `load.xlsx`'] },
  'values that are not there': { values: null, finds: ['7: There is no file load.csv beside this measurement'] },
  'values under another name': {
    header: ['load.csv', 'Load.csv'],
    finds: ['7: There is no file Load.csv beside this measurement'],
  },
  'a table without its header': {
    values: ['at,value\n', ''],
    finds: [
      '1: "10" cannot name a column',
      '1: "2026-06-01T00:00:00Z" cannot name a column',
      '1: The columns begin with "2026-06-01T00:00:00Z", "10", not with at, value',
    ],
  },
  'a time without a zone': { values: ['01:00:00Z', '01:00:00'], finds: ['3: "2026-06-01T01:00:00" is no instant'] },
  'two values at one time': {
    values: ['01:00:00Z', '00:00:00Z'],
    finds: ['3: "2026-06-01T00:00:00Z" does not lie after the row above'],
  },
  'a value in words': { values: [',12', ',many'], finds: ['3: "many" is no number in the column value'] },
  'a value too many': { values: [',12', ',12,13'], finds: ['3: The row has 3 cells where the header has 2'] },
}

describe('a measurement is refused', () => {
  test('not as it stands', () => {
    expect(refusals({ now: { [file]: header, [data]: values } })).toEqual([])
  })

  test.each(Object.entries(table))('%s', (_, { header: edit = ['', ''], values: change = ['', ''], finds }) => {
    const text = header.replace(...edit)
    const rows = change === null ? {} : { [data]: values.replace(...change) }
    expect(refusals({ now: { [file]: text, ...rows } })).toEqual(finds)
  })
})
