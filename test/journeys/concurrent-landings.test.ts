import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Fault } from '../../src/core/fault.ts'
import { landOnMainline } from '../../src/journeys/land.ts'
import { sharingReader } from '../../src/journeys/tree-reader.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { remoteShop } from '../support/remote-shop.ts'
import { incident, incidentFile } from '../support/webshop.ts'

const [writers, pushes] = [20, 10]

/** Opens an incident on the mainline; somebody whom others overtake too often tries again, as the fault says. */
async function open(world: World, id: string): Promise<void> {
  try {
    const landed = await landOnMainline(world, {
      remote: 'origin',
      lane: 'direct',
      make: async () => ({
        files: [{ path: incidentFile(id), text: incident(id, 'new') }],
        message: `Open ${id}`,
        made: id,
      }),
    })
    expect(landed.kind).toBe('landed')
  } catch (fault) {
    if (!(fault instanceof Fault) || !fault.message.includes('moved on 5 times')) throw fault
    await setTimeout(Math.random() * 5_000)
    await open(world, id)
  }
}

test(`${writers} writers who push ${pushes} records each at once lose none, repeat none and force nothing`, async () => {
  const { origin, clone } = remoteShop()
  // What trees have in common is read once for all of them: what is tested is who comes when.
  const reader = sharingReader()
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count))
  const worlds = Array.from({ length: writers }, (_, who) => ({
    ...worldOf(clone(`writer-${who}`).dir),
    reader,
    random,
  }))
  const ids = worlds.map((_, who) => Array.from({ length: pushes }, (_, push) => `INC-${100 + who}-${push}`))
  await Promise.all(
    worlds.map(async (world, who) => {
      for (const id of ids[who] ?? []) await open(world, id)
    }),
  )
  const all = ids.flat().toSorted()
  const log = origin.git(['log', '--first-parent', '--format=%s', 'main']).split('\n')
  expect(log.filter((subject) => subject.startsWith('Open ')).toSorted()).toEqual(all.map((id) => `Open ${id}`))
  const files = origin.git(['ls-tree', '-r', '--name-only', 'main', 'records/incident']).split('\n')
  expect(files).toEqual(all.map(incidentFile))
  // Every push began where the one before it had ended.
  const moves = origin.git(['reflog', 'show', '--format=%H %P', 'main']).split('\n').toReversed()
  for (const [at, move] of moves.entries()) {
    const before = moves[at - 1]?.split(' ')[0]
    if (before !== undefined) expect(move.split(' ')[1]).toBe(before)
  }
  expect(moves.length).toBe(writers * pushes)
}, 600_000)
