import { expect, test } from 'vitest'
import { record } from '../../src/journeys/record.ts'
import { verify } from '../../src/journeys/verify.ts'
import { type GatedShop, gatedShop } from '../support/gated-shop.ts'
import { clusterUpgradeFile } from '../support/normal-change.ts'
import { shippedText } from '../support/shipped.ts'
import { incident } from '../support/webshop.ts'

// From a pull request through the gate to the merge, the evidence of it, and what an auditor finds offline.

const now = '2026-11-21T12:00:00Z'
const file = (id: string): string => `records/change/2026/11/${id}.yaml`

/** A shop whose ledger has begun. */
async function begun(): Promise<GatedShop> {
  const shop = await gatedShop({ now })
  await recorded(shop)
  return shop
}

interface Decided {
  readonly subject: string
  readonly outcome: string
  readonly met: boolean
  readonly reviews: readonly { readonly login: string }[]
}

/** What `record` wrote of the pull requests that ended: each subject, how it ended, whether it was met, and by whom. */
async function recorded({ clone, world }: GatedShop): Promise<readonly string[]> {
  clone.git(['pull', '--quiet', '--ff-only', 'origin', 'main'])
  const { out } = await record(world, { push: 'origin' })
  const { decisions }: { readonly decisions: readonly Decided[] } = JSON.parse(out)
  return decisions.map(({ subject, outcome, met, reviews }) =>
    [subject, outcome, met ? 'met' : 'unmet', ...reviews.map(({ login }) => login)].join(' '),
  )
}

/** What an auditor finds: the rules that were not kept and by what, and who is known to have authorised what. */
async function verified({ world }: GatedShop): Promise<{ findings: readonly string[]; authorised: readonly string[] }> {
  const { out } = await verify({ ...world, env: { PATH: world.env['PATH'], HOME: world.env['HOME'] } }, {})
  const told: {
    readonly findings: readonly { readonly rule: string; readonly id: string }[]
    readonly authorised?: readonly { readonly id: string; readonly by: readonly string[] }[]
  } = JSON.parse(out)
  return {
    findings: told.findings.map(({ rule, id }) => `${rule} ${id}`),
    authorised: (told.authorised ?? []).map(({ id, by }) => [id, ...by].join(' ')),
  }
}

test('a standard change is merged by its model, which is written down as the decision that it is', async () => {
  const shop = await begun()
  const id = 'CHG-20261121-R0WX'
  shop.github.push({ branch: 'restart', by: 'bob', files: { [file(id)]: shippedText(file(id)) } })
  const pull = await shop.github.open({ branch: 'restart', by: 'bob' })
  expect(await shop.gate()).toMatchObject({ code: 0, rows: [{ pulls: [pull], verdict: 'pass' }] })
  shop.github.merge(pull, { by: 'bob' })
  expect(await recorded(shop)).toEqual([`change/${id} merged met`])
  expect(await verified(shop)).toEqual({ findings: [], authorised: [id] })
})

test('a change of a policy is decided by the board that governs, written down, and found again offline', async () => {
  const shop = await begun()
  const policy = 'records/policy/change-authorisation.yaml'
  const text = shippedText(policy).replace('retroactive: PT48H', 'retroactive: PT24H')
  shop.github.push({ branch: 'stricter', by: 'kate', files: { [policy]: text } })
  const pull = await shop.github.open({ branch: 'stricter', by: 'kate' })
  expect(await shop.gate()).toMatchObject({ code: 1, rows: [{ verdict: 'pending' }] })
  for (const by of ['fatima', 'mallory', 'hugo']) shop.github.review(pull, { by })
  expect(await shop.gate()).toMatchObject({ code: 0, rows: [{ verdict: 'pass' }] })
  shop.github.merge(pull, { by: 'kate' })
  expect(await recorded(shop)).toEqual(['policy/change-authorisation merged met fatima hugo'])
  expect(await verified(shop)).toEqual({ findings: [], authorised: ['change-authorisation fatima hugo'] })
})

test('a change of a policy that was merged past the gate is written down as unapproved, and found', async () => {
  const shop = await begun()
  const policy = 'records/policy/change-authorisation.yaml'
  const text = shippedText(policy).replace('retroactive: PT48H', 'retroactive: PT480H')
  shop.github.push({ branch: 'laxer', by: 'kate', files: { [policy]: text } })
  const pull = await shop.github.open({ branch: 'laxer', by: 'kate' })
  shop.github.review(pull, { by: 'fatima' })
  shop.github.merge(pull, { by: 'kate' })
  expect(await recorded(shop)).toEqual(['policy/change-authorisation merged unmet fatima'])
  expect(await verified(shop)).toEqual({ findings: ['approval-given change-authorisation'], authorised: [] })
})

test('a change from a fork is approved, merged and written down like any other', async () => {
  const shop = await begun()
  shop.github.push({ branch: 'theirs', by: 'mallory', files: { [file('CHG-1')]: clusterUpgradeFile('CHG-1') } })
  const pull = await shop.github.open({ branch: 'theirs', by: 'mallory', fork: 'mallory/ops' })
  expect(await shop.gate()).toMatchObject({ code: 1, rows: [{ pulls: [pull], verdict: 'pending' }] })
  for (const by of ['erik', 'dmitri', 'lena']) shop.github.review(pull, { by })
  expect(await shop.gate()).toMatchObject({ code: 0, rows: [{ verdict: 'pass' }] })
  shop.github.merge(pull, { by: 'lena' })
  expect(await recorded(shop)).toEqual(['change/CHG-1 merged met erik dmitri lena'])
  expect(await verified(shop)).toEqual({ findings: [], authorised: ['CHG-1 erik dmitri lena'] })
})

test('what the merge queue merged is written down for each pull request, as it was judged in the queue', async () => {
  const shop = await begun()
  const { github } = shop
  const first = 'records/incident/2026/11/INC-7.yaml'
  const text = incident('INC-7', 'new', { opened_at: '2026-11-21T11:00:00Z' })
  github.push({ branch: 'mail', by: 'kate', files: { [first]: text } })
  const mail = await github.open({ branch: 'mail', by: 'kate' })
  github.push({ branch: 'upgrade', by: 'grace', files: { [file('CHG-1')]: clusterUpgradeFile('CHG-1') } })
  const upgrade = await github.open({ branch: 'upgrade', by: 'grace' })
  for (const by of ['erik', 'dmitri', 'lena']) github.review(upgrade, { by })
  expect(await shop.gate()).toMatchObject({ code: 0, rows: [{ verdict: 'pass' }, { verdict: 'pass' }] })

  const queue = github.enqueue(mail, upgrade)
  const last = queue.at(-1)?.commit ?? ''
  expect(await shop.gate({ mergeGroup: last })).toMatchObject({
    code: 0,
    rows: [{ pulls: [mail, upgrade], verdict: 'pass', title: `All of #${mail}, #${upgrade} may be merged` }],
  })
  expect(shop.standing(last)).toMatchObject({ conclusion: 'success' })
  github.landQueue(queue)
  expect(await recorded(shop)).toEqual(['change/CHG-1 merged met erik dmitri lena'])
  expect(await verified(shop)).toEqual({ findings: [], authorised: ['CHG-1 erik dmitri lena'] })
})
