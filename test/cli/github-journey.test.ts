import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { type StandIn, startGitHub } from '../support/github/stand-in.ts'
import { clusterUpgradeFile } from '../support/normal-change.ts'
import { type Runner, type Step, startRunner } from '../support/runner.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, webshopTemplate } from '../support/webshop.ts'

// The bundle, run as the runner of GitHub runs the Action: inputs and files named by the environment, the event in a
// file, the token of a run. GitHub is a stand-in over HTTP, the remote a bare repository. Each test is one story; they
// follow each other in one repository.

const people = ['ada', 'bob', 'carla', 'dmitri', 'erik', 'fatima', 'grace', 'hugo', 'lena', 'mallory']

// Each story runs the program a dozen times, and other tests take their share of the machine.
vi.setConfig({ testTimeout: 300_000 })

let github: StandIn
let runner: Runner

beforeAll(async () => {
  github = await startGitHub({ from: webshopTemplate(), people, now: '2026-11-21T12:00:00Z' })
  runner = startRunner(github)
})

afterAll(async () => {
  vi.resetConfig()
  runner?.close()
  // Says what was asked for or answered otherwise than GitHub describes it.
  await github?.close()
})

const file = (id: string): string => `records/change/2026/11/${id}.yaml`

const waking = { name: 'workflow_run', payload: { workflow_run: { name: 'gitsm-review', conclusion: 'success' } } }

/** What the gate says of one pull request. */
async function gate(number: number): Promise<{ code: number | null; verdict?: string; title?: string }> {
  const { code, outputs } = await runner.step({ command: 'gate', pr: String(number), format: 'json' }, waking)
  const { results }: { results: readonly { verdict: string; title: string }[] } = JSON.parse(outputs['out'] ?? '{}')
  return { code, ...results[0] }
}

/** The check that counts on a commit: the newest. */
const standing = (commit: string) => github.checks(commit).toSorted((one, other) => other.id - one.id)[0]

const said = async (number: number): Promise<string> =>
  (await github.comments(number)).map(({ body }) => body).join('\n')

/** What is written down after a push to the default branch. */
function recorded(): Promise<Step> {
  const after = github.git(['rev-parse', 'main'])
  const pushed_at = github.clock.seconds()
  const payload = { ref: 'refs/heads/main', after, repository: { default_branch: 'main', pushed_at } }
  return runner.step({ command: 'record', push: 'origin' }, { name: 'push', payload })
}

interface Decision {
  readonly outcome: string
  readonly verdict: { readonly met: boolean }
  readonly reviews: readonly { readonly login: string }[]
}

/** Decisions on a subject in the ledger of the remote: how each ended, whether it was met, and by whom. */
function decisions(about: string): readonly (readonly [outcome: string, met: boolean, ...by: string[]])[] {
  const listed = github.git(['ls-tree', '-r', '--name-only', 'gitsm-ledger', '--', 'decisions']).split('\n')
  const texts = listed.filter(Boolean).map((path) => github.git(['show', `gitsm-ledger:${path}`]))
  return texts
    .filter((text) => text.includes(`subject: ${about}\n`))
    .map((text) => {
      const { outcome, verdict, reviews }: Decision = parse(text)
      return [outcome, verdict.met, ...reviews.map(({ login }) => login)]
    })
}

/** What an auditor finds in the whole history, offline. */
async function verified(): Promise<readonly string[]> {
  const { code, outputs } = await runner.step({ command: 'verify', format: 'json', token: '' })
  const { findings }: { findings: readonly { rule: string; id: string }[] } = JSON.parse(outputs['out'] ?? '{}')
  return [String(code), ...findings.map(({ rule, id }) => `${rule} ${id}`)]
}

test('a normal change is refused, approved by the wrong people, approved, changed, approved again, merged and written down', async () => {
  const upgrade = clusterUpgradeFile('CHG-1')
  const write = (text: string) => github.push({ branch: 'upgrade', by: 'grace', files: { [file('CHG-1')]: text } })
  const first = write(upgrade.replace(/backout_plan: .*\n/, ''))
  const number = await github.open({ branch: 'upgrade', by: 'grace', title: 'Upgrade the search cluster' })
  expect(await gate(number)).toMatchObject({ code: 1, verdict: 'fail' })
  expect(standing(first)).toMatchObject({ name: 'gitsm/gate', conclusion: 'failure' })

  const second = write(upgrade)
  for (const by of ['mallory', 'grace', 'fatima']) github.review(number, { by })
  expect(await gate(number)).toMatchObject({ code: 1, verdict: 'pending', title: expect.stringMatching(/^Waits/) })
  expect(standing(second)?.conclusion).toBeNull()
  const why = await said(number)
  for (const words of ['mallory approved, but is in no', 'grace approved, but opened', 'fatima approved, but is its']) {
    expect(why).toContain(words)
  }

  for (const by of ['dmitri', 'lena']) github.review(number, { by })
  expect(await gate(number)).toMatchObject({ code: 0, verdict: 'pass' })
  expect(standing(second)).toMatchObject({ conclusion: 'success' })

  const third = write(upgrade.replace('planned_end: 2026-12-08T09', 'planned_end: 2026-12-08T10'))
  expect(await gate(number)).toMatchObject({ code: 1, verdict: 'pending' })
  expect(standing(third)?.conclusion).toBeNull()
  expect(await said(number)).toMatch(/dmitri approved .*planned\\_end/)
  for (const by of ['dmitri', 'lena']) github.review(number, { by })
  expect(await gate(number)).toMatchObject({ code: 0, verdict: 'pass' })
  expect(await github.comments(number)).toHaveLength(1)

  github.merge(number, { by: 'grace' })
  expect(await recorded()).toMatchObject({ code: 0, err: '' })
  expect(decisions('change/CHG-1')).toEqual([['merged', true, 'dmitri', 'lena']])
  expect(await verified()).toEqual(['0'])

  const merged = github.git(['rev-parse', 'main'])
  const published = await runner.step({ command: 'report', push: 'origin', period: '2026-11' })
  expect(published).toMatchObject({ code: 0, outputs: { verdict: 'pass' } })
  expect(github.git(['show', 'main:reports/2026-11/csi.md'])).toContain(merged)
})

test('an emergency change may be merged at once, is unauthorised once its approval is overdue, and authorised by one in time', async () => {
  const id = 'CHG-20261121-6PMH'
  github.push({ branch: 'switch', by: 'dmitri', files: { [file(id)]: shippedText(file(id)) } })
  const number = await github.open({ branch: 'switch', by: 'dmitri', title: 'Replace the power supply' })
  expect(await gate(number)).toMatchObject({ code: 0, verdict: 'pass' })
  github.merge(number, { by: 'dmitri' })
  expect(await recorded()).toMatchObject({ code: 0 })
  expect(decisions(`change/${id}`)).toEqual([['merged', false]])
  expect(await verified()).toEqual(['0'])
  github.clock.advance(49 * 3600)
  expect(await verified()).toEqual(['1', `approval-given ${id}`])
  github.clock.advance(-49 * 3600)

  const ratifying = number + 1
  expect(github.pull(ratifying)).toMatchObject({ title: expect.stringContaining(`Ratify ${id}`) })
  expect(await gate(ratifying)).toMatchObject({ code: 1, verdict: 'pending' })
  github.review(ratifying, { by: 'carla' })
  expect(await gate(ratifying)).toMatchObject({ code: 0, verdict: 'pass' })
  github.merge(ratifying, { by: 'carla' })
  expect(await recorded()).toMatchObject({ code: 0 })
  expect(decisions(`change/${id}`)).toEqual(expect.arrayContaining([['ratified', true, 'carla']]))
  github.clock.advance(49 * 3600)
  expect(await verified()).toEqual(['0'])
  github.clock.advance(-49 * 3600)
})

test('a standard change needs nobody', async () => {
  const id = 'CHG-20261121-R0WX'
  const head = github.push({ branch: 'restart', by: 'bob', files: { [file(id)]: shippedText(file(id)) } })
  const number = await github.open({ branch: 'restart', by: 'bob', title: 'Restart web-2' })
  expect(await gate(number)).toMatchObject({ code: 0, verdict: 'pass' })
  expect(standing(head)).toMatchObject({ conclusion: 'success' })
  expect(await github.reviewersAsked(number)).toEqual([])
})

test('a pull request that relaxes the rule which judges it is judged by that rule', async () => {
  const policy = 'records/policy/change-authorisation.yaml'
  const relaxed = shippedText(policy).replace(/(name: high risk\n.*\n) {4}require: .*/, '$1    require: none')
  expect(relaxed).not.toBe(shippedText(policy))
  const files = {
    [policy]: relaxed,
    [file('CHG-3')]: clusterUpgradeFile('CHG-3').replaceAll('2026-12-08', '2026-12-15'),
  }
  const head = github.push({ branch: 'relax', by: 'grace', files })
  const number = await github.open({ branch: 'relax', by: 'grace', title: 'Tidy up' })
  for (const by of ['fatima', 'hugo']) github.review(number, { by })
  expect(await gate(number)).toMatchObject({ code: 1, verdict: 'pending' })
  expect(standing(head)?.conclusion).toBeNull()
  const why = await said(number)
  expect(why).toMatch(/✅ .*change-authorisation/)
  expect(why).toMatch(/❌ .*CHG-3/)
  github.closePull(number, 'grace')
  expect(await recorded()).toMatchObject({ code: 0 })
  expect(decisions('change/CHG-3')).toEqual([['closed', false]])
})

test('a fork is read as data: what it brings along for the runner is never run or checked out', async () => {
  const canary = '.github/gitsm/gitsm.mjs'
  const files = {
    [canary]: 'process.exit(0)\n',
    'records/incident/2026/11/INC-9.yaml': incident('INC-9', 'new', { opened_at: '2026-11-21T11:00:00Z' }),
  }
  const head = github.push({ branch: 'from-fork', by: 'mallory', files })
  const number = await github.open({
    branch: 'from-fork',
    by: 'mallory',
    fork: 'mallory/ops',
    title: '$(id) ::set-output::',
  })
  const swept = await runner.step({ command: 'gate', 'fail-on': 'undecided' }, waking)
  expect(swept).toMatchObject({ code: 0, err: '' })
  expect(swept.log).not.toMatch(/^\s*::(set-output|add-mask)/m)
  expect(standing(head)?.conclusion).not.toBe('success')
  expect(await said(number)).toContain('gitsm.mjs')
  expect(runner.workspace.git(['ls-files', '--', canary])).toBe('')
  expect(runner.workspace.git(['status', '--porcelain'])).toBe('')
})

test('what the merge queue would merge is judged anew, and gets a check of its own', async () => {
  const path = 'records/incident/2026/11/INC-7.yaml'
  const text = incident('INC-7', 'new', { opened_at: '2026-11-21T11:00:00Z' })
  const head = github.push({ branch: 'queued', by: 'kate', files: { [path]: text } })
  const number = await github.open({ branch: 'queued', by: 'ada', title: 'Mail is down' })
  const base = github.git(['rev-parse', 'main'])
  const tree = github.git(['merge-tree', '--write-tree', base, head])
  const message = `Merge pull request #${number} from acme/queued`
  const queued = github.git(['commit-tree', tree, '-p', base, '-p', head, '-m', message])
  github.git(['update-ref', `refs/heads/gh-readonly-queue/main/pr-${number}-${base}`, queued])
  expect(await runner.step({ command: 'gate', 'merge-group': queued, format: 'json' }, waking)).toMatchObject({
    code: 0,
  })
  expect(standing(queued)).toMatchObject({ name: 'gitsm/gate', conclusion: 'success' })
})

test('a GitHub that fails is never a pass, and the token is in no output', async () => {
  const { token } = github
  github.faults.add({ route: 'GET /repos/{owner}/{repo}/pulls', kind: '404' })
  const failed = await runner.step({ command: 'gate' }, waking)
  expect(failed).toMatchObject({ code: 4, outputs: { verdict: 'error', 'exit-code': '4' } })
  expect(failed.log).toMatch(/^::error title=gitsm::/)
  expect(JSON.stringify(failed)).not.toContain(token)
})
