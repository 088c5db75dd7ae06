import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importServiceNow } from '../../src/journeys/import-servicenow.ts'
import { sla } from '../../src/journeys/sla.ts'
import { validate } from '../../src/journeys/validate.ts'
import { verify } from '../../src/journeys/verify.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { temporaryFolder } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const history = [
  { at: '2026-03-02T09:00:00Z', write: { [incidentFile('INC-1')]: incident('INC-1', 'new') } },
  { at: '2026-03-02T10:00:00Z', write: { [incidentFile('INC-2')]: incident('INC-2', 'new') } },
]

/** What a journey tells of its progress: for each step, the last stage that it told. */
async function told(dir: string, journey: (world: World) => Promise<unknown>): Promise<Record<string, string>> {
  const stages: Record<string, string> = {}
  const progress: World['progress'] = (step, done, total) => {
    stages[step] = `${done} of ${total}`
  }
  await journey({ ...worldOf(dir), program: import.meta.filename, progress })
  return stages
}

test('reading a history tells how many commits have been read', async () => {
  const { dir } = webshop(...history)
  expect(await told(dir, (world) => sla(world, { ids: [] }))).toEqual({ 'Reading the history': '3 of 3' })
})

test('replaying a mainline tells how many commits have been judged', async () => {
  // A history that was read before is not read again.
  const { dir } = webshop(...history.slice(0, 1))
  expect(await told(dir, (world) => verify(world, {}))).toEqual({
    'Reading the history': '2 of 2',
    'Replaying the mainline': '2 of 2',
  })
})

test('judging a tree tells how many of its files have been read', async () => {
  const { dir } = webshop(...history)
  const { 'Reading the records': read = '' } = await told(dir, (world) => validate(world, { paths: [] }))
  const [done, total] = read.split(' of ').map(Number)
  expect(done).toBeGreaterThan(100)
  expect(total).toBeGreaterThanOrEqual(done ?? 0)
})

test('importing tells how many rows have been written', async () => {
  const csv = join(import.meta.dirname, '../data/servicenow-incident-log.csv')
  const stages = await told(temporaryFolder(), (world) => importServiceNow(world, { csv, into: 'shop' }))
  expect(stages['Writing the history']).toMatch(/^\d+ of \d+$/)
})
