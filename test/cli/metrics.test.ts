import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const life = [
  { at: '2026-03-02T09:00:00Z', write: { [incidentFile('INC-1')]: incident('INC-1', 'new', { team: 'operations' }) } },
  {
    at: '2026-03-02T13:00:00Z',
    write: {
      [incidentFile('INC-1')]: incident('INC-1', 'resolved', {
        team: 'operations',
        resolution_code: 'fixed',
        resolution: 'Done',
      }),
    },
  },
  { at: '2026-04-02T00:00:00Z', write: { 'README.md': 'later\n' } },
]
const march = ['metrics', '--from', '2026-03-01', '--to', '2026-04-01']

describe('gitsm metrics', () => {
  test('computes formulas from the history, with their population', () => {
    const { code, json } = gitsmJson([...march, 'mttr', '--by', 'service'], webshop(...life))
    expect(code).toBe(0)
    expect(json).toMatchObject({
      from: '2026-02-28T23:00:00Z',
      to: '2026-03-31T22:00:00Z',
      asOf: '2026-03-31T22:00:00Z',
      kpis: [
        {
          id: 'mttr',
          value: 4,
          unit: 'h',
          n: 1,
          median: 4,
          p90: 4,
          by: { webshop: { value: 4, n: 1, median: 4, p90: 4 } },
        },
      ],
      records: [],
    })
  })

  test('computes the KPIs of the organisation, and tells its gaps', () => {
    const { json } = gitsmJson(
      ['metrics', '--from', '2026-06-01', '--to', '2026-08-18', 'webshop-daily-downtime'],
      webshop(),
    )
    expect(json).toMatchObject({
      kpis: [],
      records: [
        {
          id: 'webshop-daily-downtime',
          from: 'mean of webshop-downtime',
          value: 4.987179,
          n: 78,
          target: 2.5,
          reached: false,
          gap: null,
        },
      ],
    })
    const { stdout } = gitsm([...march, 'abandoned-baskets'], webshop())
    expect(stdout).toContain('cannot be measured yet: it names neither a formula nor a measurement')
  })

  test('tells every figure in its unit, and no data as such', () => {
    const { code, stdout } = gitsm(march, webshop(...life))
    expect(code).toBe(0)
    expect(stdout).toMatch(/^mttr +4 h +1 +4 h +4 h$/m)
    expect(stdout).toMatch(/^change-success +no data +0$/m)
    expect(stdout).toMatch(/^webshop-time-to-resolve +4 h +1 +4 h +4 h +reaches 8 h$/m)
    expect(stdout).toContain('2026-03-01 00:00 to before 2026-04-01 00:00 (Europe/Berlin)')
  })

  test('prints CSV that programs read, one row a figure', () => {
    const { stdout } = gitsm([...march, 'mttr', 'opened', '--by', 'priority', '--format', 'csv'], webshop(...life))
    expect(stdout.split('\r\n')).toEqual([
      'kind,id,of,value,unit,n,median,p90,target,note',
      'formula,opened,,1,#,1,,,,',
      'formula,opened,P3,1,#,1,,,,',
      'formula,mttr,,4,h,1,4,4,,',
      'formula,mttr,P3,4,h,1,4,4,,',
      '',
    ])
  })

  test('gives the same bytes for the same commit and period, whenever it is asked', () => {
    const repo = webshop(...life)
    const before = gitsm([...march, '--format', 'json'], repo).stdout
    const commit = repo.git(['rev-parse', 'HEAD'])
    expect(gitsm([...march, '--format', 'json'], repo).stdout).toBe(before)
    repo.commit({ at: '2026-05-01T00:00:00Z', write: { 'README.md': 'more\n' } })
    const after = gitsm([...march, '--format', 'json'], repo).stdout
    expect(after.replace(/"commit": "\w+"/, '')).toBe(before.replace(`"commit": "${commit}"`, ''))
  })

  test('blends no figure of delivery over services, and tells each of them', () => {
    const { stdout } = gitsm([...march, 'deployment-frequency'], webshop(...life))
    expect(stdout).toMatch(/^deployment-frequency +– +per service only: --by service$/m)
    const { json } = gitsmJson([...march, 'deployment-frequency', '--by', 'month'], webshop(...life))
    expect(json).toMatchObject({ kpis: [{ value: null, n: 0, refused: 'per service only: --by service' }] })
  })

  test('lists the catalogue', () => {
    const { stdout } = gitsm(['metrics', '--list'], webshop())
    expect(stdout).toMatch(/^availability {2}Availability, in %; more is better$/m)
    expect(gitsmJson(['metrics', '--list'], webshop()).json).toContainEqual(
      expect.objectContaining({
        id: 'mttr',
        unit: 'h',
        better: 'down',
        population: expect.stringContaining('n counts the incidents in resolved'),
        source: expect.stringContaining('ServiceNow'),
        scopes: ['service', 'team', 'priority', 'ci'],
        perService: false,
      }),
    )
  })

  test.each([
    [['metrics'], 'No period was given'],
    [['metrics', '--from', '2026-04-01', '--to', '2026-03-01'], 'The period ends before it begins'],
    [['metrics', '--from', 'March', '--to', '2026-03-01'], '"March" is neither a date nor an instant'],
    [[...march, 'mtttr'], 'There is neither a formula nor a KPI "mtttr"'],
  ])('%j is refused with its cure', (args, message) => {
    const { code, stderr } = gitsm(args, webshop())
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/\ncure: |cure/)
  })
})
