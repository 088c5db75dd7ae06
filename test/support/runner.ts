import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { builtCli } from './build.ts'
import type { StandIn } from './github/stand-in.ts'
import { repositoryIn, type TestRepo } from './repo.ts'

/** What a step left: its log, its exit code, and what it handed on. */
export interface Step {
  readonly code: number | null
  /** Standard output, which the runner reads commands from. */
  readonly log: string
  readonly err: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** The event that a workflow was started by. */
export interface RunEvent {
  readonly name: string
  readonly payload: object
}

/** A machine that runs the Action for a repository on the stand-in, as the runner of GitHub does. */
export interface Runner {
  /** Checks the default branch out, and runs one step with these inputs. */
  readonly step: (inputs: Readonly<Record<string, string>>, event?: RunEvent) => Promise<Step>
  readonly workspace: TestRepo
  readonly close: () => void
}

/** Sets the clock of a process, in which the program then sees the time of the stand-in. */
const clock = `const real = Date
const ahead = Number(process.env.RUNNER_CLOCK_AHEAD)
globalThis.Date = class extends real {
  constructor(...given) {
    super(...(given.length === 0 ? [real.now() + ahead] : given))
  }
  static now() {
    return real.now() + ahead
  }
}
`

/** Starts a machine for a stand-in; whoever starts it closes it. */
export function startRunner(github: StandIn): Runner {
  const home = mkdtempSync(join(tmpdir(), 'gitsm-runner-'))
  const dir = join(home, 'workspace')
  writeFileSync(join(home, 'clock.mjs'), clock)
  mkdirSync(join(home, 'temp'))
  // On GitHub the account of Actions has a number that is known everywhere; the stand-in gives it another one.
  const bot = github.user('github-actions[bot]')
  const address = `${bot.id}+${bot.login}@users.noreply.github.com`
  writeFileSync(join(home, '.gitconfig'), `[user]\n\tname = ${bot.login}\n\temail = ${address}\n`)
  repositoryIn(home).git(['clone', '--quiet', github.bare, dir])
  const workspace = repositoryIn(dir)
  let steps = 0

  const step: Runner['step'] = async (inputs, event = { name: 'schedule', payload: {} }) => {
    workspace.git(['fetch', '--quiet', '--prune', 'origin'])
    workspace.git(['checkout', '--quiet', '--force', '-B', 'main', 'origin/main'])
    const folder = join(home, 'temp', String(++steps))
    mkdirSync(folder)
    const file = (name: string): string => join(folder, name)
    writeFileSync(file('event.json'), JSON.stringify({ repository: { default_branch: 'main' }, ...event.payload }))
    const { GITHUB_TOKEN: token = '', ...server } = github.env
    const given = Object.entries({ token, ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
    const env = {
      ...{ PATH: process.env['PATH'], HOME: home, RUNNER_TEMP: folder, CI: 'true', GITHUB_ACTIONS: 'true' },
      ...{ GIT_CONFIG_NOSYSTEM: '1', TMPDIR: folder, ...server },
      ...{ GITHUB_EVENT_NAME: event.name, GITHUB_EVENT_PATH: file('event.json'), GITHUB_WORKSPACE: dir },
      ...{ GITHUB_OUTPUT: file('output'), GITHUB_STEP_SUMMARY: file('summary'), GITHUB_REF_NAME: 'main' },
      ...{ GITHUB_RUN_ID: String(steps), GITHUB_RUN_ATTEMPT: '1', GITHUB_SHA: workspace.git(['rev-parse', 'HEAD']) },
      NODE_OPTIONS: `--import=${pathToFileURL(join(home, 'clock.mjs')).href}`,
      RUNNER_CLOCK_AHEAD: String(github.clock.seconds() * 1000 - Date.now()),
      ...Object.fromEntries(given),
    }
    const { code, log, err } = await ran(dir, env)
    const read = (name: string): string => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '')
    return { code, log, err, outputs: outputsIn(read('output')), summary: read('summary') }
  }
  return { step, workspace, close: () => rmSync(home, { recursive: true, force: true }) }
}

/** Runs the bundle without arguments; the stand-in lives in this process, so nothing may wait for it here. */
function ran(cwd: string, env: NodeJS.ProcessEnv): Promise<Pick<Step, 'code' | 'log' | 'err'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [builtCli], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let [log, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, log, err }))
  })
}

function outputsIn(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^([a-z-]+)<<(gitsm_[0-9a-f]{32})\n([\s\S]*?)\n\2$/gm)
  return Object.fromEntries(Array.from(found, ([, name = '', , value = '']) => [name, value]))
}
