import { describe, expect, test, vi } from 'vitest'
import { isData } from '../../src/core/record.ts'
import { conflicts } from '../../src/journeys/conflicts.ts'
import type { World } from '../../src/journeys/world.ts'
import { naughtyTexts } from '../reports/naughty.ts'
import { shapeOf, visibleText } from '../reports/page-shape.ts'
import { gatedShop } from '../support/gated-shop.ts'
import { connectionTo } from '../support/github/connected.ts'
import { clusterUpgradeFile } from '../support/normal-change.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile } from '../support/webshop.ts'

vi.setConfig({ testTimeout: 60_000 })

const opened = (id: string) => ({ [incidentFile(id)]: incident(id, 'new') })
const item = 'records/ci/web-1.yaml'
/** An edit that dmitri may approve. */
const lowered = { [item]: shippedText(item).replace(/criticality: .*/, 'criticality: low') }
const upgrade = (id: string) => ({ [`records/change/2026/03/${id}.yaml`]: clusterUpgradeFile(id) })

describe('pull requests that collide', () => {
  test('are told of each other, whichever was opened first, and of the one that is merged as of any other', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'one', by: 'kate', files: upgrade('CHG-1') })
    github.push({ branch: 'two', by: 'erik', files: upgrade('CHG-2') })
    const one = await github.open({ branch: 'one', by: 'kate' })
    const two = await github.open({ branch: 'two', by: 'erik' })
    const { rows } = await shop.gate()
    expect(rows).toMatchObject([{ verdict: 'pending' }, { verdict: 'pending' }])
    expect(await shop.told(one)).toMatchObject([
      /- ⚠️ \*\*proposed\*\* in #2: conflict with `CHG-2`: CHG-2 changes search-1/,
    ])
    expect(await shop.told(two)).toMatchObject([
      /- ⚠️ \*\*proposed\*\* in #1: conflict with `CHG-1`: CHG-1 changes search-1/,
    ])
    expect(JSON.parse((await shop.check(one)).out)).toMatchObject({
      tentative: {
        conflicts: expect.arrayContaining([expect.objectContaining({ pull: two, kind: 'ci_already_scheduled' })]),
      },
    })
    // Once the other one is merged the collision is an error.
    github.merge(two)
    expect((await shop.gate()).rows).toMatchObject([{ pulls: [one], verdict: 'fail' }])
    const [page = ''] = await shop.told(one)
    expect(page).toContain('(`conflict-is-waived`)')
    expect(page).not.toContain('**proposed**')
  })

  test('are among the conflicts of the working tree where these are asked for with pull requests', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'one', by: 'kate', files: upgrade('CHG-1') })
    github.push({ branch: 'two', by: 'erik', files: upgrade('CHG-2') })
    for (const branch of ['one', 'two']) await github.open({ branch, by: 'kate' })
    const asked = { asOf: shop.world.now, failOnOpen: true }
    const told = async (format: World['format'], pulls: boolean) =>
      conflicts({ ...shop.world, format }, { ...asked, pulls }, () => connectionTo(github))
    const { code, out } = await told('json', true)
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      changes: [
        { id: 'CHG-1', pull: 1 },
        { id: 'CHG-2', pull: 2 },
      ],
      pairs: [{ changes: ['CHG-1', 'CHG-2'], open: true }],
    })
    expect((await told('text', true)).out).toMatch(/CHG-1 \(proposed in #1\) and CHG-2 \(proposed in #2\)/)
    const requests = github.requests.length
    expect(JSON.parse((await told('json', false)).out)).toMatchObject({ changes: [] })
    expect(github.requests).toHaveLength(requests)
  })

  test('are judged anew when the other one moves', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'one', by: 'kate', files: upgrade('CHG-1') })
    const one = await github.open({ branch: 'one', by: 'kate' })
    await shop.gate()
    expect((await shop.gate()).rows).toMatchObject([{ outcome: 'current' }])
    github.push({ branch: 'two', by: 'erik', files: upgrade('CHG-2') })
    await github.open({ branch: 'two', by: 'erik' })
    await shop.gate()
    expect(await shop.told(one)).toMatchObject([/\*\*proposed\*\* in #2/])
  })
})

describe('the merge queue', () => {
  /** A commit of the queue of main that merges heads one after the other, pushed as GitHub does. */
  const queue = (
    github: Awaited<ReturnType<typeof gatedShop>>['github'],
    heads: readonly string[],
    more = '',
  ): string => {
    const at = '2026-03-10T01:00:00Z'
    const start = github.git(['rev-parse', 'refs/heads/main'])
    const commit = heads.reduce((tip, head, index) => {
      const tree = github.git(['merge-tree', '--write-tree', tip, head]).split('\n')[0] ?? ''
      return github.git(['commit-tree', tree, '-p', tip, '-p', head, '-m', `Merge pull request #${index + 1}`], {
        author: 'GitHub',
        at,
      })
    }, start)
    const tip =
      more === ''
        ? commit
        : github.git(['commit-tree', `${more}^{tree}`, '-p', commit, '-m', 'more'], { author: 'GitHub', at })
    github.push({ branch: `gh-readonly-queue/main/pr-${heads.length}-${start}`, commit: tip })
    return tip
  }

  test('passes where each pull request passes as it is merged onto those before it', async () => {
    const { github, ...shop } = await gatedShop()
    const heads = [
      github.push({ branch: 'one', by: 'kate', files: opened('INC-1') }),
      github.push({ branch: 'two', by: 'kate', files: lowered }),
    ]
    for (const branch of ['one', 'two']) await github.open({ branch, by: 'kate' })
    github.review(2, { by: 'dmitri' })
    const commit = queue(github, heads)
    const { code, rows } = await shop.gate({ mergeGroup: commit })
    expect(rows).toMatchObject([{ kind: 'merge_group', pulls: [1, 2], head: commit, verdict: 'pass', check: 'made' }])
    expect(code).toBe(0)
    expect(shop.standing(commit)).toMatchObject({ conclusion: 'success', title: 'All of #1, #2 may be merged' })
  })

  test('fails with a pull request that lacks its approval, and with one that collides with the one before it', async () => {
    const { github, ...shop } = await gatedShop()
    const waiting = github.push({ branch: 'one', by: 'kate', files: upgrade('CHG-1') })
    await github.open({ branch: 'one', by: 'kate' })
    const commit = queue(github, [waiting])
    const { rows } = await shop.gate()
    expect(rows.find(({ kind }) => kind === 'merge_group')).toMatchObject({
      verdict: 'fail',
      title: '#1 may not be merged',
    })
    expect(shop.standing(commit)).toMatchObject({ conclusion: 'failure' })
    // What failed is not judged again.
    expect((await shop.gate({ mergeGroup: commit })).rows).toMatchObject([{ outcome: 'current' }])
  })

  test('fails where a commit holds more than open pull requests as they are now', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'INC-1', by: 'kate', files: opened('INC-1') })
    await github.open({ branch: 'INC-1', by: 'kate' })
    const smuggled = github.push({ branch: 'other', by: 'mallory', files: { ...opened('INC-1'), 'gitsm.yaml': null } })
    const commit = queue(github, [head], smuggled)
    expect((await shop.gate({ mergeGroup: commit })).rows).toMatchObject([
      { verdict: 'fail', title: 'It holds more than #1 as they are now' },
    ])
    expect(shop.standing(commit)).toMatchObject({ conclusion: 'failure' })
    await expect(shop.gate({ mergeGroup: head })).rejects.toThrow('The merge queue of main has no commit')
  })
})

describe('a hostile pull request', () => {
  test('cannot change the shape of what is told, by title, branch, file or record', async () => {
    const { github, ...shop } = await gatedShop()
    const texts = ['plain', ...naughtyTexts.slice(4, 7), '# ✅ Approved\n@org/cab', '$(id) `id` \\`;curl']
    const shapes: string[] = []
    for (const [at, text] of texts.entries()) {
      const id = `INC-${at + 1}`
      const branch = `b${at}`
      github.push({
        branch,
        by: 'mallory',
        say: text,
        files: { [incidentFile(id)]: incident(id, 'new', { urgency: JSON.stringify(text) }) },
      })
      await github.open({ branch, by: 'mallory', title: text, body: text })
    }
    await shop.gate()
    for (const at of texts.keys()) {
      const [page = ''] = await shop.told(at + 1)
      expect(visibleText(page)).not.toMatch(/(^|[^\u2060])@[a-z]/)
      shapes.push(shapeOf(page, true))
    }
    expect(new Set(shapes).size).toBe(1)
  })

  test('cannot stop the sweep by its size', async () => {
    const { github, ...shop } = await gatedShop()
    const large = github.push({ branch: 'large', by: 'mallory', files: opened('INC-9') })
    await github.open({ branch: 'large', by: 'mallory' })
    github.push({ branch: 'small', by: 'kate', files: opened('INC-1') })
    await github.open({ branch: 'small', by: 'kate' })
    const { code, rows } = await shop.gate(
      {},
      {
        answered: (route, { status, data }) => {
          const isLarge = route.endsWith('/pulls/{pull_number}') && isData(data) && data['number'] === 1
          return { status, data: isLarge ? { ...data, commits: 251 } : data }
        },
      },
    )
    expect(code).toBe(3)
    expect(rows).toMatchObject([
      { outcome: 'undecided', error: { code: 3, message: /PR_TOO_LARGE/ } },
      { verdict: 'pass' },
    ])
    expect(shop.standing(large)).toMatchObject({ conclusion: 'failure', title: /^Cannot be judged: PR_TOO_LARGE/ })
  })
})

test('where the base itself cannot be judged by, nothing is or stays green', async () => {
  const { github, ...shop } = await gatedShop()
  const head = github.push({ branch: 'one', by: 'kate', files: opened('INC-1') })
  await github.open({ branch: 'one', by: 'kate' })
  await shop.gate()
  expect(shop.standing(head)).toMatchObject({ conclusion: 'success' })
  github.push({ branch: 'main', by: 'ada', files: { 'gitsm.yaml': 'version: 7\n' } })
  expect(await shop.gate()).toMatchObject({ code: 2, rows: [{ outcome: 'undecided', error: { code: 2 } }] })
  expect(shop.standing(head)).toMatchObject({ conclusion: 'failure', title: /^Cannot be judged: gitsm\.yaml/ })
})
