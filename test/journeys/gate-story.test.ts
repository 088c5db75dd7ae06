import { describe, expect, test } from 'vitest'
import { gatedShop } from '../support/gated-shop.ts'
import type { Logged } from '../support/github/server.ts'
import { clusterUpgradeFile } from '../support/normal-change.ts'

const file = 'records/change/2026/03/CHG-1.yaml'

describe('a normal change goes through the gate', () => {
  test('from refused to approved, back when somebody pushes, and approved again', { timeout: 60_000 }, async () => {
    const shop = await gatedShop()
    const { github } = shop
    const upgrade = clusterUpgradeFile('CHG-1')
    const wrong = upgrade.replace(/backout_plan: .*\n/, '')

    // Raised without a plan to go back: refused, and nobody is bothered with it yet.
    const first = github.push({ branch: 'upgrade', by: 'grace', files: { [file]: wrong } })
    const number = await github.open({ branch: 'upgrade', by: 'grace', title: 'Upgrade the search cluster' })
    const refused = await shop.gate()
    expect(refused).toMatchObject({
      code: 1,
      rows: [{ pulls: [number], verdict: 'fail', check: 'made', comment: 'made' }],
    })
    expect(shop.standing(first)).toMatchObject({ conclusion: 'failure' })
    expect(await shop.told(number)).toMatchObject([/^<!-- gitsm:gate -->\n## ❌ Not yet: 1 error to put right/])
    expect(await github.reviewersAsked(number)).toEqual([])

    // Put right: it waits for those who may approve, and they are asked.
    const second = github.push({ branch: 'upgrade', by: 'grace', files: { [file]: upgrade } })
    expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pending', check: 'made', comment: 'changed' }])
    expect(shop.standing(second)).toMatchObject({
      conclusion: null,
      title: 'Waits for 3 approvals: 1 from platform (dmitri or erik), 2 from cab (dmitri or lena)',
    })
    expect(shop.standing(first)).toMatchObject({ conclusion: 'failure' })
    expect((await github.reviewersAsked(number)).toSorted()).toEqual(['dmitri', 'erik', 'lena'])
    expect(await github.labels(number)).toEqual(expect.arrayContaining(['gitsm:awaiting-cab', 'gitsm:risk-high']))
    expect(await github.labels(number)).not.toContain('gitsm:refused')

    // Approved by a stranger, by whoever wrote it, and by whoever carries it out: nothing of it counts.
    for (const by of ['mallory', 'grace', 'fatima']) github.review(number, { by })
    expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pending', title: /^Waits for 3 approvals/ }])
    const [page = ''] = await shop.told(number)
    expect(page).toContain('❌ mallory approved, but is in no team that is asked')
    expect(page).toContain('❌ grace approved, but opened the pull request')

    // Approved by those who may.
    for (const by of ['dmitri', 'lena']) github.review(number, { by })
    expect(await shop.gate()).toMatchObject({ code: 0, rows: [{ verdict: 'pass', title: 'Approved: may be merged' }] })
    expect(shop.standing(second)).toMatchObject({ conclusion: 'success' })
    expect(await github.labels(number)).toContain('gitsm:approved')

    // Another window is pushed: what was seen is no longer what would be merged.
    const third = github.push({
      branch: 'upgrade',
      by: 'grace',
      files: { [file]: upgrade.replace('planned_end: 2026-12-08T09', 'planned_end: 2026-12-08T10') },
    })
    expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pending' }])
    expect(shop.standing(third)).toMatchObject({ conclusion: null })
    const [stale = ''] = await shop.told(number)
    expect(stale).toMatch(/❌ dmitri approved .*planned\\_end/)
    expect(await github.reviewersAsked(number)).toEqual(expect.arrayContaining(['dmitri', 'lena']))

    for (const by of ['dmitri', 'lena']) github.review(number, { by })
    expect(await shop.gate()).toMatchObject({ code: 0, rows: [{ verdict: 'pass' }] })
    expect(shop.standing(third)).toMatchObject({ conclusion: 'success' })
    expect(await shop.told(number)).toHaveLength(1)

    // Each of these runs asked GitHub at most 15 times about the pull request.
    const about = github.requests.map(isAbout)
    const runs = github.requests.flatMap(({ route }, at) => (route === 'GET /repos/{owner}/{repo}' ? [at] : []))
    const spent = runs.map((from, at) => about.slice(from, runs[at + 1]).filter(Boolean).length)
    expect(spent).toHaveLength(6)
    expect(Math.max(...spent)).toBeLessThanOrEqual(15)
  })
})

/** Whether a request is about one pull request, and not about all, their base or the repository. */
function isAbout({ path, query }: Logged): boolean {
  return (
    !/\/repos\/[^/]+\/[^/]+(\/pulls)?$|\/user$/.test(path) && !decodeURIComponent(query).includes('refs/heads/main')
  )
}
