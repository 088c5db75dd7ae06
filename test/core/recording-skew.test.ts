import { describe, expect, test } from 'vitest'
import { farthest, recordingSkews, skewText } from '../../src/core/recording-skew.ts'
import { moments, timeline } from '../../src/core/timeline.ts'
import { commitAt, instant, lifeOf } from '../support/life.ts'

const on = (time: string): string => `2026-03-02T${time}:00Z`

describe('the skew of a record', () => {
  test('is how much later each moment was recorded than it is said to have happened', () => {
    const steps = [
      { at: on('09:00'), state: 'new', set: { opened_at: on('08:00') } },
      { at: on('10:00'), state: 'in_progress' },
      { at: on('12:00'), state: 'resolved', declared: on('11:30') },
    ]
    expect(recordingSkews(lifeOf(steps))).toEqual([3600, 1800])
  })

  test('of a birth counts from the earlier of its own step and opened_at', () => {
    const born = { at: on('09:00'), state: 'new', declared: on('08:50'), set: { opened_at: on('08:00') } }
    expect(recordingSkews(lifeOf([born]))).toEqual([3600])
    expect(recordingSkews(lifeOf([{ ...born, declared: on('07:00') }]))).toEqual([7200])
  })

  test('is negative for what is said to lie in the future, and the farthest from none counts', () => {
    const steps = [
      { at: on('09:00'), state: 'new', set: { opened_at: on('08:30') } },
      { at: on('10:00'), state: 'resolved', declared: on('15:00') },
    ]
    expect(farthest(recordingSkews(lifeOf(steps)))).toBe(-5 * 3600)
    expect(farthest([])).toBeNull()
  })

  test.each<[readonly (number | null)[], string | undefined]>([
    [[], undefined],
    [[null, 0], undefined],
    [[3600, 60, null], 'Steps were recorded up to 1 h after their declared time'],
    [[-60], 'Steps were recorded up to 1 min before their declared time'],
    [[3600, -60], 'Steps were recorded up to 1 h after their declared time, and up to 1 min before it'],
  ])('in words: %j', (skews, text) => {
    expect(skewText(skews)).toBe(text)
  })

  test('in words of more clocks than a function takes arguments', () => {
    const skews = Array.from({ length: 300_000 }, (_, at) => at % 61)
    expect(skewText(skews)).toBe('Steps were recorded up to 1 min after their declared time')
  })
})

describe('a step without a log entry', () => {
  const file = 'records/incident/INC-1.yaml'
  const written = (time: string, data: object) =>
    ({ kind: 'written', commit: commitAt(instant(on(time))), file, data: { ...data } }) as const
  const history = (...revisions: ReturnType<typeof written>[]) => ({ type: 'incident', id: 'INC-1', revisions })

  test('is declared by the field of its state, where the same commit sets it', () => {
    const lived = history(
      written('09:00', { state: 'new' }),
      written('12:00', { state: 'resolved', resolved_at: on('11:00') }),
      written('13:00', { state: 'in_progress', resolved_at: on('11:00') }),
      written('14:00', { state: 'resolved', resolved_at: on('11:00') }),
    )
    expect(moments(lived).map(({ declared }) => declared)).toEqual([
      undefined,
      instant(on('11:00')),
      undefined,
      undefined,
    ])
  })

  test('its own log entry comes before the field', () => {
    const log = [{ at: on('11:30'), state: 'resolved' }]
    const lived = history(
      written('09:00', { state: 'new' }),
      written('12:00', { state: 'resolved', resolved_at: on('11:00'), log }),
    )
    expect(moments(lived).at(-1)?.declared).toBe(instant(on('11:30')))
  })

  test('shows in the timeline what was declared, of a birth when the record was opened', () => {
    const lived = history(
      written('09:00', { state: 'new', opened_at: on('08:00') }),
      written('12:00', { state: 'resolved', resolved_at: on('11:00') }),
    )
    expect(timeline(lived).map(({ declared }) => declared)).toEqual([instant(on('08:00')), instant(on('11:00'))])
  })
})
