import { expect, test } from 'vitest'
import { localTime } from '../../../src/core/import/local-time.ts'
import { matrixOf } from '../../../src/core/import/service-now-priority.ts'
import { gitsmYaml, incidentFile, repositoryFacts } from '../../../src/core/import/service-now-repository.ts'
import { readRow, type ServiceNowRow } from '../../../src/core/import/service-now-row.ts'

const clock = localTime('UTC')

function row(cells: Readonly<Record<string, string>>): ServiceNowRow {
  const usual = {
    number: 'INC1',
    incident_state: 'New',
    sys_updated_at: '29-02-2016 01:23',
    impact: '1 - High',
    urgency: '3 - Low',
  }
  const read = readRow(2, new Map(Object.entries({ ...usual, ...cells })), clock)
  if (typeof read === 'string') throw new Error(read)
  return read
}

test('incidents are filed by day once a month has more than a thousand', () => {
  const many = Array.from({ length: 1001 }, (_, index) => row({ number: `INC${index}`, opened_at: '29-02-2016 01:16' }))
  const incident = { id: 'INC7', opened_at: '2016-02-29T01:16:00Z' }
  const crowded = repositoryFacts(many, 'UTC')
  expect(gitsmYaml(crowded).data['shard']).toBe('day')
  expect(incidentFile(incident, crowded).path).toBe('records/incident/2016/02/29/INC7.yaml')
  const calm = repositoryFacts([...many.slice(1), ...many.slice(1)], 'UTC')
  expect(gitsmYaml(calm).data).not.toHaveProperty('shard')
  expect(incidentFile(incident, calm).path).toBe('records/incident/2016/02/INC7.yaml')
})

test('each pair of impact and urgency has the priority that the log gives it most often', () => {
  const priorities = ['4 - Low', '2 - High', '4 - Low', '?']
  expect(matrixOf(priorities.map((priority) => row({ priority }))).high.low).toBe('P4')
})

test('of two priorities that are equally frequent the more urgent one counts', () => {
  expect(matrixOf(['4 - Low', '2 - High'].map((priority) => row({ priority }))).high.low).toBe('P2')
})

test('a pair that the log never shows has the priority that ServiceNow gives it by itself', () => {
  expect(matrixOf([])).toEqual({
    high: { high: 'P1', medium: 'P2', low: 'P3' },
    medium: { high: 'P2', medium: 'P3', low: 'P4' },
    low: { high: 'P3', medium: 'P4', low: 'P5' },
  })
})
