import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtCli } from '../support/build.ts'
import { temporaryFolder } from '../support/repo.ts'
import { projectRoot } from '../support/shipped.ts'

/** Runs the program as the runner runs the Action: no arguments, inputs and files named by the environment. */
function step(inputs: Readonly<Record<string, string>>) {
  const folder = temporaryFolder()
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')]
  const named = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCli], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(named),
    },
  })
  const written = existsSync(output) ? readFileSync(output, 'utf8') : ''
  const outputs = Array.from(
    written.matchAll(/^([a-z-]+)<<(gitsm_[0-9a-f]{32})\n([\s\S]*?)\n\2$/gm),
    ([, name = '', , value = '']) => [name, value],
  )
  return {
    code: status,
    out: stdout,
    err: stderr,
    outputs: Object.fromEntries(outputs),
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
  }
}

test('a step judges the folder it is told of, annotates, and hands on what it found', () => {
  const ran = step({
    command: 'validate',
    'working-directory': projectRoot,
    summary: 'true',
    'as-of': '2026-11-21T12:00:00Z',
  })
  expect(ran).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(/^::warning file=records\/change-model\/.*\n\d+ records, 0 errors, 1 warnings\n$/),
    outputs: { verdict: 'pass', 'exit-code': '0', out: expect.stringContaining('model-may-be-followed') },
    summary: expect.stringContaining('model-may-be-followed'),
  })
})

test('a step that cannot be run fails with an annotation, and never hands on a verdict that reads as a pass', () => {
  const ran = step({ command: 'check', base: 'main' })
  expect(ran).toMatchObject({
    code: 2,
    out: expect.stringMatching(/^::error title=gitsm::.* is not in a git repository%0A.*\n$/),
    outputs: { verdict: 'error', 'exit-code': '2', out: '' },
  })
  expect(step({ command: 'validate', 'working-directory': projectRoot, summary: 'perhaps' })).toMatchObject({
    code: 2,
    err: expect.stringContaining('The input "summary" is "perhaps"'),
    outputs: {},
  })
})
