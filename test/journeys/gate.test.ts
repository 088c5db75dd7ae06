import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { gatedShop } from '../support/gated-shop.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile } from '../support/webshop.ts'

vi.setConfig({ testTimeout: 60_000 })

const item = 'records/ci/web-1.yaml'
/** An edit that dmitri, erik, fatima, hugo or lena may approve. */
const lowered = { [item]: shippedText(item).replace(/criticality: .*/, 'criticality: low') }
/** One that is free. */
const opened = (id: string) => ({ [incidentFile(id)]: incident(id, 'new') })

describe('what the gate writes', () => {
  test('is written once: a second run changes nothing, and asks GitHub little', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'lower', by: 'kate', files: lowered })
    await github.open({ branch: 'lower', by: 'kate' })
    await shop.gate()
    const first = github.requests.length
    expect(
      github.requests.filter(({ path }) => /\/(pulls\/1|issues\/1|commits|check-runs)/.test(path)).length,
    ).toBeLessThan(16)
    expect((await shop.gate()).rows).toMatchObject([{ outcome: 'current' }])
    const again = github.requests.slice(first)
    expect(again.filter(({ method }) => method !== 'GET')).toEqual([])
    expect(again.length).toBeLessThan(9)
    // Asked for by its number it is judged anew, and still nothing is written twice.
    expect((await shop.gate({ pulls: [1] })).rows).toMatchObject([
      { outcome: 'judged', check: 'kept', comment: 'kept', labels: 'kept' },
    ])
    expect(github.requests.slice(first).filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test('is written once, too, where it is green and judged every time, however late', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'incident', by: 'kate', files: opened('INC-1') })
    await github.open({ branch: 'incident', by: 'kate' })
    await shop.gate()
    const first = github.requests.length
    github.clock.advance(9 * 3600)
    expect((await shop.gate()).rows).toMatchObject([{ outcome: 'judged', check: 'kept', comment: 'kept' }])
    expect(github.requests.slice(first).filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test('comes again when somebody deleted it', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    await shop.gate()
    const [comment] = await github.comments(number)
    await github.deleteComment(comment?.id ?? 0)
    expect((await shop.gate()).rows).toMatchObject([{ outcome: 'judged', comment: 'made' }])
    expect(await shop.told(number)).toHaveLength(1)
  })

  test('leaves alone what somebody else wrote under the same mark', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    await github.comment(number, { by: 'mallory', body: '<!-- gitsm:gate -->\n## ✅ Approved: may be merged' })
    await shop.gate()
    expect(await shop.told(number)).toMatchObject([/✅ Approved/, /⏳ Waits for 1 approval/])
  })

  test('is judged anew after a review, a change of the base, or when time has passed', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    await shop.gate()
    github.review(number, { by: 'mallory', state: 'COMMENTED' })
    expect((await shop.gate()).rows).toMatchObject([{ outcome: 'judged' }])
    github.push({ branch: 'main', by: 'ada', files: opened('INC-9') })
    expect((await shop.gate()).rows).toMatchObject([{ outcome: 'judged' }])
    expect((await shop.gate()).rows).toMatchObject([{ outcome: 'current' }])
    github.clock.advance(7 * 3600)
    expect((await shop.gate()).rows).toMatchObject([{ outcome: 'judged' }])
  })

  test.each([
    ['comments', 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', 'comment'],
    ['check runs', 'POST /repos/{owner}/{repo}/check-runs', 'check'],
    ['labels', 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels', 'labels'],
  ])('leaves out %s where the token may not, says so, and writes the rest', async (_, route, what) => {
    const { github, clone, ...shop } = await gatedShop()
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    github.faults.add({ route, kind: '403', times: 99 })
    const summary = `${clone.dir}/.git/summary.md`
    const { rows } = await shop.gate({}, { env: { GITHUB_STEP_SUMMARY: summary } })
    expect(rows).toMatchObject([{ verdict: 'pending', [what]: 'refused', notes: [/GitHub refused it \(403\)/] }])
    expect(shop.standing(head) !== undefined).toBe(what !== 'check')
    expect(await shop.told(number)).toHaveLength(what === 'comment' ? 0 : 1)
    const page = existsSync(summary) ? readFileSync(summary, 'utf8') : ''
    expect(page).toMatch(what === 'labels' ? /^$/ : /## ⏳ Waits for 1 approval/)
  })
})

describe('what the gate is asked about', () => {
  test('is a fork as any other: its commits are read, never checked out', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'from-fork', by: 'mallory', files: opened('INC-1') })
    const number = await github.open({ branch: 'from-fork', by: 'mallory', fork: 'mallory/ops' })
    const { rows } = await shop.gate()
    expect(rows).toMatchObject([{ pulls: [number], verdict: 'pass' }])
    expect(shop.standing(head)).toMatchObject({ conclusion: 'success' })
    expect(shop.clone.git(['status', '--porcelain'])).toBe('')
    expect(shop.clone.git(['for-each-ref', '--format=%(refname)'])).toBe('refs/heads/main')
  })

  test('is a private fork, whose pushes nobody tells of: what counts does not depend on when the gate first looked', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate', fork: 'kate/ops' })
    const review = github.review(number, { by: 'dmitri' })
    for (let sweep = 1; sweep <= 2; sweep++) expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pass' }])

    // An ordinary push of the same, and the review still names what it was given on.
    const further = github.push({ branch: 'lower', by: 'kate', files: { 'notes.txt': 'x' }, from: head })
    expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pass' }])

    // Deleted, pushed again and opened again: GitHub may have moved the review, and no event tells that it did.
    github.closePull(number)
    github.reopen(number)
    github.repoint(review, further)
    for (let sweep = 1; sweep <= 2; sweep++) {
      github.forgetChecks()
      expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pending', title: /^Waits for 1 approval/ }])
    }
    expect((await shop.told(number))[0]).toContain('so nobody can say what was seen: approve again')
    github.review(number, { by: 'dmitri' })
    for (let sweep = 1; sweep <= 2; sweep++) expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pass' }])
  })

  test('is never a private fork to which somebody unknown may have pushed', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate', fork: 'kate/ops', maintainersMayPush: true })
    github.review(number, { by: 'dmitri' })
    expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pending' }])
    expect((await shop.told(number))[0]).toContain('nobody can say who pushed to its fork')
  })

  test('is no pull request into another branch, until it is retargeted', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'sandbox', by: 'ada', files: { 'notes.txt': 'x' } })
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered, from: 'main' })
    const number = await github.open({ branch: 'lower', by: 'kate', base: 'sandbox' })
    expect((await shop.gate()).rows).toEqual([])
    expect(shop.standing(head)).toBeUndefined()
    github.review(number, { by: 'dmitri' })
    github.retarget(number, 'main')
    const { rows } = await shop.gate()
    expect(rows).toMatchObject([{ verdict: 'pending', title: /^Waits for 1 approval/ }])
    expect(shop.standing(head)).toMatchObject({ conclusion: null })
  })

  test('counts a review that came while the gate ran, or by a clock ahead of its own', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    await shop.gate(
      {},
      {
        meanwhile: (route) => {
          if (route !== 'GET /repos/{owner}/{repo}') return
          github.clock.advance(600)
          github.review(number, { by: 'dmitri' })
        },
      },
    )
    expect(shop.standing(head)).toMatchObject({ conclusion: 'success' })
  })

  test('keeps an approval over a forced push that changes nothing of what was seen, and loses it over one that does', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    github.review(number, { by: 'dmitri' })
    // No branch leads to what dmitri saw any more.
    const said = github.push({ branch: 'lower', by: 'kate', files: lowered, from: 'main', say: 'In better words' })
    await shop.gate()
    expect(shop.standing(said)).toMatchObject({ conclusion: 'success' })
    const other = { [item]: lowered[item].replace('criticality: low', 'criticality: medium') }
    const changed = github.push({ branch: 'lower', by: 'kate', files: other, from: 'main' })
    await shop.gate()
    expect(shop.standing(changed)).toMatchObject({ conclusion: null })
    expect(await shop.told(number)).toMatchObject([/❌ dmitri approved .*criticality/])
  })

  test('are all pull requests that end in one commit: it is green only if all of them pass', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered })
    const one = await github.open({ branch: 'lower', by: 'kate' })
    github.push({ branch: 'twin', commit: head })
    const two = await github.open({ branch: 'twin', by: 'erik' })
    github.review(one, { by: 'erik' })
    const { rows } = await shop.gate()
    expect(rows).toMatchObject([
      { pulls: [one], verdict: 'pass', notes: [/The check run does not say pass: #2 waits for approvals/] },
      { pulls: [two], verdict: 'pending' },
    ])
    expect(shop.standing(head)).toMatchObject({ conclusion: null })
    expect(await shop.told(one)).toMatchObject([/#2 ends in the same commit and does not pass/])
    for (const number of [one, two]) github.review(number, { by: 'dmitri' })
    await shop.gate()
    expect(shop.standing(head)).toMatchObject({ conclusion: 'success' })
  })

  test('is dropped when somebody pushes meanwhile: nothing green comes to stand on what nobody looked at', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    github.review(number, { by: 'dmitri' })
    let next = ''
    let reads = 0
    const { rows } = await shop.gate(
      {},
      {
        meanwhile: (route) => {
          if (route.endsWith('/pulls/{pull_number}') && ++reads === 2) {
            next = github.push({
              branch: 'lower',
              by: 'kate',
              files: { [item]: lowered[item].replace('low', 'medium') },
            })
          }
        },
      },
    )
    expect(shop.standing(head)).toBeUndefined()
    expect(shop.standing(next)).toMatchObject({ conclusion: null })
    expect(rows).toMatchObject([{ head: next, verdict: 'pending' }])
  })

  test('is dropped when it was closed meanwhile', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    let reads = 0
    const { rows, code } = await shop.gate(
      {},
      {
        meanwhile: (route) => {
          if (route.endsWith('/pulls/{pull_number}') && ++reads === 2) github.closePull(number)
        },
      },
    )
    expect(rows).toEqual([])
    expect(code).toBe(0)
    expect(shop.standing(head)).toBeUndefined()
    expect(await shop.told(number)).toEqual([])
  })

  test('is judged by the base, also where it changes who may approve', async () => {
    const { github, ...shop } = await gatedShop()
    const team = 'records/team/service-board.yaml'
    const members = shippedText(team).replace('members:\n', 'members:\n  - { login: kate, name: Kate Morgan }\n')
    const head = github.push({ branch: 'board', by: 'kate', files: { [team]: members } })
    const number = await github.open({ branch: 'board', by: 'kate' })
    github.review(number, { by: 'mallory' })
    expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pending' }])
    expect(shop.standing(head)).toMatchObject({ conclusion: null })
  })

  test('is told of reviews on every page', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    for (let count = 0; count < 149; count++) github.review(number, { by: 'mallory', state: 'COMMENTED' })
    github.review(number, { by: 'dmitri' })
    await shop.gate()
    expect(shop.standing(head)).toMatchObject({ conclusion: 'success' })
  })

  test('can lie on a GitHub Enterprise with a path before every route', async () => {
    const { github, ...shop } = await gatedShop({ prefix: '/api/v3' })
    github.push({ branch: 'lower', by: 'kate', files: opened('INC-1') })
    await github.open({ branch: 'lower', by: 'kate' })
    expect(await shop.gate()).toMatchObject({ code: 0, rows: [{ verdict: 'pass', check: 'made', comment: 'made' }] })
  })
})

describe('what goes wrong with a pull request', () => {
  test('keeps no other from being judged, and never lets it pass', async () => {
    const { github, ...shop } = await gatedShop()
    const bad = github.push({ branch: 'bad', by: 'kate', files: opened('INC-1') })
    await github.open({ branch: 'bad', by: 'kate' })
    const good = github.push({ branch: 'good', by: 'kate', files: opened('INC-2') })
    await github.open({ branch: 'good', by: 'kate' })
    github.faults.add({ route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', kind: '404', times: 1 })
    const { code, rows } = await shop.gate()
    expect(code).toBe(4)
    expect(rows).toMatchObject([
      { pulls: [1], outcome: 'undecided', error: { code: 4, message: /GITHUB_UNAVAILABLE/ } },
      { pulls: [2], verdict: 'pass' },
    ])
    expect(shop.standing(bad)).toMatchObject({ conclusion: null, title: /^Not decided yet: GITHUB_UNAVAILABLE/ })
    expect(shop.standing(good)).toMatchObject({ conclusion: 'success' })
    // The next sweep makes up for it.
    expect((await shop.gate()).code).toBe(0)
    expect(shop.standing(bad)).toMatchObject({ conclusion: 'success' })
  })

  test('takes a green check away when it can no longer be decided', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    const review = github.review(number, { by: 'dmitri' })
    await shop.gate()
    expect(shop.standing(head)).toMatchObject({ conclusion: 'success' })
    github.dismiss(review)
    github.faults.add({ route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', kind: '404', times: 9 })
    await shop.gate()
    expect(shop.standing(head)).toMatchObject({ conclusion: null })
    github.faults.clear()
    expect((await shop.gate()).rows).toMatchObject([{ verdict: 'pending' }])
    expect(shop.standing(head)).toMatchObject({ conclusion: null, title: /^Waits for 1 approval/ })
  })

  test('judges a green check anew, which anybody could have written', async () => {
    const { github, ...shop } = await gatedShop()
    const head = github.push({ branch: 'lower', by: 'kate', files: lowered })
    await github.open({ branch: 'lower', by: 'kate' })
    await shop.gate()
    github.forgeCheck({ name: 'gitsm/gate', head, externalId: 'x', conclusion: 'success' })
    expect(shop.standing(head)).toMatchObject({ conclusion: 'success' })
    await shop.gate()
    expect(shop.standing(head)).toMatchObject({ conclusion: null })
  })
})

describe('gitsm check --pr', () => {
  test('says what the gate would, and writes nothing', async () => {
    const { github, ...shop } = await gatedShop()
    github.push({ branch: 'lower', by: 'kate', files: lowered })
    const number = await github.open({ branch: 'lower', by: 'kate' })
    const { code, out } = await shop.check(number)
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ verdict: 'pending', tentative: { conflicts: [], edits: [] } })
    expect(JSON.parse((await shop.check(number, { assume: ['dmitri'] })).out)).toMatchObject({ verdict: 'pass' })
    expect(github.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    github.closePull(number)
    await expect(shop.check(number)).rejects.toThrow('Pull request 1 is closed')
  })
})
