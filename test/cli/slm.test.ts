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
