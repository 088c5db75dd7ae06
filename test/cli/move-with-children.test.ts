import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gitsm, gitsmJson } from '../support/gitsm.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const family = {
  [incidentFile('INC-1')]: incident('INC-1', 'in_progress', { team: 'operations' }),
  [incidentFile('INC-2')]: `${incident('INC-2', 'new', { parent: 'INC-1' })}# as the caller told it\n`,
  [incidentFile('INC-3')]: incident('INC-3', 'in_progress', { parent: 'INC-1', team: 'service-desk' }),
}

const solution = ['--set', 'resolution_code=fixed', '--set', 'resolution=Restarted the gateway']
const resolve = ['move', 'INC-1', 'resolved', ...solution]

describe('gitsm move --with-children', () => {
  test('takes open parts along with the solution of the whole, in one change of the tree', () => {
    const repo = webshop({ at: '2026-03-02T09:10:00Z', write: family })
    const { code, json } = gitsmJson([...resolve, '--with-children'], repo)
    expect(code).toBe(0)
    expect(json).toMatchObject({
      id: 'INC-1',
      to: 'resolved',
      children: [
        { id: 'INC-2', from: 'new', to: 'resolved' },
        { id: 'INC-3', from: 'in_progress', to: 'resolved' },
      ],
    })
    const child = readFileSync(join(repo.dir, incidentFile('INC-2')), 'utf8')
    expect(child).toContain('resolution: Restarted the gateway\n')
    expect(child).toContain('team: operations\n')
    expect(child).toContain('note: Together with INC-1')
    expect(child).toContain('# as the caller told it\n')
    expect(readFileSync(join(repo.dir, incidentFile('INC-3')), 'utf8')).toContain('team: service-desk\n')
    repo.git(['checkout', '--quiet', '-b', 'resolved'])
    repo.commit({ at: '2026-03-02T10:00:00Z' })
    expect(gitsm(['check', '--base', 'main', '--head', 'resolved'], repo)).toMatchObject({ code: 0 })
  })

  test('leaves parts alone unless asked', () => {
    const repo = webshop({ at: '2026-03-02T09:10:00Z', write: family })
    expect(gitsm(resolve, repo)).toMatchObject({ code: 0 })
    expect(repo.git(['status', '--porcelain'])).toBe(`M ${incidentFile('INC-1')}`)
  })

  test('writes none of them when one is refused', () => {
    const stuck = incident('INC-4', 'new', { parent: 'INC-1', priority: 'P1' })
    const repo = webshop({ at: '2026-03-02T09:10:00Z', write: { ...family, [incidentFile('INC-4')]: stuck } })
    const { code, stdout } = gitsm([...resolve, '--with-children'], repo)
    expect(code).toBe(1)
    expect(stdout).toContain('INC-4')
    expect(repo.git(['status', '--porcelain'])).toBe('')
  })
})
