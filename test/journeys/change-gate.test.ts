import { describe, expect, test } from 'vitest'
import { type ChangeGateOptions, changeGate } from '../../src/journeys/change-gate.ts'
import type { NewDecision } from '../../src/journeys/decided-as.ts'
import { worldOf } from '../support/approval-world.ts'
import { decisionFile, decisionsOf } from '../support/evidence.ts'
import { ledgerFiles, writeLedger } from '../support/ledger.ts'
import { instant } from '../support/life.ts'
import { clusterUpgradeFile } from '../support/normal-change.ts'
import type { TestRepo } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { webshop } from '../support/webshop.ts'

const id = 'CHG-20261112-W2TX'
const file = `records/change/2026/11/${id}.yaml`
const inWindow = '2026-12-08T06:00:00Z'
const upgrade = clusterUpgradeFile(id)
const met = { met: true, because: 'as it was', parts: [] }

interface Told {
  readonly code: number
  readonly verdict: string
  readonly because: string
  readonly doubts: readonly string[]
  readonly changes: readonly {
    readonly id: string
    readonly met: boolean
    readonly because: string
    readonly until: string | null
    readonly approvalDue: string | null
    readonly approvals:
      | readonly { readonly pullRequest: number; readonly by: readonly { readonly login: string }[] }[]
      | null
  }[]
}

async function asked(repo: TestRepo, options: Partial<Omit<ChangeGateOptions, 'at'>> & { readonly at?: string } = {}) {
  const { at = inWindow, ...rest } = options
  const target = {
    service: 'catalogue-search',
    environment: 'production',
    trustMainline: false,
    acceptEmergency: false,
  }
  const world = { ...worldOf(repo.dir), now: instant(at) }
  const { code, out } = await changeGate(world, { ...target, ...rest, at: instant(at) })
  const told: Omit<Told, 'code'> = JSON.parse(out)
  return { code, ...told } satisfies Told
}

/** What was decided on a commit of the mainline: as `gitsm record` works it out, but for what is told otherwise. */
type Decided = Partial<NewDecision> & { readonly on?: string; readonly by?: readonly string[] }

/** The ledger saw the mainline from its first commit on, and knows these decisions on the change. */
async function vouched(repo: TestRepo, ...decided: readonly Decided[]): Promise<void> {
  const commits = repo.git(['rev-list', '--first-parent', '--reverse', 'main']).split('\n')
  const [root = ''] = commits
  const tip = commits.at(-1) ?? ''
  const timeOf = (commit: string) => repo.git(['show', '--no-patch', '--format=%cI', commit])
  const seen = [root, ...(tip === root ? [] : [tip])].map((each) => ({ tip: each, at: timeOf(each) }))
  const git = { dir: repo.dir, env: worldOf(repo.dir).env }
  const files = []
  for (const { on = tip, by = ['dmitri', 'lena', 'grace'], ...more } of decided) {
    const made = await decisionsOf(git, { commit: on, number: 7, at: instant(timeOf(on)), by })
    const own = made.filter(({ subject }) => subject === `change/${id}`)
    files.push(...own.map((each) => decisionFile({ ...each, ...more })))
  }
  writeLedger(repo, [...ledgerFiles(seen), ...files])
}

/** The web shop with the upgrade of the search cluster on its mainline, as a commit of its own. */
function planned(text: string = upgrade): { readonly repo: TestRepo; readonly born: string } {
  const repo = webshop()
  return { repo, born: repo.commit({ at: '2026-11-13T09:00:00Z', by: 'fatima', write: { [file]: text } }) }
}

describe('the gate of deployments', () => {
  test('opens for an authorised change inside its window, and names who approved it and until when', async () => {
    const { repo } = planned()
    await vouched(repo, {})
    const told = await asked(repo)
    expect(told).toMatchObject({
      code: 0,
      verdict: 'pass',
      because: `${id} clears a deployment of catalogue-search in production`,
      changes: [
        {
          id,
          met: true,
          until: '2026-12-08T09:00:00Z',
          approvals: [{ pullRequest: 7, by: [{ login: 'dmitri' }, { login: 'lena' }, { login: 'grace' }] }],
        },
      ],
    })
  })

  test('stays shut where nobody can vouch for the approval, unless the mainline is trusted by name', async () => {
    const { repo } = planned()
    expect(await asked(repo)).toMatchObject({ code: 1, verdict: 'fail' })
    expect((await asked(repo)).because).toContain('no ledger can vouch that it was approved')
    expect(await asked(repo, { trustMainline: true })).toMatchObject({ code: 0, verdict: 'pass' })
  })

  test.each<[string, Decided, string]>([
    ['is about another change', { subject: 'change/CHG-20261112-OTHR' }, 'the ledger has no decision'],
    ['is about another commit', { commits: ['c'.repeat(40)] }, 'the ledger has no decision'],
    ['was not met', { by: ['dmitri'] }, 'the ledger has no decision'],
    ['was rejected', { outcome: 'rejected' }, 'the ledger has no decision'],
    ['came after the merge, where the policy has no such approval', { outcome: 'ratified' }, 'is not believed'],
    ['says that it was met, and its reviews do not', { by: ['dmitri'], verdict: met }, 'are not enough'],
    ['is of another record', { digests: { record: `sha256:${'0'.repeat(64)}` } }, 'its digest is not that'],
    ['rests on policies of another commit', { policyCommit: 'c'.repeat(40) }, 'which is not here'],
  ])('stays shut where the decision %s, also for who trusts the mainline', async (_, decided, because) => {
    const { repo } = planned()
    await vouched(repo, decided)
    const told = await asked(repo, { trustMainline: true })
    expect(told).toMatchObject({ code: 1, verdict: 'fail' })
    expect(told.because).toContain(because)
  })

  test('stays shut once a plan was edited on the mainline without approval', async () => {
    const { repo, born } = planned()
    const later = upgrade.replace('planned_end: 2026-12-08T09', 'planned_end: 2026-12-08T21')
    repo.commit({ at: '2026-11-14T09:00:00Z', by: 'fatima', write: { [file]: later } })
    await vouched(repo, { on: born })
    const told = await asked(repo)
    expect(told.code).toBe(1)
    expect(told.because).toContain('planned_end edited while scheduled')
  })

  test.each([
    ['asks for approval', undefined],
    ['asks nobody', 'planned_start, planned_end'],
  ])('stays shut once its window was moved while it was carried out, where the lifecycle %s', async (_, free) => {
    const { repo, born } = planned()
    const lifecycle = 'schemas/change/lifecycle.yaml'
    if (free !== undefined) {
      const text = shippedText(lifecycle).replaceAll(`${free}, `, '')
      repo.commit({ at: '2026-11-13T10:00:00Z', write: { [lifecycle]: text } })
    }
    const begun = `${upgrade.replace('state: scheduled', 'state: implement')}actual_start: 2026-12-08T05:10:00Z\n`
    repo.commit({ at: '2026-12-08T05:10:00Z', by: 'fatima', write: { [file]: begun } })
    const longer = begun.replace('planned_end: 2026-12-08T09', 'planned_end: 2026-12-08T21')
    repo.commit({ at: '2026-12-08T05:20:00Z', by: 'fatima', write: { [file]: longer } })
    await vouched(repo, { on: born })
    const told = await asked(repo)
    expect(told.code).toBe(1)
    expect(told.because).toContain('planned_end edited while implement')
  })

  test('opens for a change whose file was moved after it was approved', async () => {
    const { repo, born } = planned()
    const elsewhere = `records/change/${id}.yaml`
    repo.commit({ at: '2026-11-14T09:00:00Z', write: { [file]: null, [elsewhere]: upgrade } })
    await vouched(repo, { on: born })
    expect(await asked(repo)).toMatchObject({ code: 0, changes: [{ met: true }] })
  })

  test('opens for a change that a merge brought, and started since by a step that needs nobody', async () => {
    const repo = webshop()
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({ at: '2026-11-12T16:00:00Z', write: { [file]: upgrade.replace('state: scheduled', 'state: new') } })
    repo.commit({ at: '2026-11-12T17:00:00Z', write: { [file]: upgrade } })
    repo.git(['checkout', '--quiet', 'main'])
    repo.git(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'], '2026-11-13T09:00:00Z')
    const merge = repo.git(['rev-parse', 'HEAD'])
    const started = `${upgrade.replace('state: scheduled', 'state: implement')}actual_start: 2026-12-08T05:10:00Z\n`
    repo.commit({ at: '2026-12-08T05:10:00Z', write: { [file]: started } })
    await vouched(repo, { on: merge })
    expect(await asked(repo)).toMatchObject({ code: 0, changes: [{ met: true }] })
  })

  test.each([
    ['before its window', '2026-12-08T04:59:59Z', 'its window begins in 1 s, at 2026-12-08 05:00 UTC'],
    ['at the second that ends it', '2026-12-08T09:00:00Z', 'its window ended 0 s ago, at 2026-12-08 09:00 UTC'],
  ])('stays shut %s', async (_, at, because) => {
    const { repo } = planned()
    await vouched(repo, {})
    const told = await asked(repo, { at })
    expect(told).toMatchObject({ code: 1, changes: [{ because }] })
  })

  test('opens at the second at which the window begins', async () => {
    const { repo } = planned()
    await vouched(repo, {})
    expect(await asked(repo, { at: '2026-12-08T05:00:00Z' })).toMatchObject({ code: 0 })
  })

  const freeze = (more = '') =>
    `id: stop-2026\ntitle: Stop\nkind: freeze\nowner: operations\nfrom: 2026-12-08T07:00:00Z\nto: 2026-12-08T08:00:00Z\napplies_to: { services: [catalogue-search] }\n${more}`
  const waiver = (approver: string) =>
    `waivers:\n  - { conflict: ci_in_blackout, with: stop-2026, approver: ${approver}, reason: The board agreed, expires: 2026-12-09 }\n`

  test.each([
    ['in a freeze that came later', '2026-12-08T07:30:00Z', '', 1],
    ['in a freeze that somebody waived who may', '2026-12-08T07:30:00Z', waiver('carla'), 0],
    ['in a freeze that the implementer waived', '2026-12-08T07:30:00Z', waiver('fatima'), 1],
    ['before the freeze', '2026-12-08T06:59:59Z', '', 0],
    ['after the freeze', '2026-12-08T08:00:00Z', '', 0],
  ])('%s (%s)', async (_, at, waived, code) => {
    const { repo, born } = planned(upgrade + waived)
    repo.commit({ at: '2026-12-01T09:00:00Z', write: { 'records/window/stop-2026.yaml': freeze() } })
    await vouched(repo, { on: born })
    expect(await asked(repo, { at })).toMatchObject({ code })
  })

  test('says that it opens only until the next freeze', async () => {
    const { repo, born } = planned()
    repo.commit({ at: '2026-12-01T09:00:00Z', write: { 'records/window/stop-2026.yaml': freeze() } })
    await vouched(repo, { on: born })
    expect(await asked(repo)).toMatchObject({ code: 0, changes: [{ until: '2026-12-08T07:00:00Z' }] })
  })

  test('stays shut for everything while a window cannot be read: it may be a freeze', async () => {
    const { repo, born } = planned()
    repo.commit({ at: '2026-12-01T09:00:00Z', write: { 'records/window/stop-2026.yaml': 'id: stop-2026\nkind: [\n' } })
    await vouched(repo, { on: born })
    expect(await asked(repo)).toMatchObject({
      code: 1,
      doubts: ['window/stop-2026 cannot be read (gitsm validate tells why)'],
    })
  })

  test.each([
    ['on hold', `${upgrade}on_hold: { reason: The vendor recalled it }\n`, 'it is on hold: The vendor recalled it'],
    [
      'only being assessed',
      upgrade.replace('state: scheduled', 'state: assess'),
      'it is assess, where nothing may begin',
    ],
    [
      'over',
      `${upgrade.replace('state: scheduled', 'state: implement')}actual_start: 2026-12-08T05:10:00Z\nactual_end: 2026-12-08T05:40:00Z\n`,
      'it was over at 2026-12-08 05:40 UTC',
    ],
    ['about an item that does not exist', upgrade.replace('search-3]', 'search-9]'), 'search-9 does not exist'],
  ])('stays shut for a change that is %s', async (_, text, because) => {
    const { repo } = planned(text)
    await vouched(repo, {})
    const told = await asked(repo)
    expect(told.code).toBe(1)
    expect(told.changes[0]?.because).toContain(because)
  })

  test('does not take a change of one environment, or of another service, for another', async () => {
    const { repo } = planned()
    await vouched(repo, {})
    const staging = await asked(repo, { environment: 'staging' })
    expect(staging).toMatchObject({
      code: 1,
      because: 'no open change is about catalogue-search in staging',
      changes: [],
    })
    expect(await asked(repo, { service: 'newsletter' })).toMatchObject({ code: 1, changes: [] })
    await expect(asked(repo, { service: 'newsletter', change: id })).rejects.toMatchObject({
      message: `${id} is not about newsletter`,
      code: 1,
    })
  })

  test('does not look at a branch that is checked out, only at the mainline', async () => {
    const repo = webshop()
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    repo.commit({ at: '2026-11-13T09:00:00Z', write: { [file]: upgrade } })
    expect(await asked(repo, { trustMainline: true })).toMatchObject({ code: 1, changes: [] })
  })

  test('refuses names that nobody has, with what was meant', async () => {
    const { repo } = planned()
    await expect(asked(repo, { service: 'catalog-search' })).rejects.toMatchObject({
      code: 2,
      cure: 'Did you mean catalogue-search?',
    })
    await expect(asked(repo, { environment: 'prod' })).rejects.toMatchObject({ code: 2 })
  })

  test('stays shut while the ledger contradicts the mainline or was tampered with', async () => {
    const { repo } = planned()
    await vouched(repo, {})
    repo.git(['checkout', '--quiet', 'gitsm-ledger'])
    repo.commit({ at: '2026-12-01T00:00:00Z', write: { 'entries/0000/00/00000001.json': null } })
    repo.git(['checkout', '--quiet', 'main'])
    const told = await asked(repo)
    expect(told).toMatchObject({ code: 1, verdict: 'fail' })
    expect(told.doubts.join()).toContain('the ledger was changed')
  })

  test('stays shut where this clone lacks what the ledger saw: a freeze may have been declared since', async () => {
    const { repo, born } = planned()
    repo.commit({ at: '2026-12-01T09:00:00Z', write: { 'records/window/stop-2026.yaml': freeze() } })
    await vouched(repo, { on: born })
    repo.git(['update-ref', 'refs/heads/main', born])
    expect(await asked(repo)).toMatchObject({
      code: 1,
      doubts: [expect.stringContaining('fetch it, or it was rewritten')],
    })
  })

  test('reads another repository by its address, and leaves nothing behind', async () => {
    const { repo } = planned()
    await vouched(repo, {})
    const elsewhere = webshop()
    const told = await asked(elsewhere, { repo: `file://${repo.dir}` })
    expect(told).toMatchObject({ code: 0, verdict: 'pass' })
    await expect(asked(elsewhere, { repo: 'ext::sh -c touch' })).rejects.toMatchObject({ code: 3 })
    await expect(asked(elsewhere, { repo: `file://${repo.dir}/nowhere` })).rejects.toMatchObject({ code: 4 })
  })
})

const restart = `# yaml-language-server: $schema=../../../../schemas/change/schema.json
id: ${id}
title: Restart web-2
state: scheduled
change_type: standard
model: restart-web-server
parameters: { server: web-2 }
cis: [web-2]
requester: fatima
implementer: fatima
team: platform
opened_at: 2026-11-12T15:00:00Z
reason: It holds on to its memory
risk: high
outage: false
planned_start: 2026-12-08T05:30:00Z
planned_end: 2026-12-08T06:00:00Z
`

describe('standard and emergency changes at the gate', () => {
  const at = '2026-12-08T05:45:00Z'

  test('a standard change passes by its model, without anybody approving it', async () => {
    const { repo } = planned(restart)
    await vouched(repo)
    expect(await asked(repo, { service: 'webshop', at })).toMatchObject({
      code: 0,
      changes: [{ met: true, approvals: [] }],
    })
  })

  test.each([
    ['touches more', restart.replace('cis: [web-2]', 'cis: [web-2, web-1]'), 'restart-web-server'],
    ['takes longer', restart.replace('T06:00', 'T07:00'), 'restart-web-server'],
    ['names no model', restart.replace('model: restart-web-server\n', ''), 'it is scheduled, but lacks model'],
    ['uses another value', restart.replaceAll('web-2', 'web-4'), 'web-4'],
  ])('one that %s than its model says does not, also where it got onto the mainline', async (_, text, because) => {
    const { repo } = planned(text)
    await vouched(repo)
    const told = await asked(repo, { service: 'webshop', at })
    expect(told.code).toBe(1)
    expect(told.changes[0]?.because).toContain(because)
  })

  test('nor does one whose model has retired since', async () => {
    const { repo } = planned(restart)
    const model = 'records/change-model/restart-web-server.yaml'
    const text = repo.git(['show', `main:${model}`]).replace('state: published', 'state: retired')
    repo.commit({ at: '2026-12-01T00:00:00Z', write: { [model]: `${text}\n` } })
    await vouched(repo)
    const told = await asked(repo, { service: 'webshop', at })
    expect(told.changes[0]?.because).toContain('its model restart-web-server may not be followed: it is retired')
  })

  const emergency = `${restart
    .replace(
      'change_type: standard\nmodel: restart-web-server\nparameters: { server: web-2 }',
      'change_type: emergency',
    )
    .replace('state: scheduled', 'state: implement')}actual_start: 2026-12-08T05:30:00Z
description: The server answers nothing
implementation_plan: Restart it
backout_plan: Leave it out of the pool
`

  const underWay = (text: string = emergency): TestRepo => {
    const repo = webshop()
    repo.commit({ at: '2026-12-08T05:31:00Z', by: 'fatima', write: { [file]: text } })
    return repo
  }
  const longer = emergency.replace('planned_end: 2026-12-08', 'planned_end: 2026-12-18')

  test('an emergency that nobody has approved yet does not pass, also where the mainline is trusted', async () => {
    const repo = underWay()
    await vouched(repo)
    for (const trustMainline of [false, true]) {
      const told = await asked(repo, { service: 'webshop', at, trustMainline })
      expect(told).toMatchObject({ code: 1, changes: [{ met: false, approvalDue: '2026-12-10T05:31:00Z' }] })
      expect(told.because).toContain('which may follow until 2026-12-10 05:31 UTC and is not there yet')
    }
  })

  test('it passes where that is accepted, until its window ends', async () => {
    const repo = underWay()
    await vouched(repo)
    expect(await asked(repo, { service: 'webshop', at, acceptEmergency: true })).toMatchObject({
      code: 0,
      changes: [{ until: '2026-12-08T06:00:00Z', approvalDue: '2026-12-10T05:31:00Z' }],
    })
  })

  test('or until its approval is due, where that comes first, and no longer', async () => {
    const repo = underWay(longer)
    await vouched(repo)
    const accepted = { service: 'webshop', acceptEmergency: true }
    expect(await asked(repo, { ...accepted, at })).toMatchObject({
      code: 0,
      changes: [{ until: '2026-12-10T05:31:00Z', approvalDue: '2026-12-10T05:31:00Z' }],
    })
    const told = await asked(repo, { ...accepted, at: '2026-12-10T05:31:01Z' })
    expect(told.code).toBe(1)
    expect(told.because).toContain('which was due by 2026-12-10 05:31 UTC')
  })

  test('a date in the future buys an emergency no time', async () => {
    const repo = webshop()
    repo.commit({ at: '2026-12-20T05:31:00Z', by: 'fatima', write: { [file]: emergency } })
    expect(await asked(repo, { service: 'webshop', at, acceptEmergency: true })).toMatchObject({ code: 1 })
  })
})
