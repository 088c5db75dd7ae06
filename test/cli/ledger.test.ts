import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const file = incidentFile('INC-1')

describe('gitsm ledger', () => {
  test('attests what it saw, and fails with exit 1 as soon as the history was forced', () => {
    const repo = webshop({ at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } })
    const seen = (at: string) => gitsm(['ledger', 'append', '--at', at], repo)
    expect(seen('2026-03-02T09:01:00Z')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Entry 1: main ended in [0-9a-f]{10} at 2026-03-02T09:01:00Z\n$/),
    })
    const before = repo.git(['rev-parse', 'HEAD'])
    const taken = incident('INC-1', 'in_progress', { team: 'operations' })
    const lost = repo.commit({ at: '2026-03-02T09:10:00Z', write: { [file]: taken } })
    expect(seen('2026-03-02T10:00:00Z').code).toBe(0)
    expect(gitsmJson(['timeline', 'INC-1'], repo)).toMatchObject({
      json: {
        entries: [
          { state: 'new', from: '2026-03-02T09:00:00Z', provenance: 'claimed' },
          { state: 'in_progress', from: '2026-03-02T10:00:00Z', provenance: 'attested' },
        ],
      },
    })
    expect(gitsm(['ledger', 'verify'], repo)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('pass: 2 entries'),
    })
    repo.git(['reset', '--quiet', '--hard', before])
    repo.commit({ at: '2026-03-02T09:05:00Z', write: { [file]: taken } })
    expect(gitsmJson(['ledger', 'verify'], repo)).toMatchObject({
      code: 1,
      json: { verdict: 'fail', findings: [{ rule: 'history-rewritten', commit: lost }] },
    })
    const { code, stderr } = gitsm(['sla', 'INC-1'], repo)
    expect(code).toBe(0)
    expect(stderr).toContain(`warning: The mainline was rewritten. It ended in ${lost.slice(0, 10)}`)
    expect(gitsm(['sla', 'INC-1', '--quiet'], repo).stderr).toBe('')
  })
})
