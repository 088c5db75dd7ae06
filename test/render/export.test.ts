import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import type { Export } from '../../src/core/export.ts'
import type { Data } from '../../src/core/record.ts'
import { exportCsv, exportNdjson } from '../../src/render/export.ts'

const evidence = { counts: { attested: 0, signed: 0, observed: 0, claimed: 0 }, findings: [], doubted: [], notes: [] }

function holding(...data: readonly Data[]): Export {
  const records = data.map((each, at) => ({
    type: 'asset',
    id: `A-${at}`,
    file: `records/asset/A-${at}.yaml`,
    data: each,
  }))
  return {
    ...{ commit: 'c1', asOf: 0, parts: ['records'], records, unreadable: [], lives: [], readings: [], evidence },
  }
}

test('no character of a text ends a line or commands a terminal, and none is lost', () => {
  const text = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join('')
  const note = `${text}\u2028\u2029\ud800`
  const told = exportNdjson(holding({ id: 'A-0', note, [note]: 1 }))
  expect(told).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u)
  const [, line = ''] = told.split('\n')
  expect(JSON.parse(line).data).toEqual({ id: 'A-0', note, [note]: 1 })
})

test('a cell has no control characters but tabs and line ends', () => {
  const [row] = parse<Record<string, string>>(
    exportCsv('records', holding({ note: 'a\u0000\u001b[31m\u009bb\tc\nd' })),
    {
      columns: true,
    },
  )
  expect(row?.['note']).toBe('a\ufffd\ufffd[31m\ufffdb\tc\nd')
})

test('a field of a record does not take the place of what all records have', () => {
  const csv = exportCsv(
    'records',
    holding({ type: 'laptop', file: 'x', state: 'in_use', size: 0, lent: false, tags: [] }),
  )
  expect(csv).toBe(
    'type,id,file,title,state,data.file,data.type,lent,size,tags\r\nasset,A-0,records/asset/A-0.yaml,,in_use,x,laptop,false,0,[]\r\n',
  )
})

test('the name of a field is no formula either', () => {
  expect(exportCsv('records', holding({ '=1+1': 'a' }))).toBe(
    "type,id,file,title,state,'=1+1\r\nasset,A-0,records/asset/A-0.yaml,,,a\r\n",
  )
})
