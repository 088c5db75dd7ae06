import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Landing, landOnMainline } from '../../src/journeys/land.ts'
import { worldOf } from '../support/approval-world.ts'
import { remoteShop } from '../support/remote-shop.ts'
import type { TestRepo } from '../support/repo.ts'
import { incident, incidentFile } from '../support/webshop.ts'

const id = 'INC-20260302-AAAA'

/** A landing of one file. */
function writing(path: string, text: string, more: Partial<Landing<string>> = {}): Landing<string> {
  return {
    remote: 'origin',
    lane: 'direct',
    make: async () => ({ files: [{ path, text }], message: `Write ${path}`, made: path }),
    ...more,
  }
}

/** Somebody else writes to the mainline of the remote. */
function overtake(other: TestRepo, name: string): void {
  other.git(['pull', '--quiet'])
  other.commit({ at: '2026-03-02T09:30:00Z', write: { [`notes/${name}`]: name } })
  other.git(['push', '--quiet', 'origin', 'main'])
}

const team = 'id: night-shift\ntitle: Night shift\nmembers: [{ login: ada }]\n'

describe('landing a change on the mainline of a remote', () => {
  test('commits on the tip, as the person of the clone, and touches neither working tree nor index', async () => {
    const { origin, clone } = remoteShop()
    const repo = clone('ada')
    overtake(clone('bob'), 'first')
    writeFileSync(join(repo.dir, 'gitsm.yaml'), 'version: broken')
    const landed = await landOnMainline(worldOf(repo.dir), writing(incidentFile(id), incident(id, 'new')))
    expect(landed).toMatchObject({ kind: 'landed', branch: 'main', remote: 'origin' })
    expect(origin.git(['log', '-3', '--format=%an <%ae> %s', 'main']).split('\n')).toEqual([
      `ada <ada@example.invalid> Write ${incidentFile(id)}`,
      'ada <ada@example.invalid> change',
      'ada <ada@example.invalid> Set up the repository',
    ])
    expect(repo.git(['status', '--porcelain'])).toBe('M gitsm.yaml')
  })

  test('makes the change anew where somebody was faster', async () => {
    const { origin, clone } = remoteShop()
    const [repo, other] = [clone('ada'), clone('bob')]
    const seen: string[] = []
    const landed = await landOnMainline(
      worldOf(repo.dir),
      writing(incidentFile(id), incident(id, 'new'), {
        make: async (tip, round) => {
          seen.push(tip.commit)
          if (round < 3) overtake(other, `${round}`)
          return { files: [{ path: incidentFile(id), text: incident(id, 'new') }], message: 'Open', made: '' }
        },
      }),
    )
    expect(landed.kind).toBe('landed')
    expect(new Set(seen).size).toBe(3)
    expect(origin.git(['log', '--format=%s', 'main']).split('\n')).toEqual([
      'Open',
      'change',
      'change',
      'Set up the repository',
    ])
  })

  test('gives up after five rounds, and wrote nothing', async () => {
    const { origin, clone } = remoteShop()
    const [repo, other] = [clone('ada'), clone('bob')]
    const landing = writing('', '', {
      make: async (_tip, round) => {
        overtake(other, `${round}`)
        return { files: [{ path: incidentFile(id), text: incident(id, 'new') }], message: 'Open', made: '' }
      },
    })
    await expect(landOnMainline(worldOf(repo.dir), landing)).rejects.toMatchObject({ code: 4 })
    expect(origin.git(['ls-tree', '-r', '--name-only', 'main', 'records/incident'])).toBe('')
  })

  test('refuses what the gate would refuse', async () => {
    const { origin, clone } = remoteShop()
    const before = origin.git(['rev-parse', 'main'])
    const landed = await landOnMainline(worldOf(clone('ada').dir), writing(incidentFile(id), incident(id, 'on_hold')))
    expect(landed.kind).toBe('refused')
    expect(landed.kind === 'refused' && landed.found.diagnostics.map(({ rule }) => rule)).toContain('birth-allowed')
    expect(origin.git(['rev-parse', 'main'])).toBe(before)
  })

  test('what was wrong before keeps nobody from working, and is not made worse', async () => {
    const { clone } = remoteShop({
      at: '2026-03-02T09:00:00Z',
      write: { [incidentFile('INC-BROKEN')]: incident('INC-BROKEN', 'on_hold') },
    })
    const world = worldOf(clone('ada').dir)
    const landed = await landOnMainline(world, writing(incidentFile(id), incident(id, 'new')))
    expect(landed.kind).toBe('landed')
    const other = await landOnMainline(world, writing(incidentFile('INC-7'), incident('INC-7', 'on_hold')))
    expect(other.kind === 'refused' && new Set(other.found.diagnostics.map(({ place }) => place.file))).toEqual(
      new Set([incidentFile('INC-7')]),
    )
  })

  test.each([
    ['what needs an approval', `records/team/night-shift.yaml`, team, 'needs approval (added)'],
    [
      'a type whose policy opens no direct lane',
      'records/team/night-shift.yaml',
      team,
      'team-membership opens no direct lane',
    ],
  ])('refuses %s, and says why', async (_what, path, text, because) => {
    const { origin, clone } = remoteShop()
    const before = origin.git(['rev-parse', 'main'])
    const landed = await landOnMainline(worldOf(clone('ada').dir), writing(path, text))
    expect(landed.kind).toBe('unapproved')
    expect(landed.kind === 'unapproved' && landed.because.join('\n')).toContain(because)
    expect(origin.git(['rev-parse', 'main'])).toBe(before)
  })

  test('takes the way of a branch where that is wanted, and each time another one', async () => {
    const { origin, clone } = remoteShop()
    const world = worldOf(clone('ada').dir)
    const landing = writing('records/team/night-shift.yaml', team, { lane: 'either' })
    const branches: string[] = []
    for (const seconds of [0, 1]) {
      const landed = await landOnMainline({ ...world, now: world.now + seconds }, landing)
      branches.push(landed.kind === 'proposed' ? landed.branch : landed.kind)
    }
    expect(branches).toEqual(['gitsm/night-shift', 'gitsm/night-shift-2'])
    expect(origin.git(['log', '-1', '--format=%s', 'gitsm/night-shift-2'])).toBe('Write records/team/night-shift.yaml')
  })

  test('does nothing where nothing is to be done', async () => {
    const { clone } = remoteShop()
    const landing = writing('', '', { make: async () => ({ files: [], message: '', made: 'all is well' }) })
    expect(await landOnMainline(worldOf(clone('ada').dir), landing)).toMatchObject({
      kind: 'nothing',
      made: 'all is well',
    })
  })

  test('an unreachable remote, an unknown one and a branch that is not there are faults', async () => {
    const { clone } = remoteShop()
    const repo = clone('ada')
    const world = worldOf(repo.dir)
    const landing = writing(incidentFile(id), incident(id, 'new'))
    await expect(landOnMainline(world, { ...landing, remote: 'upstream' })).rejects.toMatchObject({ code: 2 })
    await expect(landOnMainline(world, { ...landing, branch: 'trunk' })).rejects.toMatchObject({ code: 2 })
    repo.git(['remote', 'set-url', 'origin', 'https://ada:secret@127.0.0.1:1/shop.git'])
    const fault = await landOnMainline(world, landing).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 4 })
    expect(String(fault)).not.toContain('secret')
  })
})
