import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { builtCli } from '../support/build.ts'
import { type RemoteShop, remoteShop } from '../support/remote-shop.ts'
import { type TestRepo, temporaryFolder } from '../support/repo.ts'
import { projectRoot, shippedFiles, shippedText } from '../support/shipped.ts'

/** A job of another repository, as far as the steps of an action see it. */
interface Job {
  readonly dir: string
  readonly run: (action: string, script: string, env: Readonly<Record<string, string>>) => Ran
}

interface Ran {
  readonly code: number | null
  readonly outputs: string
  readonly summary: string
  readonly said: string
}

/** The web shop on any day of any year: without windows, and with a model that does not run out. */
function timelessShop(files: Readonly<Record<string, string>> = {}): RemoteShop {
  const windows = shippedFiles.filter(({ path }) => path.startsWith('records/window/')).map(({ path }) => [path, null])
  const model = 'records/change-model/restart-web-server.yaml'
  const lasting = shippedText(model)
    .replace(/published_at: \S+/, 'published_at: 2026-01-01')
    .replace(/expires: \S+/, 'expires: 2198-12-31')
  const write = { ...Object.fromEntries(windows), [model]: lasting, ...files }
  return remoteShop({ at: '2026-01-02T00:00:00Z', write })
}

/** A job in which a service repository is checked out as the actions do it. */
function job(clone: (who: string) => TestRepo): Job {
  const dir = temporaryFolder()
  const tools = temporaryFolder()
  const checkedOut = clone('ada')
  // What is checked out in a run says nothing of who works there.
  checkedOut.git(['config', '--remove-section', 'user'])
  cpSync(checkedOut.dir, join(dir, '.gitsm-service-repository'), { recursive: true })
  cpSync(join(projectRoot, 'actions'), join(tools, 'actions'), { recursive: true })
  mkdirSync(join(tools, 'dist'))
  copyFileSync(builtCli, join(tools, 'dist/gitsm.js'))
  writeFileSync(join(tools, 'package.json'), '{ "type": "module" }')
  cpSync(join(projectRoot, 'templates'), join(tools, 'templates'), { recursive: true })
  const run = (action: string, script: string, env: Readonly<Record<string, string>>): Ran => {
    const [output, summary] = [join(dir, 'output'), join(dir, 'summary')]
    for (const file of [output, summary]) writeFileSync(file, '')
    const action_path = join(tools, 'actions', action)
    const { status, stderr, stdout } = spawnSync('bash', [join(action_path, script)], {
      cwd: dir,
      encoding: 'utf8',
      env: {
        PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
        HOME: dir,
        GIT_CONFIG_NOSYSTEM: '1',
        GITHUB_ACTION_PATH: action_path,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTOR: 'fatima',
        GITHUB_ACTOR_ID: '77',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'kontor/shop',
        GITHUB_RUN_ID: '99',
        RUNNER_TEMP: dir,
        ...env,
      },
    })
    return {
      code: status,
      outputs: readFileSync(output, 'utf8'),
      summary: readFileSync(summary, 'utf8'),
      said: stdout + stderr,
    }
  }
  return { dir, run }
}

const gate = { GATE_SERVICE: 'webshop', GATE_ENVIRONMENT: 'production', GATE_CHANGE: '', GATE_TRUST: 'false' }

/** A change by the model `restart-web-server` whose window lasts now. */
function restart(): string {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z/, 'Z')
  return `id: CHG-20260101-AAAA
title: "Restart ::set-output name=verdict::pass"
state: scheduled
change_type: normal
cis: [web-2]
requester: fatima
implementer: fatima
team: platform
opened_at: ${at(-90)}
reason: It holds on to its memory
description: It is restarted
impact_assessment: None
implementation_plan: Restart it
test_plan: Look at it
backout_plan: Leave it out
risk: high
risk_answers: { tested: same_environment, backout: minutes, experience: often, helpers: one_team }
outage: false
planned_start: ${at(-10)}
planned_end: ${at(50)}
`
}

describe('the action that asks the change gate', () => {
  test('fails where no change clears the deployment, and hands on why', () => {
    const { run } = job(timelessShop().clone)
    const { code, outputs, summary } = run('change-gate', 'ask.sh', gate)
    expect(code).toBe(1)
    expect(outputs).toMatch(/^verdict=fail\n/)
    expect(outputs).toContain('no open change is about webshop in production')
    expect(summary).toContain('## Change gate: not cleared')
  })

  test('passes by a change of the mainline, where that is trusted', () => {
    const file = 'records/change/2026/01/CHG-20260101-AAAA.yaml'
    const { clone } = timelessShop({ [file]: restart() })
    const { run } = job(clone)
    expect(run('change-gate', 'ask.sh', gate).code).toBe(1)
    const { code, outputs } = run('change-gate', 'ask.sh', { ...gate, GATE_TRUST: 'true' })
    expect(code).toBe(0)
    expect(outputs.match(/^verdict=.*$/gm)).toEqual(['verdict=pass'])
  })

  test.each([
    ['$(touch pwned)', 2],
    ['"; touch pwned; "', 2],
    ['--help', 2],
    ['webshop\nverdict=pass', 2],
    ['', 2],
  ])('takes %j as the name of a service and nothing else', (name, code) => {
    const { dir, run } = job(timelessShop().clone)
    const told = run('change-gate', 'ask.sh', { ...gate, GATE_SERVICE: name })
    expect(told.code).toBe(code)
    expect(told.outputs.match(/^verdict=.*$/gm)).toEqual(['verdict=error'])
    expect(existsSync(join(dir, 'pwned'))).toBe(false)
  })
})

describe('the action that carries out a standard change', () => {
  const change = { RUN_MODEL: 'restart-web-server', RUN_SERVICE: 'webshop', RUN_FAILED: 'unsuccessful_backed_out' }

  function carriedOut(script: string, set = 'parameters.server=web-2\n') {
    const { origin, clone } = timelessShop()
    const { dir, run } = job(clone)
    writeFileSync(join(dir, 'deploy'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    return { origin, dir, ...run('change-run', 'run.sh', { ...change, RUN_SET: set, RUN_SCRIPT: 'deploy' }) }
  }

  test('runs the script, lands the record as whoever started the run, and ends as the script did', () => {
    const { origin, dir, code, outputs } = carriedOut('touch ran; exit 3')
    expect(code).toBe(3)
    expect(existsSync(join(dir, 'ran'))).toBe(true)
    expect(outputs).toMatch(/^change=CHG-\d{8}-[0-9A-Z]{4}\n$/)
    expect(origin.git(['log', '-1', '--format=%an <%ae>%n%B', 'main'])).toMatch(
      /^fatima <77\+fatima@users\.noreply\.github\.com>\nRestart web-2: failed\n\nhttps:\/\/github\.com\/kontor\/shop\/actions\/runs\/99\n/,
    )
  })

  test('runs nothing where the gate refuses', () => {
    const { dir, code, origin } = carriedOut('touch ran', 'parameters.server=web-4; touch ran\n')
    expect(code).toBe(1)
    expect(existsSync(join(dir, 'ran'))).toBe(false)
    expect(origin.git(['rev-list', '--count', 'main'])).toBe('2')
  })
})
