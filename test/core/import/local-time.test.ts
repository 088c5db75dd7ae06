import { describe, expect, test } from 'vitest'
import { localTime } from '../../../src/core/import/local-time.ts'
import { formatInstant } from '../../../src/core/instant.ts'

function told(text: string, zone: string): string | undefined {
  const at = localTime(zone).read(text)
  return at === undefined ? undefined : formatInstant(at)
}

describe('local time', () => {
  test.each([
    ['29-02-2016 01:23', 'UTC', '2016-02-29T01:23:00Z'],
    ['29-02-2016 01:23', 'Europe/Berlin', '2016-02-29T00:23:00Z'],
    ['01-07-2016 00:00', 'Asia/Kolkata', '2016-06-30T18:30:00Z'],
    ['01-01-2016 12:00', 'America/St_Johns', '2016-01-01T15:30:00Z'],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(told(text, zone)).toBe(instant)
  })

  test('a time that the clocks skip in spring is read as if they had not changed yet', () => {
    expect(told('27-03-2016 02:30', 'Europe/Berlin')).toBe('2016-03-27T01:30:00Z')
  })

  test('a time that comes twice in autumn is the first', () => {
    expect(told('30-10-2016 02:30', 'Europe/Berlin')).toBe('2016-10-30T00:30:00Z')
  })

  test.each([
    '',
    '?',
    '30-02-2016 01:23',
    '29-02-2015 01:23',
    '00-01-2016 01:23',
    '1-1-2016 01:23',
    '29/02/2016 01:23',
  ])('%j is no time', (text) => {
    expect(told(text, 'UTC')).toBeUndefined()
  })

  test.each(['29-02-2016 24:00', '29-02-2016 23:60', '29-02-2016 01:23:00', '29-02-2016', ' 29-02-2016 01:23'])(
    '%j is no time either',
    (text) => {
      expect(told(text, 'UTC')).toBeUndefined()
    },
  )

  test('the offset is that of the instant', () => {
    const { offset } = localTime('America/St_Johns')
    expect(offset(Date.UTC(2016, 0, 1) / 1000)).toBe(-12_600)
    expect(offset(Date.UTC(2016, 6, 1) / 1000)).toBe(-9000)
  })

  test.each(['', 'Mars/Base', '+01:00', '../etc/passwd'])('%j is no zone', (zone) => {
    expect(() => localTime(zone)).toThrow('is no time zone')
  })
})
