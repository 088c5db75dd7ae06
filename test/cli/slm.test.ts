import { expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { webshop } from '../support/webshop.ts'

const gaps = ['slm', 'gaps', '--as-of', '2026-11-21T12:00:00Z']

test('gitsm slm gaps tells which promises cannot be kept, with an example', () => {
  const { dir } = webshop()
  const { code, stdout } = gitsm(gaps, { dir })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^webshop-gold cannot rely on platform-ola$/m)
  expect(stdout).toMatch(
    /^ {2}resolution P2 +8 h on store-hours +handling 4 h on berlin-office +up to 2 d 11 h late +from 2026-11-27 12:15: by 2026-11-27 20:15, not 2026-11-30 07:15 \(UTC\)$/m,
  )
  expect(stdout).toMatch(/^ {2}webshop-gold +team payments promised nothing about payment/m)
})

test('programs get the same, and --check the exit code', () => {
  const { dir } = webshop()
  expect(gitsmJson([...gaps, '--check'], { dir })).toMatchObject({
    code: 1,
    json: {
      asOf: '2026-11-21T12:00:00Z',
      late: expect.arrayContaining([
        expect.objectContaining({
          sla: 'webshop-gold',
          target: 'resolution',
          priority: 'P2',
          beneath: 'payment-provider-contract',
          promised: { seconds: 28_800, calendar: 'store-hours' },
          given: { seconds: 86_400, calendar: 'always' },
          late: 57_600,
        }),
      ]),
    },
  })
})

const july = ['slm', 'capacity', '--from', '2026-07-01', '--to', '2026-08-01']

test('gitsm slm capacity holds a month in the zone of the reports against the limits', () => {
  const { dir } = webshop()
  const { code, stdout } = gitsm(july, { dir })
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^webshop +checkout-response-time value +above 2000 ms +744 +4 \(1 %\) +2801 ms +2026-07-17 21:00$/m,
  )
  expect(stdout).toMatch(
    /^webshop +checkout-response-time sessions +above 2600 +744 +0 \(0 %\) +2046 +2026-07-17 19:00$/m,
  )
  expect(stdout).toMatch(/^2026-07-01 00:00 to before 2026-08-01 00:00 \(Europe\/Berlin\)$/m)
})

test('programs get the exact share, the month of --as-of, and null where nothing was measured', () => {
  const { dir } = webshop()
  expect(gitsmJson(['slm', 'capacity', '--as-of', '2026-07-31T22:00:00Z'], { dir })).toMatchObject({
    code: 0,
    json: { from: '2026-07-31T22:00:00Z', to: '2026-08-31T22:00:00Z', timezone: 'Europe/Berlin' },
  })
  expect(gitsmJson(july, { dir })).toMatchObject({
    json: {
      from: '2026-06-30T22:00:00Z',
      to: '2026-07-31T22:00:00Z',
      readings: expect.arrayContaining([
        expect.objectContaining({
          service: 'webshop',
          series: 'value',
          unit: 'ms',
          n: 744,
          beyond: 4,
          share: 4 / 744,
          peak: { value: 2801, at: '2026-07-17T19:00:00Z' },
          gap: null,
        }),
      ]),
    },
  })
  const before = ['slm', 'capacity', '--from', '2020-01-01', '--to', '2020-02-01']
  expect(gitsmJson(before, { dir })).toMatchObject({
    json: { readings: expect.arrayContaining([expect.objectContaining({ n: 0, share: null, peak: null })]) },
  })
  expect(gitsm(before, { dir }).stdout).toMatch(/^webshop +.* 0 +no data *$/m)
})

test.each([
  [['--from', '2026-07-01'], 'Only one end of the period was given'],
  [['--from', '2026-08-01', '--to', '2026-07-01'], 'The period ends before it begins'],
  [['--from', 'July', '--to', '2026-08-01'], '"July" is neither a date nor an instant'],
])('gitsm slm capacity %j is refused', (args, message) => {
  const { code, stderr } = gitsm(['slm', 'capacity', ...args], webshop())
  expect(code).toBe(2)
  expect(stderr).toContain(message)
})
