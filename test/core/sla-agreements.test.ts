import { describe, expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import type { Reading } from '../../src/core/reading.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { type ServiceLevels, serviceLevelsOver } from '../../src/core/service-levels.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { calendarRecord, commitAt, instant, type LifeStep, lifeOf, over, slaRecord, standing } from '../support/life.ts'

/** 2026-03-02 is a Monday. */
function on(day: number, time: string): string {
  return `2026-03-0${1 + day}T${time}:00Z`
}

function read(levels: ServiceLevels, steps: readonly LifeStep[], asOf: string, type = 'incident'): readonly Reading[] {
  return readings({ type, id: 'INC-1', moments: lifeOf(steps) }, levels, instant(asOf))
}

/** Each reading as agreement, target, cycle, status and elapsed hours. */
function told(found: readonly Reading[]): readonly string[] {
  return found.map(
    ({ sla, target, cycle, status, elapsed }) => `${sla} ${target} ${cycle} ${status} ${elapsed / 3600} h`,
  )
}

const resolution = { stop: ['resolved', 'closed'], pause: ['on_hold'], target: 'PT8H' }
const response = { stop: ['in_progress', 'resolved', 'closed'], target: 'PT1H' }

function agreement(id: string, more: Data = {}): RecordDoc {
  return slaRecord(id, { targets: { resolution }, ...more })
}

describe('agreements cover', () => {
  const born = (set: Data): readonly LifeStep[] => [{ at: on(1, '09:00'), state: 'new', set }]
  const covering = (appliesTo: Data, set: Data, type = 'incident'): boolean =>
    read(standing([agreement('gold', { applies_to: appliesTo })]), born(set), on(1, '10:00'), type).length > 0

  test.each<[string, Data, Data, boolean]>([
    ['every record, when they name nothing', {}, {}, true],
    ['records of their type', { type: 'incident' }, {}, true],
    ['records of one of their types', { type: ['request', 'incident'] }, {}, true],
    ['no records of other types', { type: 'request' }, {}, false],
    ['records with one of the values', { service: ['webshop', 'mail'] }, { service: 'mail' }, true],
    ['no records with another value', { service: ['webshop'] }, { service: 'mail' }, false],
    ['no records without the field', { service: ['webshop'] }, {}, false],
    ['records with one of the values in a list', { cis: ['web-2'] }, { cis: ['web-1', 'web-2'] }, true],
    [
      'records only where every field agrees',
      { service: ['mail'], team: ['ops'] },
      { service: 'mail', team: 'dev' },
      false,
    ],
    ['records by values that are no texts', { major: [true], level: 2 }, { major: true, level: 2 }, true],
    ['records by priority', { priority: ['P1'] }, { priority: 'P2' }, false],
  ])('%s', (_, appliesTo, set, expected) => {
    expect(covering(appliesTo, set)).toBe(expected)
  })

  test('nothing unless they are active', () => {
    for (const state of ['draft', 'superseded']) {
      expect(read(standing([agreement('gold', { state })]), born({}), on(1, '10:00'))).toEqual([])
    }
  })
})

describe('several agreements', () => {
  const born = [{ at: on(1, '09:00'), state: 'new', set: { service: 'webshop' } }]

  test('of different kinds run side by side', () => {
    const levels = standing([
      agreement('gold'),
      agreement('ops', { kind: 'ola' }),
      agreement('vendor', { kind: 'contract' }),
    ])
    expect(told(read(levels, born, on(1, '10:00')))).toEqual([
      'gold resolution 1 running 1 h',
      'ops resolution 1 running 1 h',
      'vendor resolution 1 running 1 h',
    ])
  })

  test('of one kind share out the targets: for each the lowest order', () => {
    const levels = standing([
      agreement('house', { order: 100, targets: { response, resolution } }),
      agreement('gold', { order: 10, applies_to: { service: ['webshop'] } }),
    ])
    expect(told(read(levels, born, on(1, '10:00')))).toEqual([
      'gold resolution 1 running 1 h',
      'house response 1 running 1 h',
    ])
  })

  test('with one order, an error that validate reports, are taken by id', () => {
    const both = [agreement('silver'), agreement('gold')]
    expect(told(read(standing(both), born, on(1, '10:00')))).toEqual(['gold resolution 1 running 1 h'])
    expect(told(read(standing(both.toReversed()), born, on(1, '10:00')))).toEqual(['gold resolution 1 running 1 h'])
  })
})

describe('an agreement that ceases to cover a record', () => {
  const gold = agreement('gold', { applies_to: { service: ['webshop'] }, targets: { response, resolution } })
  const house = agreement('house', { order: 100, targets: { response, resolution } })
  const moved: readonly LifeStep[] = [
    { at: on(1, '09:00'), state: 'new', set: { service: 'webshop' } },
    { at: on(1, '10:00'), state: 'on_hold' },
    { at: on(1, '11:00'), state: 'on_hold', set: { service: 'mail' } },
    { at: on(1, '12:00'), state: 'in_progress' },
  ]

  test('is cancelled there, and has no due time', () => {
    const found = read(standing([gold]), moved, on(1, '13:00'))
    expect(found).toMatchObject([
      {
        target: 'resolution',
        status: 'cancelled',
        stop: instant(on(1, '11:00')),
        due: null,
        elapsed: 3600,
        paused: 3600,
      },
      { target: 'response', status: 'cancelled', stop: instant(on(1, '11:00')), due: null, elapsed: 7200 },
    ])
  })

  test('gives way to another, which counts from the start of the record with the pauses so far', () => {
    const found = read(standing([gold, house]), moved, on(1, '13:00'))
    expect(told(found)).toEqual([
      'gold resolution 1 cancelled 1 h',
      'gold response 1 cancelled 2 h',
      'house resolution 1 running 2 h',
      'house response 1 breached 3 h',
    ])
    expect(found[2]).toMatchObject({ start: instant(on(1, '09:00')), paused: 2 * 3600 })
  })

  test('leaves behind what was exceeded under another priority before the other took over', () => {
    const target = { P1: 'PT1H', default: 'PT8H' }
    const lax = agreement('house', { order: 100, targets: { resolution: { ...resolution, target } } })
    const steps: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'new', set: { service: 'webshop', priority: 'P1' } },
      { at: on(1, '11:00'), state: 'new', set: { priority: 'P2' } },
      { at: on(1, '12:00'), state: 'new', set: { service: 'mail' } },
    ]
    expect(read(standing([gold, lax]), steps, on(1, '13:00'))).toMatchObject([
      { sla: 'gold', target: 'resolution' },
      { sla: 'gold', target: 'response' },
      { sla: 'house', status: 'running', breaches: [] },
    ])
  })

  test('was still running an instant before', () => {
    expect(told(read(standing([gold, house]), moved, on(1, '10:30')))).toEqual([
      'gold resolution 1 paused 1 h',
      'gold response 1 breached 1.5 h',
    ])
  })

  test('keeps the verdict of a clock that had stopped, and nobody else is given it', () => {
    const answered: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'new', set: { service: 'webshop' } },
      { at: on(1, '09:30'), state: 'in_progress' },
      { at: on(1, '11:00'), state: 'in_progress', set: { service: 'mail' } },
    ]
    expect(told(read(standing([gold, house]), answered, on(1, '12:00')))).toEqual([
      'gold resolution 1 cancelled 2 h',
      'gold response 1 met 0.5 h',
      'house resolution 1 running 3 h',
    ])
  })

  test('leaves the clock to the other also when the same commit stops it', () => {
    const steps: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'in_progress', set: { service: 'webshop' } },
      { at: on(1, '11:00'), state: 'resolved', set: { service: 'mail' } },
    ]
    expect(
      told(
        read(
          standing([agreement('gold', { applies_to: { service: ['webshop'] } }), agreement('house', { order: 100 })]),
          steps,
          on(1, '12:00'),
        ),
      ),
    ).toEqual(['gold resolution 1 cancelled 2 h', 'house resolution 1 met 2 h'])
  })

  test('and covers it again has a second cycle, which counts from the start of the record', () => {
    const back: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'new', set: { service: 'webshop' } },
      { at: on(1, '10:00'), state: 'new', set: { service: 'mail' } },
      { at: on(1, '11:00'), state: 'new', set: { service: 'webshop' } },
    ]
    const only = agreement('gold', { applies_to: { service: ['webshop'] } })
    expect(told(read(standing([only]), back, on(1, '12:00')))).toEqual([
      'gold resolution 1 cancelled 1 h',
      'gold resolution 2 running 3 h',
    ])
  })

  test('while the record is resolved resumes nothing when it is reopened: the other does', () => {
    const steps: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'new', set: { service: 'webshop' } },
      { at: on(1, '10:00'), state: 'resolved' },
      { at: on(1, '11:00'), state: 'resolved', set: { service: 'mail' } },
      { at: on(1, '12:00'), state: 'in_progress' },
    ]
    const both = standing([
      agreement('gold', { applies_to: { service: ['webshop'] } }),
      agreement('house', { order: 100 }),
    ])
    expect(told(read(both, steps, on(1, '11:30')))).toEqual(['gold resolution 1 met 1 h'])
    expect(told(read(both, steps, on(1, '13:00')))).toEqual([
      'gold resolution 1 met 1 h',
      'house resolution 1 running 2 h',
    ])
  })
})

describe('a cancelled record', () => {
  const steps: readonly LifeStep[] = [
    { at: on(1, '09:00'), state: 'new' },
    { at: on(1, '09:30'), state: 'in_progress' },
    { at: on(1, '12:00'), state: 'cancelled' },
  ]

  test('leaves compliance with all its clocks, also those that had stopped', () => {
    const found = read(standing([slaRecord('gold', { targets: { response, resolution } })]), steps, on(2, '09:00'))
    expect(found).toMatchObject([
      {
        target: 'resolution',
        status: 'cancelled',
        stop: instant(on(1, '12:00')),
        elapsed: 3 * 3600,
        due: null,
        atRisk: false,
      },
      { target: 'response', status: 'cancelled', stop: instant(on(1, '09:30')), elapsed: 1800, due: null },
    ])
  })

  test('keeps the memory of a breach', () => {
    const [reading] = read(
      standing([slaRecord('gold', { targets: { resolution: { ...resolution, target: 'PT1H' } } })]),
      steps,
      on(2, '09:00'),
    )
    expect(reading?.breaches.map(formatInstant)).toEqual([on(1, '10:00')])
  })
})

describe('a clock while a team is assigned', () => {
  const ola = agreement('platform', {
    kind: 'ola',
    targets: { resolution: { ...resolution, target: 'PT2H', while: { team: ['platform'] } } },
  })
  const steps: readonly LifeStep[] = [
    { at: on(1, '09:00'), state: 'new', set: { team: 'desk', opened_at: on(1, '08:00') } },
    { at: on(1, '10:00'), state: 'in_progress', set: { team: 'platform' } },
    { at: on(1, '11:00'), state: 'in_progress', set: { team: 'desk' } },
    { at: on(1, '12:00'), state: 'in_progress', set: { team: 'platform' } },
    { at: on(1, '15:00'), state: 'resolved' },
    { at: on(1, '16:00'), state: 'closed', set: { team: 'desk' } },
  ]

  test('has one cycle for each stretch of assignment, which handing over stops', () => {
    const found = read(standing([ola]), steps, on(2, '09:00'))
    expect(told(found)).toEqual(['platform resolution 1 met 1 h', 'platform resolution 2 breached 3 h'])
    expect(found.map(({ start, stop }) => [start, stop])).toEqual([
      [instant(on(1, '10:00')), instant(on(1, '11:00'))],
      [instant(on(1, '12:00')), instant(on(1, '15:00'))],
    ])
  })

  test('starts with the record when the team had it from the first', () => {
    const own = [{ at: on(1, '09:00'), state: 'new', set: { team: 'platform', opened_at: on(1, '08:00') } }]
    expect(told(read(standing([ola]), own, on(1, '09:30')))).toEqual(['platform resolution 1 running 1.5 h'])
  })

  test('begins when a record is reopened that was resolved before the agreement was', () => {
    const levels = over([{ at: on(1, '10:00'), record: ola }])
    const late: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'resolved', set: { team: 'platform' } },
      { at: on(1, '12:00'), state: 'in_progress' },
    ]
    expect(read(levels, late, on(1, '11:30'))).toEqual([])
    expect(told(read(levels, late, on(1, '13:00')))).toEqual(['platform resolution 1 running 1 h'])
  })

  test('does not begin on a record that is already resolved', () => {
    const late: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'new', set: { team: 'desk' } },
      { at: on(1, '10:00'), state: 'resolved' },
      { at: on(1, '11:00'), state: 'resolved', set: { team: 'platform' } },
      { at: on(1, '12:00'), state: 'in_progress' },
    ]
    expect(read(standing([ola]), late, on(1, '11:30'))).toEqual([])
    expect(told(read(standing([ola]), late, on(1, '13:00')))).toEqual(['platform resolution 1 running 1 h'])
  })
})

describe('an agreement that is edited', () => {
  const before = agreement('gold', { targets: { resolution } })
  const stricter = (more: Data = {}): RecordDoc =>
    agreement('gold', { targets: { resolution: { ...resolution, target: 'PT2H' } }, ...more })
  const steps: readonly LifeStep[] = [
    { at: on(1, '09:00'), state: 'new' },
    { at: on(1, '13:00'), state: 'resolved' },
    { at: on(2, '09:00'), state: 'in_progress' },
    { at: on(2, '12:00'), state: 'resolved' },
  ]
  const edited = (first: RecordDoc, second: RecordDoc, at = on(1, '20:00')) =>
    over([
      { at: on(0, '00:00'), record: first },
      { at, record: second },
    ])

  test('judges a cycle as it was when the cycle started', () => {
    expect(read(edited(before, stricter()), steps, on(2, '13:00'))).toMatchObject([
      { status: 'met', allowed: 8 * 3600, elapsed: 7 * 3600 },
    ])
  })

  test('judges a new cycle by the version that was in force when that started', () => {
    const cyclic = { ...resolution, on_reopen: 'new_cycle' }
    const levels = edited(
      agreement('gold', { targets: { resolution: cyclic } }),
      agreement('gold', { targets: { resolution: { ...cyclic, target: 'PT2H' } } }),
    )
    expect(read(levels, steps, on(2, '13:00')).map(({ allowed, status }) => [allowed / 3600, status])).toEqual([
      [8, 'met'],
      [2, 'breached'],
    ])
  })

  test('with binding at_event judges by the version in force at each instant, also between the events of the record', () => {
    const following = { binding: 'at_event' }
    const levels = edited({ ...before, data: { ...before.data, ...following } }, stricter(following), on(1, '12:00'))
    expect(read(levels, steps, on(1, '11:30'))).toMatchObject([{ status: 'running', allowed: 8 * 3600 }])
    const [reading] = read(levels, steps, on(1, '12:30'))
    expect(reading).toMatchObject({ status: 'breached', allowed: 2 * 3600, elapsed: 3.5 * 3600 })
    expect(reading?.breaches.map(formatInstant)).toEqual([on(1, '12:00')])
  })

  test('after the record was born does not reach it, unless it follows events', () => {
    const later = (record: RecordDoc) => over([{ at: on(1, '12:00'), record }])
    expect(read(later(before), steps, on(1, '12:30'))).toEqual([])
    const following = later(agreement('gold', { binding: 'at_event' }))
    expect(read(following, steps, on(1, '11:30'))).toEqual([])
    expect(told(read(following, steps, on(1, '12:30')))).toEqual(['gold resolution 1 running 3.5 h'])
  })

  test('and superseded goes on to judge the cycles that it is bound to, and no new record', () => {
    const levels = edited(before, agreement('gold', { state: 'superseded' }), on(1, '10:00'))
    expect(told(read(levels, steps, on(1, '12:00')))).toEqual(['gold resolution 1 running 3 h'])
    expect(read(levels, [{ at: on(1, '11:00'), state: 'new' }], on(1, '12:00'))).toEqual([])
  })

  test('and superseded cancels the cycles that follow events', () => {
    const following = agreement('gold', { binding: 'at_event' })
    const levels = edited(following, agreement('gold', { state: 'superseded', binding: 'at_event' }), on(1, '10:00'))
    expect(told(read(levels, steps, on(1, '12:00')))).toEqual(['gold resolution 1 cancelled 1 h'])
  })

  test('that follows events, and rests while a record is reopened, has a new cycle from there when it is back', () => {
    const cyclic = { binding: 'at_event', targets: { resolution: { ...resolution, on_reopen: 'new_cycle' } } }
    const versions = ['active', 'superseded', 'active'].map((state, index) => ({
      kind: 'written' as const,
      commit: commitAt(instant(on(index === 0 ? 0 : 1, ['00:00', '14:00', '18:00'][index] ?? ''))),
      file: 'records/sla/gold.yaml',
      data: agreement('gold', { ...cyclic, state }).data,
    }))
    const levels = serviceLevelsOver(
      [{ type: 'sla', id: 'gold', revisions: versions }],
      [{ commit: commitAt(0), config: { calendar: 'always' } }],
    )
    const reopened: readonly LifeStep[] = [
      { at: on(1, '09:00'), state: 'new' },
      { at: on(1, '13:00'), state: 'resolved' },
      { at: on(1, '16:00'), state: 'in_progress' },
    ]
    expect(told(read(levels, reopened, on(1, '17:00')))).toEqual(['gold resolution 1 met 4 h'])
    expect(told(read(levels, reopened, on(1, '19:00')))).toEqual([
      'gold resolution 1 met 4 h',
      'gold resolution 2 running 3 h',
    ])
  })

  test('into something that makes no sense leaves the version before it in force', () => {
    const broken = slaRecord('gold', { targets: { resolution: { stop: ['resolved'], target: 'soon' } } })
    expect(told(read(edited(before, broken, on(1, '08:00')), steps, on(1, '12:00')))).toEqual([
      'gold resolution 1 running 3 h',
    ])
  })

  test('and removed covers no record born later', () => {
    const histories = [
      {
        type: 'sla',
        id: 'gold',
        revisions: [
          { kind: 'written', commit: commitAt(instant(on(0, '00:00'))), file: before.file, data: before.data },
          { kind: 'removed', commit: commitAt(instant(on(1, '08:00'))), file: before.file },
        ] as const,
      },
    ]
    const levels = serviceLevelsOver(histories, [{ commit: commitAt(0), config: { calendar: 'always' } }])
    expect(read(levels, steps, on(1, '12:00'))).toEqual([])
  })
})

describe('a configuration that is edited', () => {
  test('gives records born later another default calendar and another matrix', () => {
    const nine = calendarRecord('nine', { timezone: 'UTC', hours: { 'mon-sun': ['09:00-10:00'] } })
    const history = (record: RecordDoc) => {
      return {
        type: record.type,
        id: record.id,
        revisions: [{ kind: 'written', commit: commitAt(1), file: record.file, data: record.data }],
      } as const
    }
    const levels = serviceLevelsOver(
      [
        history(nine),
        history(agreement('gold', { targets: { resolution: { ...resolution, target: { P1: 'PT1H', P2: 'PT2H' } } } })),
      ],
      [
        { commit: commitAt(0), config: { calendar: 'always', matrix: { high: { high: 'P1' } } } },
        { commit: commitAt(instant(on(2, '00:00'))), config: { calendar: 'nine', matrix: { high: { high: 'P2' } } } },
      ],
    )
    const born = (day: number) => [{ at: on(day, '09:00'), state: 'new', set: { impact: 'high', urgency: 'high' } }]
    expect(read(levels, born(1), on(2, '09:00'))).toMatchObject([{ priority: 'P1', elapsed: 24 * 3600 }])
    expect(read(levels, born(2), on(3, '09:00'))).toMatchObject([{ priority: 'P2', elapsed: 3600 }])
  })
})

describe('a calendar that is edited', () => {
  const hours = (span: string) => calendarRecord('office', { timezone: 'UTC', hours: { 'mon-fri': [span] } })
  const levels = over(
    [
      { at: on(0, '00:00'), record: agreement('gold') },
      { at: on(0, '00:00'), record: hours('08:00-16:00') },
      { at: on(2, '12:00'), record: hours('13:00-20:00') },
    ],
    'office',
  )
  const born = [{ at: on(1, '15:00'), state: 'new', set: { opened_at: '2026-02-27T15:00:00Z' } }]

  test('keeps its old hours for the time before, and has the new ones from then on', () => {
    const elapsed = (asOf: string) => read(levels, born, asOf).map((reading) => reading.elapsed / 3600)
    expect(elapsed(on(2, '08:00'))).toEqual([1 + 8])
    expect(elapsed(on(2, '12:00'))).toEqual([1 + 8 + 4])
    expect(elapsed(on(2, '18:00'))).toEqual([1 + 8 + 4 + 5])
  })

  test('moves what is due from the commit that made the edit, not before', () => {
    const due = (asOf: string) =>
      read(levels, [{ at: on(1, '15:00'), state: 'new' }], asOf).map((reading) => formatInstant(reading.due ?? 0))
    expect(due(on(1, '15:30'))).toEqual([on(2, '15:00')])
    expect(due(on(2, '12:00'))).toEqual([on(2, '16:00')])
    expect(due(on(4, '12:00'))).toEqual([on(2, '16:00')])
  })
})
