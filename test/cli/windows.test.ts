import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { webshop } from '../support/webshop.ts'

const advent = ['windows', '--as-of', '2026-11-27T12:00:00Z']

describe('gitsm windows', () => {
  test('lists what lasts and what comes, in order', () => {
    const { code, json } = gitsmJson([...advent, '--next', '30d'], webshop())
    expect(code).toBe(0)
    expect(json).toMatchObject({
      from: '2026-11-27T12:00:00Z',
      until: '2026-12-27T12:00:00Z',
      timezone: 'Europe/Berlin',
    })
    const listed = (json as { windows: { window: string; from: string }[] }).windows
    expect(listed[0]).toMatchObject({ window: 'black-friday-2026', from: '2026-11-26T17:00:00Z', kind: 'freeze' })
    expect(listed.map(({ from }) => from)).toEqual(listed.map(({ from }) => from).toSorted())
    expect(listed.filter(({ window }) => window === 'database-maintenance').map(({ from }) => from)).toEqual([
      '2026-11-29T01:00:00Z',
      '2026-12-06T01:00:00Z',
      '2026-12-13T01:00:00Z',
      '2026-12-20T01:00:00Z',
      '2026-12-27T01:00:00Z',
    ])
  })

  test('tells people the time on their clocks and in UTC, and that a freeze lasts', () => {
    const { stdout } = gitsm([...advent, '--next', '1w'], webshop())
    expect(stdout).toMatch(
      /Thu 2026-11-26 18:00 +Tue 2026-12-01 06:00 +4 d 12 h +2026-11-26 17:00 .* black-friday-2026 now/,
    )
    expect(stdout).toContain('a freeze lasts now')
  })

  test('moves by an hour in UTC when the clocks change', () => {
    const asked = [
      'windows',
      '--as-of',
      '2027-03-20T00:00:00Z',
      '--next',
      '3w',
      '--ci',
      'shop-db-1',
      '--format',
      'json',
    ]
    const { windows } = JSON.parse(gitsm(asked, webshop()).stdout)
    expect(windows).toMatchObject([
      { from: '2027-03-21T01:00:00Z', local: { from: '2027-03-21 02:00', until: '2027-03-21 05:00' } },
      { from: '2027-03-28T01:00:00Z', local: { from: '2027-03-28 03:00', until: '2027-03-28 06:00' }, seconds: 10_800 },
      { from: '2027-04-04T00:00:00Z', local: { from: '2027-04-04 02:00', until: '2027-04-04 05:00' } },
    ])
  })

  test('asks for one service or one configuration item', () => {
    const ids = (more: readonly string[]): readonly string[] => {
      const { json } = gitsmJson([...advent, '--next', '2w', ...more], webshop())
      return [...new Set((json as { windows: { window: string }[] }).windows.map(({ window }) => window))].toSorted()
    }
    expect(ids(['--ci', 'web-1'])).toEqual(['black-friday-2026'])
    expect(ids(['--ci', 'san-1'])).toEqual(['database-maintenance'])
    expect(ids(['--service', 'customer-accounts'])).toEqual(['black-friday-2026', 'database-maintenance'])
    expect(ids(['--service', 'warehouse'])).toEqual(['warehouse-maintenance'])
  })

  test('says so when there is none, and reads any repository without windows', () => {
    const { code, stdout } = gitsm([...advent, '--next', '1h', '--ci', 'fax-server'], webshop())
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'no windows until 2026-11-27 14:00 Europe/Berlin\n' })
  })

  test.each([
    [['--next', '30'], '"30" is no stretch of time'],
    [['--next', '999999d'], '"999999d" is no stretch of time'],
    [['--ci', 'web-l'], 'There is no ci "web-l"'],
    [['--service', 'webshp'], 'There is no service "webshp"'],
  ])('refuses %j with a cure', (more, message) => {
    const { code, stderr } = gitsm([...advent, ...more], webshop())
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/cure: \S/)
  })

  test('names windows that it cannot read', () => {
    const repo = webshop()
    repo.write({
      'records/window/broken.yaml': 'id: broken\ntitle: Broken\nkind: freeze\nfrom: 2026-11-27T00:00:00Z\n',
    })
    expect(gitsm(advent, repo).stderr).toContain('1 more cannot be read')
  })
})
