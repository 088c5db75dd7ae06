import { expect, test } from 'vitest'
import { appendToLedger } from '../../src/journeys/ledger-append.ts'
import { showLedger } from '../../src/journeys/ledger-show.ts'
import { verifyLedger } from '../../src/journeys/ledger-verify.ts'
import { worldOf } from '../support/approval-world.ts'
import { webshop } from '../support/webshop.ts'

test('the ledger and its verification are pages in Markdown', async () => {
  const repo = webshop()
  const world = { ...worldOf(repo.dir), format: 'markdown' } as const
  expect((await showLedger(world, 20)).out).toContain('There is no ledger yet')
  await appendToLedger({ ...world, format: 'json' }, { run: 'a | b' })
  const tip = repo.git(['rev-parse', 'HEAD']).trim()
  const { out } = await showLedger(world, 20)
  expect(out).toMatch(/^# The ledger\n\n\| entry \| seen at \| by \| event \| tip \| run \|\n/)
  expect(out).toContain(` | ${tip.slice(0, 10)} | a &#124; b |\n`)
  const verified = await verifyLedger(world, { contains: 'sha256:x`y' })
  expect(verified.code).toBe(1)
  expect(verified.out).toContain('**Fail:** entries that hold: 1, decisions: 0, findings: 1.\n\n- `ledger-chain`: ')
  expect((await verifyLedger(world, {})).out).toContain('**Pass:** entries that hold: 1, decisions: 0, findings: 0.')
})
