import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { clusterUpgradeFile } from '../support/normal-change.ts'
import { webshop } from '../support/webshop.ts'

const id = 'CHG-20261121-AAAA'
const file = `records/change/2026/11/${id}.yaml`

const upgrade = clusterUpgradeFile(id)

/** The web shop with a branch `topic` that adds a change. */
function proposed(text: string) {
  const repo = webshop()
  repo.git(['checkout', '--quiet', '-b', 'topic'])
  repo.commit({ at: '2026-11-21T09:00:00Z', write: { [file]: text } })
  repo.git(['checkout', '--quiet', 'main'])
  return repo
}

describe('a pull request with a normal change', () => {
  test('shows its risk, impact, conflicts, who is to be told, and the approvals that it needs', () => {
    const repo = proposed(upgrade)
    const { code, json } = gitsmJson(['check', '--base', 'main', '--head', 'topic'], repo)
    expect(code).toBe(0)
    expect(json).toMatchObject({
      verdict: 'pending',
      changes: [{ id, kind: 'added', to: 'scheduled' }],
      assessments: [
        {
          id,
          risk: { declared: 'high', computed: 'high', verdict: { met: true } },
          impact: expect.arrayContaining([expect.objectContaining({ type: 'service', id: 'webshop', effect: 'down' })]),
          communication: expect.arrayContaining([
            expect.objectContaining({ at: '2026-12-06T05:00:00Z', moment: 'announce', to: 'Customers' }),
          ]),
        },
      ],
      approvals: [{ id, met: false, policy: 'change-authorisation', rule: 'high risk' }],
    })
    const { stdout } = gitsm(['check', '--base', 'main', '--head', 'topic'], repo)
    expect(stdout).toContain(`${id}  risk high, high declared`)
    expect(stdout).toMatch(/if it fails .*webshop down/)
    expect(stdout).toContain('tell 2026-12-06 05:00  announce  Customers by status_page')
  })

  test('is refused where it makes its risk look smaller, and where it falls into a freeze', () => {
    const frozen = upgrade.replaceAll('2026-12-08T', '2026-12-20T').replace('risk: high', 'risk: low')
    const { code, stdout } = gitsm(['check', '--base', 'main', '--head', 'topic'], proposed(frozen))
    expect(code).toBe(1)
    expect(stdout).toContain(`${id} declares low risk, but the computed one is high`)
    expect(stdout).toContain('are in the freeze christmas-freeze')
    expect(stdout).toContain('conflict ✗')
  })
})

describe('a standard change', () => {
  const asked = ['new', 'change', '--set', 'model=restart-web-server', '--set', 'parameters.server=web-2']
  const rest = ['--set', 'reason=It keeps too much', '--set', 'implementer=fatima']

  test('is written with what its model says', () => {
    const repo = webshop()
    const { code, json } = gitsmJson([...asked, ...rest], repo)
    expect(code).toBe(0)
    const shown = gitsmJson(['show', json && typeof json === 'object' && 'id' in json ? String(json.id) : ''], repo)
    expect(shown.json).toMatchObject({
      data: { change_type: 'standard', title: 'Restart web-2', cis: ['web-2'], risk: 'high', outage: false },
      assessment: { risk: { declared: 'high' } },
    })
  })

  test('cannot follow a model for another server', () => {
    const { code, stdout } = gitsm([...asked.slice(0, -1), 'parameters.server=lb-1', ...rest], webshop())
    expect(code).toBe(1)
    expect(stdout).toContain('lb-1 is not among the values that the model allows')
  })
})

test('a model says whether it may be followed', () => {
  const { stdout } = gitsm(['show', 'renew-certificate'], webshop())
  expect(stdout).toContain('renew-certificate  may be followed')
})
