import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connectGitHub } from '../../src/adapters/github/connection.ts'
import { readRepositorySettings } from '../../src/adapters/github/repository-settings.ts'
import { examine } from '../../src/core/doctor/examination.ts'
import { githubExaminations } from '../../src/core/doctor/github-examinations.ts'
import { localExaminations } from '../../src/core/doctor/local-examinations.ts'
import { doctor } from '../../src/journeys/doctor.ts'
import { init } from '../../src/journeys/init.ts'
import type { World } from '../../src/journeys/world.ts'
import { type Answers, answering } from '../support/answering.ts'
import { connectedGitHub } from '../support/github/connected.ts'
import { repository, repositoryIn, temporaryFolder } from '../support/repo.ts'
import { projectRoot } from '../support/shipped.ts'

/** The program that asks; the one that `init` copies. */
const program = join(projectRoot, 'dist/gitsm.js')

function worldIn(dir: string, env: World['env'] = {}, format: World['format'] = 'json'): World {
  return {
    ...{ dir, env: { PATH: process.env['PATH'], HOME: dir, ...env }, now: 1_795_000_000, packageRoot: projectRoot },
    ...{ program, version: '0', format, colour: false, say: () => {} },
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  }
}

/** A service repository as `gitsm init` makes it. */
async function made(): Promise<string> {
  const dir = join(temporaryFolder(), 'acme')
  await init(worldIn(projectRoot), { dir, zoneHere: 'Europe/Berlin', withExample: false, yes: true })
  return dir
}

/** What the doctor says: how each examination stands, and why. */
async function diagnosed(world: World, options = { offline: false, strict: false }) {
  const { code, out } = await doctor(world, options)
  const {
    findings,
    verdict,
  }: { findings: readonly { id: string; standing: string; because: string }[]; verdict: string } = JSON.parse(out)
  const those = (standing: string): readonly string[] =>
    findings.filter((each) => each.standing === standing).map(({ id }) => id)
  const because = Object.fromEntries(findings.map((each) => [each.id, each.because]))
  return { code, verdict, weak: those('weak'), unknown: those('unknown'), fine: those('fine'), because }
}

const repo = '/repos/acme/services'
const checked = (source: object) => ({
  type: 'required_status_checks',
  ruleset_id: 1,
  parameters: {
    required_status_checks: [{ context: 'gitsm/gate', ...source }],
    strict_required_status_checks_policy: true,
  },
})
const reviewed = {
  type: 'pull_request',
  ruleset_id: 1,
  parameters: {
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: true,
    require_last_push_approval: true,
    required_approving_review_count: 1,
    required_review_thread_resolution: false,
  },
}
const unforced = (ruleset_id: number) => [
  { type: 'non_fast_forward', ruleset_id },
  { type: 'deletion', ruleset_id },
]

const writer = { actor_id: 4711, actor_type: 'Integration', bypass_mode: 'always' }

/** A repository on GitHub set as docs/setup.md says. */
const sound: Answers = {
  [`GET ${repo}/actions/secrets`]: [200, { secrets: [] }],
  [`GET ${repo}/actions/organization-secrets`]: [200, { secrets: [{ name: 'DEPLOY' }] }],
  [`GET ${repo}/environments/gitsm-gate/variables`]: [200, { variables: [] }],
  [`GET ${repo}/actions/variables`]: [200, { variables: [{ name: 'GITSM_APP_ID', value: '4711' }] }],
  [`GET ${repo}/actions/organization-variables`]: [200, { variables: [] }],
  [`GET ${repo}`]: [200, { default_branch: 'main' }],
  [`GET ${repo}/rules/branches/main`]: [200, [checked({ integration_id: 4711 }), reviewed, ...unforced(1)]],
  [`GET ${repo}/rules/branches/gitsm-ledger`]: [200, [...unforced(2), { type: 'update', ruleset_id: 3 }]],
  [`GET ${repo}/branches/main/protection`]: [404, { message: 'Branch not protected' }],
  [`GET ${repo}/branches/gitsm-ledger/protection`]: [404, { message: 'Branch not protected' }],
  [`GET ${repo}/rulesets/1`]: [
    200,
    { id: 1, bypass_actors: [{ actor_id: 7, actor_type: 'User', bypass_mode: 'always' }] },
  ],
  [`GET ${repo}/rulesets/2`]: [200, { id: 2, bypass_actors: [] }],
  [`GET ${repo}/rulesets/3`]: [200, { id: 3, bypass_actors: [writer] }],
  [`GET ${repo}/actions/permissions/workflow`]: [
    200,
    { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
  ],
  [`GET ${repo}/actions/permissions`]: [
    200,
    { enabled: true, allowed_actions: 'selected', sha_pinning_required: true },
  ],
  [`GET ${repo}/environments`]: [
    200,
    {
      environments: [
        { name: 'gitsm-gate', deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } },
        { name: 'staging', deployment_branch_policy: null },
      ],
    },
  ],
  [`GET ${repo}/environments/gitsm-gate/deployment-branch-policies`]: [200, { branch_policies: [{ name: 'main' }] }],
  [`GET ${repo}/actions/workflows`]: [
    200,
    { workflows: [{ path: '.github/workflows/gitsm-gate.yml', state: 'active' }] },
  ],
}

const settings = { token: 'ghp_secret', server: 'https://github.com', owner: 'acme', repo: 'services' }

/** How the settings of a repository stand whose answers are these. */
async function onGitHub(
  answers: Answers,
): Promise<Record<'weak' | 'unknown' | 'fine', readonly string[]> & { because: Record<string, string> }> {
  const { url } = await answering(answers)
  const connection = await connectGitHub({ ...settings, api: url }, { version: '0', say: () => {} })
  const found = examine('github', githubExaminations, await readRepositorySettings(connection, 'gitsm-ledger'))
  const those = (standing: string): readonly string[] =>
    found.filter((each) => each.standing === standing).map(({ id }) => id)
  const because = Object.fromEntries(found.map((each) => [each.id, each.because]))
  return { weak: those('weak'), unknown: those('unknown'), fine: those('fine'), because }
}

const github = githubExaminations.map(({ id }) => id)

describe('settings on GitHub', () => {
  test('as docs/setup.md says are all fine', async () => {
    expect((await onGitHub(sound)).fine).toEqual(github)
  })

  test('are asked for and read as GitHub’s own description has them', async () => {
    const { stand, github: connection } = await connectedGitHub()
    const from = { ruleset_source_type: 'Repository', ruleset_source: 'acme/ops' }
    const at = { created_at: '2026-11-21T08:00:00Z', updated_at: '2026-11-21T08:00:00Z' }
    const named = { id: 1, node_id: 'x', url: 'https://x.example', html_url: 'https://x.example', ...at }
    const rulesIn = (branch: string) =>
      [sound[`GET ${repo}/rules/branches/${branch}`]?.[1]].flat().map((rule) => ({ ...Object(rule), ...from }))
    Object.assign(stand.settings, {
      rules: { main: rulesIn('main'), 'gitsm-ledger': rulesIn('gitsm-ledger') },
      rulesets: [1, 2, 3].map((id) => ({
        id,
        name: 'x',
        source: 'acme/ops',
        enforcement: 'active',
        bypass_actors: [],
      })),
      actions: { enabled: true, allowed_actions: 'selected', sha_pinning_required: true },
      environments: [
        {
          ...{ ...named, name: 'gitsm-gate', protection_rules: [] },
          deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
        },
      ],
      variables: {
        repository: [
          ...Array.from({ length: 40 }, (_, index) => ({ name: `A${index}`, value: 'x', ...at })),
          { name: 'GITSM_APP_ID', value: '4711', ...at },
        ],
      },
      branchPolicies: { 'gitsm-gate': [{ id: 1, node_id: 'x', name: 'main' }] },
      workflows: [
        {
          ...named,
          name: 'gitsm-gate',
          path: '.github/workflows/gitsm-gate.yml',
          state: 'active',
          badge_url: 'https://x.example',
        },
      ],
    })
    const found = examine('github', githubExaminations, await readRepositorySettings(connection, 'gitsm-ledger'))
    expect(found.filter(({ standing }) => standing !== 'fine')).toEqual([])
    // The stand-in holds every request and answer against the description; none may differ.
    expect(stand.violations).toEqual([])
  })

  test('are a part of the diagnosis where there is a token', async () => {
    const { url } = await answering({ ...sound, [`GET ${repo}/rules/branches/main`]: [200, []] })
    const env = { GITHUB_TOKEN: 'ghp_secret', GITHUB_API_URL: url, GITHUB_REPOSITORY: 'acme/services' }
    const { weak, code, verdict } = await diagnosed(worldIn(repository().dir, env))
    expect(weak).toContain('gate-is-required')
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'fail' })
  })

  test.each<[string, Answers, readonly string[]]>([
    [
      'no rules at all',
      {
        [`GET ${repo}/rules/branches/main`]: [200, []],
        [`GET ${repo}/rules/branches/gitsm-ledger`]: [200, []],
      },
      [
        ...['gate-is-required', 'gate-has-a-source', 'changes-come-by-pull-request', 'mainline-is-not-forced'],
        ...['ledger-is-not-forced', 'ledger-has-one-writer', 'rules-are-reviewed-by-owners', 'stale-approvals-go'],
        'merges-are-up-to-date',
      ],
    ],
    [
      'a check that any source can make',
      { [`GET ${repo}/rules/branches/main`]: [200, [checked({}), reviewed, ...unforced(1)]] },
      ['gate-has-a-source'],
    ],
    [
      'a check that any workflow can make',
      { [`GET ${repo}/rules/branches/main`]: [200, [checked({ integration_id: 15_368 }), reviewed, ...unforced(1)]] },
      ['gate-has-a-source'],
    ],
    [
      'a check of another name',
      {
        [`GET ${repo}/rules/branches/main`]: [
          200,
          [checked({ context: 'gitsm/gate ', integration_id: 4711 }), reviewed, ...unforced(1)],
        ],
      },
      ['gate-is-required', 'gate-has-a-source'],
    ],
    [
      'a branch that can be forced',
      {
        [`GET ${repo}/rules/branches/main`]: [
          200,
          [checked({ integration_id: 4711 }), reviewed, { type: 'deletion', ruleset_id: 1 }],
        ],
      },
      ['mainline-is-not-forced'],
    ],
    [
      'a ledger that can be deleted',
      { [`GET ${repo}/rules/branches/gitsm-ledger`]: [200, [{ type: 'non_fast_forward', ruleset_id: 2 }]] },
      ['ledger-is-not-forced', 'ledger-has-one-writer'],
    ],
    [
      'a ledger that everybody who may write may push',
      { [`GET ${repo}/rules/branches/gitsm-ledger`]: [200, unforced(2)] },
      ['ledger-has-one-writer'],
    ],
    ...[
      { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
      { actor_id: 15_368, actor_type: 'Integration', bypass_mode: 'always' },
    ].map((other): [string, Answers, readonly string[]] => [
      `a ledger that ${other.actor_type} ${other.actor_id} may push beside the App`,
      { [`GET ${repo}/rulesets/3`]: [200, { id: 3, bypass_actors: [writer, other] }] },
      ['ledger-has-one-writer'],
    ]),
    [
      'a team that may bypass',
      {
        [`GET ${repo}/rulesets/1`]: [
          200,
          { bypass_actors: [{ actor_id: 3, actor_type: 'Team', bypass_mode: 'always' }] },
        ],
      },
      ['nobody-passes-by'],
    ],
    [
      'administrators who may bypass',
      {
        [`GET ${repo}/rulesets/1`]: [
          200,
          { bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'exempt' }] },
        ],
      },
      ['nobody-passes-by'],
    ],
    [
      'three people who may bypass',
      {
        [`GET ${repo}/rulesets/1`]: [
          200,
          { bypass_actors: [1, 2, 3].map((actor_id) => ({ actor_id, actor_type: 'User', bypass_mode: 'always' })) },
        ],
      },
      ['nobody-passes-by'],
    ],
    [
      'runs that may write and approve',
      {
        [`GET ${repo}/actions/permissions/workflow`]: [
          200,
          { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true },
        ],
      },
      ['runs-only-read', 'runs-approve-nothing'],
    ],
    [
      'any action',
      { [`GET ${repo}/actions/permissions`]: [200, { enabled: true, allowed_actions: 'all' }] },
      ['actions-are-few'],
    ],
    [
      'an environment for every branch',
      {
        [`GET ${repo}/environments`]: [200, { environments: [{ name: 'gitsm-gate', deployment_branch_policy: null }] }],
      },
      ['secrets-are-for-the-mainline'],
    ],
    [
      'an environment for other branches, too',
      {
        [`GET ${repo}/environments/gitsm-gate/deployment-branch-policies`]: [
          200,
          { branch_policies: [{ name: 'main' }, { name: 'release/*' }] },
        ],
      },
      ['secrets-are-for-the-mainline'],
    ],
    [
      'the key of the App where every branch can read it',
      { [`GET ${repo}/actions/secrets`]: [200, { secrets: [{ name: 'NPM' }, { name: 'GITSM_APP_KEY' }] }] },
      ['key-is-guarded'],
    ],
    [
      'the key of the App in the organisation',
      { [`GET ${repo}/actions/organization-secrets`]: [200, { secrets: [{ name: 'GITSM_APP_KEY' }] }] },
      ['key-is-guarded'],
    ],
    [
      'a check that is expected from another App',
      { [`GET ${repo}/actions/variables`]: [200, { variables: [{ name: 'GITSM_APP_ID', value: '47110' }] }] },
      ['gate-source-is-our-app'],
    ],
    [
      'another App for the gate than for the rest',
      {
        [`GET ${repo}/environments/gitsm-gate/variables`]: [200, { variables: [{ name: 'GITSM_APP_ID', value: '1' }] }],
      },
      ['gate-source-is-our-app'],
    ],
    [
      'an App that is expected, and none that the gate runs as',
      { [`GET ${repo}/actions/variables`]: [200, { variables: [{ name: 'OTHER', value: '4711' }] }] },
      ['gate-source-is-our-app'],
    ],
    [
      'a sweep that GitHub switched off',
      {
        [`GET ${repo}/actions/workflows`]: [
          200,
          { workflows: [{ path: '.github/workflows/gitsm-gate.yml', state: 'disabled_inactivity' }] },
        ],
      },
      ['sweeps-run'],
    ],
  ])('with %s are weak in just that', async (_, change, expected) => {
    const { weak, unknown } = await onGitHub({ ...sound, ...change })
    expect({ weak, unknown }).toEqual({ weak: github.filter((id) => expected.includes(id)), unknown: [] })
  })

  test('may be classic protection instead of rulesets', async () => {
    const none = { [`GET ${repo}/rules/branches/main`]: [200, []] } as const
    const classic = {
      required_pull_request_reviews: {
        dismiss_stale_reviews: true,
        require_code_owner_reviews: true,
        require_last_push_approval: true,
        required_approving_review_count: 2,
      },
      required_status_checks: {
        strict: true,
        contexts: ['gitsm/gate'],
        checks: [{ context: 'gitsm/gate', app_id: 4711 }],
      },
      enforce_admins: { enabled: true },
      allow_force_pushes: { enabled: false },
      allow_deletions: { enabled: false },
    }
    const protectedBranch = (answer: object): Answers => ({
      ...{ ...sound, ...none },
      [`GET ${repo}/branches/main/protection`]: [200, answer],
    })
    expect((await onGitHub(protectedBranch(classic))).fine).toEqual(github)
    const lax = { ...classic, enforce_admins: { enabled: false }, allow_force_pushes: { enabled: true } }
    expect((await onGitHub(protectedBranch(lax))).weak).toEqual(
      expect.arrayContaining(['nobody-passes-by', 'mainline-is-not-forced']),
    )
  })

  test('that the token may not read are unknown, never fine', async () => {
    const forbidden = Object.keys(sound)
      .filter((route) => route !== `GET ${repo}`)
      .map((route) => [route, [403, { message: 'Resource not accessible by integration' }]])
    expect((await onGitHub({ ...sound, ...Object.fromEntries(forbidden) })).unknown).toEqual(github)
  })

  test('know the App of the gate from the organisation, too, and not at all where variables cannot be read', async () => {
    const told = (place: string, status: number, variables: readonly object[]): Answers => ({
      [`GET ${repo}/actions/${place}`]: [status, { variables }],
    })
    const none = { ...sound, ...told('variables', 200, []) }
    const ours = told('organization-variables', 200, [{ name: 'GITSM_APP_ID', value: '4711' }])
    expect((await onGitHub({ ...none, ...ours })).fine).toContain('gate-source-is-our-app')
    const hidden = await onGitHub({ ...sound, ...told('variables', 403, []) })
    expect(hidden.unknown).toEqual(['gate-source-is-our-app'])
    expect(hidden.because['gate-source-is-our-app']).toMatch(/may not read it/)
  })

  test('that GitHub tells nobody apart from what is not there are unknown, too', async () => {
    const hidden: Answers = {
      ...sound,
      [`GET ${repo}/rules/branches/main`]: [200, []],
      [`GET ${repo}/branches/main/protection`]: [404, { message: 'Not Found' }],
      [`GET ${repo}/rulesets/2`]: [200, { id: 2 }],
    }
    const { unknown, because } = await onGitHub(hidden)
    expect(unknown).toContain('gate-is-required')
    expect(because['gate-is-required']).toMatch(/also says to a token that may not read it/)
    const { unknown: bypass } = await onGitHub({ ...sound, [`GET ${repo}/rulesets/1`]: [200, { id: 1 }] })
    expect(bypass).toEqual(['nobody-passes-by'])
  })

  test('are not guessed where GitHub fails: that is a fault from outside', async () => {
    await expect(onGitHub({ [`GET ${repo}`]: [401, { message: 'Bad credentials' }] })).rejects.toMatchObject({
      code: 4,
    })
    const failing = { ...sound, [`GET ${repo}/environments`]: [451, { message: 'Unavailable' }] } as const
    await expect(onGitHub(failing)).rejects.toMatchObject({ code: 4 })
  })

  test('are not asked for without a token or offline, and all unknown then', async () => {
    const { dir } = repository()
    expect((await diagnosed(worldIn(dir))).unknown).toEqual(expect.arrayContaining(github))
    const env = { GITHUB_TOKEN: 'x', GITHUB_API_URL: 'http://127.0.0.1:1' }
    expect((await diagnosed(worldIn(dir, env), { offline: true, strict: false })).unknown).toEqual(
      expect.arrayContaining(github),
    )
  })
})

describe('a clone', () => {
  test('as init leaves it lacks people, owners and a ledger, and nothing else', async () => {
    const { weak, fine, unknown } = await diagnosed(worldIn(await made()))
    expect(weak).toEqual(['ledger-is-here', 'somebody-governs', 'rules-have-owners'])
    expect(fine).toEqual(localExaminations.map(({ id }) => id).filter((id) => !weak.includes(id)))
    expect(unknown).toEqual(github)
  })

  test('is sound once these are there, but for what nobody can know without a token', async () => {
    const dir = await made()
    const repo = repositoryIn(dir)
    const owners = readFileSync(join(dir, '.github/CODEOWNERS'), 'utf8').replaceAll('# /', '/')
    repo.write({
      '.github/CODEOWNERS': owners,
      'records/team/governance.yaml': 'id: governance\ntitle: Governance\nmembers: [{ login: eve }, { login: bob }]\n',
    })
    repo.commit({ at: '2026-01-01T00:00:00Z' })
    repo.git(['branch', 'gitsm-ledger'])
    const world = worldIn(dir)
    expect(await diagnosed(world)).toMatchObject({ code: 0, verdict: 'pass', weak: [] })
    expect(await diagnosed(world, { offline: true, strict: true })).toMatchObject({
      code: 1,
      verdict: 'fail',
      weak: [],
    })
  })

  test('is governed by whoever the policy on governance names, each counted once', async () => {
    const dir = await made()
    const repo = repositoryIn(dir)
    const team = (id: string, ...logins: readonly string[]): string =>
      `id: ${id}\ntitle: ${id}\nmembers: [${logins.map((login) => `{ login: ${login} }`).join(', ')}]\n`
    const policy = readFileSync(join(dir, 'records/policy/governance.yaml'), 'utf8')
    repo.write({
      'records/policy/governance.yaml': policy.replace('from: [governance]', 'from: [board, lawyers]'),
      'records/team/board.yaml': team('board', 'eve'),
      'records/team/lawyers.yaml': team('lawyers', 'Eve'),
    })
    const governs = async (): Promise<boolean> => (await diagnosed(worldIn(dir))).fine.includes('somebody-governs')
    expect(await governs()).toBe(false)
    repo.write({ 'records/team/lawyers.yaml': team('lawyers', 'bob') })
    expect(await governs()).toBe(true)
  })

  test.each<[string, (dir: string) => void, string, RegExp]>([
    [
      'an engine that somebody changed',
      (dir) => writeFileSync(join(dir, '.github/gitsm/gitsm.mjs'), 'process.exit(0)\n'),
      'engine-is-as-released',
      /it is sha256 [0-9a-f]{64}; the program that asks is sha256 [0-9a-f]{64}/,
    ],
    [
      'a workflow that somebody changed',
      (dir) => writeFileSync(join(dir, '.github/workflows/gitsm-validate.yml'), 'on: push\njobs: {}\n'),
      'workflows-are-as-shipped',
      /changed: \.github\/workflows\/gitsm-validate\.yml/,
    ],
    [
      'a workflow of one’s own that strangers can turn',
      (dir) =>
        writeFileSync(
          join(dir, '.github/workflows/greet.yml'),
          'on: issues\njobs:\n  greet:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "$<<github.event.issue.title>>"\n'
            .replace('<<', '{{')
            .replace('>>', '}}'),
        ),
      'workflows-are-safe',
      /greet\.yml: a script holds data of an event/,
    ],
    [
      'a workflow that explodes',
      (dir) =>
        writeFileSync(
          join(dir, '.github/workflows/laugh.yml'),
          `a: &a [x, x]\nb: &b [${'*a, '.repeat(20)}]\nc: &c [${'*b, '.repeat(20)}]\nd: [${'*c, '.repeat(20)}]\n`,
        ),
      'workflows-are-safe',
      /laugh\.yml: it cannot be read/,
    ],
    [
      'a configuration that cannot be read',
      (dir) => writeFileSync(join(dir, 'gitsm.yaml'), 'version: 2\n'),
      'configuration-can-judge',
      /gitsm\.yaml/,
    ],
  ])('with %s is weak in that, and says what it found', async (_, spoil, id, because) => {
    const dir = await made()
    spoil(dir)
    const { weak, because: all } = await diagnosed(worldIn(dir))
    expect(weak).toContain(id)
    expect(all[id]).toMatch(because)
  })

  test('that is shallow is weak', async () => {
    const whole = repository([{ at: '2026-01-01T00:00:00Z' }, { at: '2026-01-02T00:00:00Z' }])
    const dir = join(temporaryFolder(), 'shallow')
    whole.git(['clone', '--quiet', '--depth=1', `file://${whole.dir}`, dir])
    expect((await diagnosed(worldIn(dir))).weak).toContain('clone-is-whole')
  })

  test('cannot have its engine vouch for itself', async () => {
    const dir = await made()
    const own = join(dir, '.github/gitsm/gitsm.mjs')
    cpSync(program, own)
    const { unknown } = await diagnosed({ ...worldIn(dir), program: own, packageRoot: join(dir, '.github') })
    expect(unknown).toEqual(expect.arrayContaining(['engine-is-as-released', 'workflows-are-as-shipped']))
  })
})

describe('what people read', () => {
  test('names each weakness with its cure, and sums up', async () => {
    const { out, code } = await doctor(worldIn(await made(), {}, 'text'), { offline: false, strict: false })
    expect(code).toBe(1)
    expect(out).toContain(
      '  ✗ Somebody governs: the teams that the policy on governance names have two members or more\n    found  nobody does',
    )
    expect(out).toMatch(/\n {4}cure {3}Fill the team .*records\/team\/governance\.yaml\) by pull request/)
    expect(out).toMatch(/Settings on GitHub\n {2}\? \d+ things were not looked at: there is no token/)
    expect(out).toMatch(/\n3 weak, \d+ unknown, \d+ fine; 1 of the weak ones gives everything away\n$/)
  })

  test('is a page with the same in Markdown', async () => {
    const { out } = await doctor(worldIn(await made(), {}, 'markdown'), { offline: false, strict: false })
    expect(out).toMatch(/^# Diagnosis\n\n\*\*3 weak/)
    expect(out).toContain('- `somebody-governs` (high): Fill the team that the policy')
  })
})
