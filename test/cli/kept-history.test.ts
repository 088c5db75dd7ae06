import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { builtCli } from '../support/build.ts'
import { gitsm } from '../support/gitsm.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const asked = ['--as-of', '2026-03-03T00:00:00Z', 'sla', '--all']

function lived() {
  const file = incidentFile('INC-1')
  return webshop(
    { at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'new') } },
    { at: '2026-03-02T09:30:00Z', write: { [file]: incident('INC-1', 'in_progress', { team: 'operations' }) } },
  )
}

/** Starts the program without waiting for it. */
function started(dir: string) {
  const child = spawn(process.execPath, [builtCli, ...asked], {
    cwd: dir,
    env: { PATH: process.env['PATH'], HOME: dir, GIT_CONFIG_NOSYSTEM: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8')
  })
  return { child, ended: once(child, 'close').then(() => out) }
}

describe('what gitsm sla keeps in .git/gitsm', () => {
  test('does not mind two runs at once, nor one that is killed', async () => {
    const repo = lived()
    const runs = [started(repo.dir), started(repo.dir)]
    const killed = started(repo.dir)
    setTimeout(() => killed.child.kill('SIGKILL'), 300)
    const [one, other] = await Promise.all(runs.map(({ ended }) => ended))
    await killed.ended
    const again = gitsm(asked, repo)
    expect(again.code).toBe(0)
    expect([one, other]).toEqual([again.stdout, again.stdout])
    const cache = join(repo.dir, '.git/gitsm')
    rmSync(cache, { recursive: true })
    expect(gitsm(asked, repo)).toEqual(again)
    expect(readdirSync(cache)).toContain('history')
  })

  test('may be deleted, damaged or impossible to write', () => {
    const repo = lived()
    const cache = join(repo.dir, '.git/gitsm')
    const first = gitsm(asked, repo)
    for (const name of readdirSync(cache)) {
      const whole = readFileSync(join(cache, name))
      writeFileSync(join(cache, name), whole.subarray(0, whole.length - 9))
    }
    expect(gitsm(asked, repo)).toEqual(first)
    rmSync(cache, { recursive: true })
    writeFileSync(cache, 'in the way')
    expect(gitsm(asked, repo)).toEqual(first)
    expect(existsSync(join(cache, 'history'))).toBe(false)
  })
})
