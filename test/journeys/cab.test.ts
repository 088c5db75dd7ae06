import { describe, expect, test } from 'vitest'
import { type CabOptions, cab } from '../../src/journeys/cab.ts'
import { worldOf } from '../support/approval-world.ts'
import { decisionFile, decisionsOf } from '../support/evidence.ts'
import { gatedShop } from '../support/gated-shop.ts'
import { connectionTo } from '../support/github/connected.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { instant } from '../support/life.ts'
import { clusterUpgradeFile } from '../support/normal-change.ts'
import { webshop } from '../support/webshop.ts'

const id = 'CHG-20261112-W2TX'
const file = `records/change/2026/11/${id}.yaml`
const upgrade = clusterUpgradeFile(id)
const options: CabOptions = { minutes: false, pulls: 'none' }

describe('gitsm cab', () => {
  test('draws up the agenda of the coming week by what the mainline has, whatever is checked out', async () => {
    const repo = webshop({
      at: '2026-11-13T09:00:00Z',
      write: { [file]: upgrade.replace('state: scheduled', 'state: assess') },
    })
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({ at: '2026-11-14T09:00:00Z', write: { [file]: null } })
    const world = { ...worldOf(repo.dir), now: instant('2026-12-01T12:00:00Z') }
    const { code, out } = await cab(world, options)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      week: '2026-W50',
      from: '2026-12-06T23:00:00Z',
      withoutPulls: 'GitHub was not asked (--no-pulls)',
      items: [{ id, place: 1, window: { inWeek: true }, approvals: [{ met: false }] }],
    })
  })

  test('writes pages by the templates of the repository', async () => {
    const repo = webshop({
      at: '2026-11-13T09:00:00Z',
      write: { 'templates/reports/cab-agenda.md.hbs': '# Our board in {{md week.id}}\n' },
    })
    const world = { ...worldOf(repo.dir), format: 'markdown' as const }
    expect((await cab(world, { ...options, week: '2026-W48' })).out).toBe('# Our board in 2026-W48\n')
    expect((await cab(world, { ...options, week: '2026-W48', minutes: true })).out).toContain(
      '# Minutes of the change advisory board, week 48 of 2026',
    )
  })

  test('refuses what is no week', async () => {
    const repo = webshop()
    for (const week of ['2026-11', '2026-W54', 'next']) {
      await expect(cab(worldOf(repo.dir), { ...options, week })).rejects.toMatchObject({
        code: 2,
        cure: 'Write the ISO week as 2026-W48',
      })
    }
  })

  test('names an emergency that is carried out and not approved yet, and when that is due', async () => {
    const emergency = upgrade
      .replace('change_type: normal', 'change_type: emergency')
      .replace('state: scheduled', 'state: implement')
    const repo = webshop()
    repo.commit({ at: '2026-12-08T05:00:00Z', write: { [file]: `${emergency}actual_start: 2026-12-08T05:00:00Z\n` } })
    const at = (text: string) => ({ ...worldOf(repo.dir), now: instant(text) })
    const told = async (text: string) => JSON.parse((await cab(at(text), options)).out).ratifications
    expect(await told('2026-12-09T00:00:00Z')).toMatchObject([{ id, until: '2026-12-10T05:00:00Z' }])
    expect(await told('2026-12-12T00:00:00Z')).toMatchObject([{ id, until: null }])
  })

  test('tells in the minutes what the ledger says was decided in the week', async () => {
    const repo = webshop()
    const born = repo.commit({ at: '2026-11-13T09:00:00Z', write: { [file]: upgrade } })
    const git = { dir: repo.dir, env: worldOf(repo.dir).env }
    const at = instant('2026-11-13T09:00:00Z')
    const made = await decisionsOf(git, { commit: born, number: 12, at, by: ['dmitri', 'lena', 'grace'] })
    writeLedger(repo, [...ledgerFiles([{ tip: born, at: '2026-11-13T09:00:00Z' }]), ...made.map(decisionFile)])
    const told = async (week: string) =>
      JSON.parse((await cab(worldOf(repo.dir), { ...options, week, minutes: true })).out)
    expect(await told('2026-W46')).toMatchObject({
      ledger: 'gitsm-ledger',
      present: ['dmitri', 'grace', 'lena'],
      decisions: [{ id, outcome: 'merged', pullRequest: 12, met: true, title: 'Upgrade the search cluster' }],
    })
    expect(await told('2026-W47')).toMatchObject({ decisions: [], present: [] })
  })
})

describe('gitsm cab with pull requests', () => {
  test('puts what they propose on the agenda, with the approvals given and missing', { timeout: 60_000 }, async () => {
    const { github, world } = await gatedShop()
    const connect = () => connectionTo(github)
    github.push({ branch: 'upgrade', by: 'grace', files: { [file]: upgrade } })
    const number = await github.open({ branch: 'upgrade', by: 'grace', title: 'Upgrade <b>the</b> cluster' })
    github.push({ branch: 'words', by: 'grace', files: { 'notes.md': 'Nothing of interest' } })
    await github.open({ branch: 'words', by: 'grace', title: 'Words' })
    github.review(number, { by: 'dmitri', body: 'Fine by me, @everybody' })
    const asked = { ...options, pulls: 'wanted' as const }
    const agenda = JSON.parse((await cab(world, asked, connect)).out)
    expect(agenda).toMatchObject({
      withoutPulls: null,
      items: [{ id, pull: { number, author: 'grace' }, state: 'scheduled', approvals: [{ met: false }] }],
    })
    expect(agenda.items[0].approvals[0].because).toContain('lena')

    github.review(number, { by: 'lena' })
    const minutes = JSON.parse((await cab(world, { ...asked, minutes: true, week: '2026-W11' }, connect)).out)
    expect(minutes).toMatchObject({
      present: ['dmitri', 'lena'],
      remarks: [
        { pullRequest: number, login: 'dmitri', state: 'APPROVED', body: 'Fine by me, @everybody' },
        { login: 'lena', state: 'APPROVED', body: '' },
      ],
    })
  })

  test('says that it does not know of them where GitHub is down, and fails where they are wanted', async () => {
    const { github, world } = await gatedShop()
    const connect = () => connectionTo(github)
    github.faults.add({ kind: '503', times: 1000 })
    const agenda = JSON.parse((await cab(world, { ...options, pulls: 'if_any' }, connect)).out)
    expect(agenda.withoutPulls).toContain('503')
    await expect(cab(world, { ...options, pulls: 'wanted' }, connect)).rejects.toMatchObject({ code: 4 })
  })
})
