import { describe, expect, test } from 'vitest'
import { gate } from '../../src/journeys/gate.ts'
import { type GatedShop, gatedShop } from '../support/gated-shop.ts'
import { connectionTo } from '../support/github/connected.ts'
import { faultCases } from '../support/github/fault-cases.ts'
import { shippedFiles, shippedText } from '../support/shipped.ts'

/** Teams, policies and calendars of the web shop, without what else it records, so that judging takes no time. */
const few = {
  at: '2026-01-02T00:00:00Z',
  write: Object.fromEntries(
    shippedFiles
      .filter(({ path }) => /^(records\/(?!team|policy|calendar)|templates)/.test(path))
      .map(({ path }) => [path, null]),
  ),
}
const file = 'records/team/cab.yaml'
const edited = { [file]: shippedText(file).replace(/title: .*/, 'title: Change board') }

/** A pull request that everybody approved who must, and whose veto, where there is one, makes it fail. */
async function reviewed(vetoed: boolean): Promise<GatedShop> {
  const shop = await gatedShop({}, few)
  shop.github.push({ branch: 'title', by: 'kate', files: edited })
  await shop.github.open({ branch: 'title', by: 'kate' })
  for (const by of ['fatima', 'hugo', 'lena']) shop.github.review(1, { by })
  if (vetoed) shop.github.review(1, { by: 'lena', state: 'CHANGES_REQUESTED' })
  return shop
}

/** Runs the sweep; a fault that ends it as a whole is what a person would see of it. */
async function sweep({ world, github }: GatedShop, limit?: number): Promise<{ code: number; out: string }> {
  const connect = () => connectionTo(github, [], limit)
  return gate(world, { pulls: [], failOn: 'findings' }, connect).catch((fault: unknown) => {
    const { code, message, cure } = Object(fault)
    return { code: Number(code), out: `${message} ${cure}` }
  })
}

/** Everything that the gate wrote on GitHub is taken away again. */
async function wipe({ github }: GatedShop): Promise<void> {
  github.faults.clear()
  github.forgetChecks()
  for (const { id } of await github.comments(1)) await github.deleteComment(id)
}

async function written({
  github,
  standing,
}: GatedShop): Promise<{ check: string | null | undefined; comments: number }> {
  const comments = (await github.comments(1)).filter(({ body }) => body.startsWith('<!-- gitsm:gate -->')).length
  return { check: standing(github.pull(1).head)?.conclusion, comments }
}

describe.each([
  ['was vetoed', true, 1, null],
  ['was approved', false, 0, 'success'],
] as const)('a pull request that %s', (_, vetoed, code, conclusion) => {
  test('is judged right or not at all, whatever goes wrong on any route that the gate asks', {
    timeout: 900_000,
  }, async () => {
    const shop = await reviewed(vetoed)
    const { github } = shop
    const healthy = await sweep(shop)
    const right = await written(shop)
    expect([healthy.code, right.comments]).toEqual([code, 1])
    expect(right.check === 'success').toBe(conclusion === 'success')
    const routes = [...new Set(github.requests.map(({ route }) => route))]
    expect(routes.length).toBeGreaterThan(10)

    for (const { route, kind, times, label } of faultCases(routes, 11)) {
      await wipe(shop)
      github.faults.add({ route, kind, times })
      const before = github.requests.length
      const told = await sweep(shop, kind === 'hang' ? 150 : undefined)
      const found = await written(shop)
      // A list that lags behind lacks it: then nothing is judged, nothing is green, and the next sweep judges it.
      if (kind === 'stale first read' && route.endsWith('/pulls') && told.out.includes('"results": []')) {
        expect([label, told.code, found]).toEqual([label, 0, { check: undefined, comments: 0 }])
        github.faults.clear()
        await sweep(shop)
        expect([label, await written(shop)]).toEqual([label, right])
        continue
      }
      // The right answer, or exit code 4: never a pass that is none, nothing twice, the token nowhere.
      expect([[code, 4].includes(told.code), label, told.out]).toEqual([true, label, told.out])
      const isTold = told.out.includes('The check run was not written')
      if (told.code === code && !isTold) expect([label, found.check]).toEqual([label, right.check])
      if (vetoed) expect([label, found.check]).not.toEqual([label, 'success'])
      expect([label, Math.min(found.comments, 2)]).not.toEqual([label, 2])
      expect(told.out).not.toContain(github.token)
      expect(github.requests.length - before, label).toBeLessThan(80)
      if (route.startsWith('GET')) continue
      // All is well again, and the next sweep puts everything right.
      github.faults.clear()
      await sweep(shop)
      expect([label, await written(shop)]).toEqual([label, right])
    }
  })
})
