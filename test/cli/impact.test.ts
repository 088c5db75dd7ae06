import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const at = '2026-03-02T09:00:00Z'

describe('gitsm impact', () => {
  test('tells what an item can break, and how', () => {
    const { dir } = webshop()
    const { code, stdout } = gitsm(['impact', 'web-1'], { dir })
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^web-1 {2}Web server 1\nIf web-1 fails: 1 service degrades, 2 configuration items degrade\.\n/,
    )
    expect(stdout).toMatch(/^ +1 +degraded +service +webshop +Web shop +through web-1$/m)
    expect(stdout).toMatch(/^ +2 +degraded +ci +cdn +Content delivery network +through lb-1$/m)
  })

  test('gives programs depth, effect and the way', () => {
    const { dir } = webshop()
    const { json } = gitsmJson(['impact', 'shop-db-1', '--depth', '1'], { dir })
    expect(json).toMatchObject({
      id: 'shop-db-1',
      type: 'ci',
      starts: [{ type: 'ci', id: 'shop-db-1' }],
      summary: { services: { down: 2, degraded: 0 } },
    })
    expect(json).toHaveProperty(
      'touched',
      expect.arrayContaining([
        {
          type: 'service',
          id: 'webshop',
          title: 'Web shop',
          depth: 1,
          effect: 'down',
          via: { type: 'ci', id: 'shop-db-1' },
        },
      ]),
    )
    expect(JSON.stringify(json)).not.toContain('"depth":2')
  })

  test('takes all items of a record together', () => {
    const { dir } = webshop({
      at,
      write: { [incidentFile('INC-1')]: incident('INC-1', 'new', { cis: '[web-1, web-2]' }) },
    })
    expect(gitsm(['impact', 'web-2'], { dir }).stdout).toMatch(/degraded +service +webshop/)
    expect(gitsm(['impact', 'INC-1'], { dir }).stdout).toMatch(/down +service +webshop/)
  })

  test('takes the services of a record that names no item', () => {
    const { dir } = webshop({
      at,
      write: { [incidentFile('INC-1')]: incident('INC-1', 'new', { service: 'payment' }) },
    })
    expect(gitsmJson(['impact', 'INC-1'], { dir }).json).toMatchObject({ starts: [{ type: 'service', id: 'payment' }] })
  })

  test('draws a diagram that says what the table says', () => {
    const { dir } = webshop()
    const { stdout } = gitsm(['impact', 'mail-relay-1', '--format', 'markdown'], { dir })
    expect(stdout).toContain('```mermaid\nflowchart LR\n')
    expect(stdout).toContain('n0 -.-> n1')
    expect(stdout).toContain('| 1 | degraded | service | `order-mail` | Order mail | `mail-relay-1` |')
  })

  test('text from records cannot change the shape of the page', () => {
    const { dir } = webshop({
      at,
      write: {
        'records/ci/evil.yaml':
          'id: evil\ntitle: "]\\"--> x | y ``` <b>#quot;"\nclass: application\nowner: platform\nstate: operational\nattributes: { version: "1" }\ndepends_on: [{ ci: san-1 }]\n',
      },
    })
    const { stdout } = gitsm(['impact', 'san-1', '--format', 'markdown'], { dir })
    expect(stdout).toContain('`evil`')
    expect(stdout).not.toContain('<b>')
    expect(stdout.match(/```/g)).toHaveLength(2)
    expect(stdout.split('\n').filter((line) => line.includes('evil#58;'))).toHaveLength(1)
    expect(stdout).not.toMatch(/evil[^\n]*\]"-->/)
  })

  test('tells what stands against a retirement, and what would be orphaned', () => {
    const { dir } = webshop()
    const { stdout } = gitsm(['impact', 'search-cluster'], { dir })
    expect(stdout).toContain('Nothing stands against retiring search-cluster.')
    const mail = gitsm(['impact', 'backup-server-1'], { dir }).stdout
    expect(mail).not.toContain('No item would deliver any more')
    expect(gitsm(['impact', 'newsletter-tool'], { dir }).stdout).toContain(
      'No item would deliver any more: newsletter.',
    )
  })

  test('says that nothing hangs on what is retired', () => {
    const { dir } = webshop()
    expect(gitsm(['impact', 'fax-server'], { dir }).stdout).toContain(
      'ci fax-server is retired or missing, so nothing hangs on it',
    )
  })

  test.each([
    [['impact', 'web-11'], /There is no record "web-11"\n.*Did you mean web-1\?/],
    [['impact', 'berlin-office'], /berlin-office names no service or configuration item\n/],
    [['impact', 'web-1', '--depth', '0'], /"0" is no number of steps\n/],
  ])('refuses %s with the cure', (args, message) => {
    const { dir } = webshop()
    const { code, stderr } = gitsm(args, { dir })
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })
})
