import { describe, expect, test } from 'vitest'
import { type DowntimeComparison, downtimeComparisons } from '../../src/core/measured-downtime.ts'
import type { Data } from '../../src/core/record.ts'
import type { Series } from '../../src/core/series.ts'
import { at, facts, incident, record } from '../reports/web-shop.ts'

const probe = (fields: Data = {}) =>
  record('measurement', 'probe', {
    ...{ title: 'Minutes without orders', service: 'webshop', unit: 'min', source: 'Robot', measures: 'downtime' },
    ...fields,
  })

/** A value a day of March from the first on. */
function daily(values: readonly (number | null)[], first = 1): Series {
  const points = values.map((value, index) => ({
    at: at(`2026-03-${String(first + index).padStart(2, '0')}T00:00`),
    values: [value],
  }))
  return { file: 'records/measurement/probe.csv', columns: ['value'], points }
}

const down = (id: string, from: string, to: string, service = 'webshop') =>
  incident(id, { outage: [{ service, from: `2026-03-${from}:00Z`, to: `2026-03-${to}:00Z` }] }, [
    { at: `2026-03-${from}`, state: 'resolved' },
  ])

function compared(
  series: Series,
  incidents: readonly ReturnType<typeof down>[],
  { fields = {}, asOf }: { readonly fields?: Data; readonly asOf?: string } = {},
): DowntimeComparison | undefined {
  const given = facts({
    period: '2026-03',
    ...(asOf !== undefined && { asOf }),
    incidents,
    improving: { measurements: [probe(fields)], series: new Map([['probe', series]]) },
  })
  return downtimeComparisons(given, 'csi')[0]
}

describe('measured downtime beside what incidents tell', () => {
  test('is added up over the same time, of the same service', () => {
    const incidents = [
      down('INC-1', '01T10:00', '01T10:30'),
      down('INC-2', '02T10:00', '02T10:02'),
      down('INC-3', '03T10:00', '03T12:00', 'mail'),
      down('INC-4', '20T10:00', '20T12:00'),
    ]
    expect(compared(daily([41, 0, 4, 32, 0]), incidents)).toMatchObject({
      ...{ id: 'probe', service: 'Web shop', source: 'Robot', values: 5 },
      ...{ measured: 77 * 60, recorded: 32 * 60, difference: 45 * 60, farApart: true },
      unrecorded: { values: 2, time: 36 * 60, largest: { at: at('2026-03-04T00:00'), time: 32 * 60 } },
      unmeasured: { values: 1, time: 120, largest: { at: at('2026-03-02T00:00'), time: 120 } },
    })
  })

  test('an outage over midnight is shared between the days', () => {
    const night = [down('INC-1', '01T23:50', '02T00:20')]
    expect(compared(daily([10, 20]), night)).toMatchObject({
      ...{ measured: 1800, recorded: 1800, farApart: false },
      unrecorded: { values: 0, time: 0, largest: null },
      unmeasured: { values: 0, time: 0, largest: null },
    })
  })

  test('is far apart by a quarter of the larger and ten minutes', () => {
    const recorded = (until: string) => [down('INC-1', '01T10:00', until)]
    expect(compared(daily([40, 0]), recorded('01T10:30'))?.farApart).toBe(true)
    expect(compared(daily([40, 0]), recorded('01T10:31'))?.farApart).toBe(false)
    expect(compared(daily([60, 0]), recorded('01T10:45'))?.farApart).toBe(true)
    expect(compared(daily([60, 0]), recorded('01T10:46'))?.farApart).toBe(false)
    expect(compared(daily([9, 0]), [])?.farApart).toBe(false)
    expect(compared(daily([10, 0]), [])?.farApart).toBe(true)
  })

  test('holds only values whose time is over, and no time without values', () => {
    const late = [down('INC-1', '05T10:00', '05T11:00')]
    expect(compared(daily([1, 2, null, 4]), late)).toMatchObject({ values: 3, measured: 420, recorded: 0 })
    expect(compared(daily([1, 2, 3, 30]), [], { asOf: '2026-03-04T06:00' })).toMatchObject({ values: 3, measured: 360 })
    expect(compared(daily([1, 2, 3]), [])?.from).toBeNull()
    expect(compared(daily([1, 2, 3], 10), [])?.from).toBe(at('2026-03-10T00:00'))
    expect(compared(daily([]), late)).toBeUndefined()
  })

  test('takes the unit of the measurement, and only what says that it measures downtime', () => {
    expect(compared(daily([1, 1]), [], { fields: { unit: 'h' } })).toMatchObject({ measured: 7200 })
    expect(compared(daily([1, 1]), [], { fields: { unit: 's' } })).toMatchObject({ measured: 2 })
    expect(compared(daily([1, 1]), [], { fields: { measures: null } })).toBeUndefined()
  })
})
