import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { builtCli } from '../support/build.ts'
import { gitsm } from '../support/gitsm.ts'
import { remoteShop } from '../support/remote-shop.ts'
import type { TestRepo } from '../support/repo.ts'

const set = ['title=Mail is down', 'service=order-mail', 'impact=high', 'urgency=high']
const opening = (id: string) => ['new', 'incident', '--id', id, ...set.flatMap((each) => ['--set', each]), '--push']

/** Starts a push and ends the program in the middle, as a power cut would; says whether it was faster than that. */
async function interrupted({ dir }: TestRepo, id: string, after: number): Promise<boolean> {
  const env = { PATH: process.env['PATH'], HOME: dir, GIT_CONFIG_NOSYSTEM: '1' }
  const child = spawn(process.execPath, [builtCli, ...opening(id)], { cwd: dir, env, stdio: 'ignore' })
  const ended = new Promise<boolean>((resolve) => child.on('exit', (code) => resolve(code === 0)))
  await Promise.race([ended, setTimeout(after)])
  child.kill('SIGKILL')
  return ended
}

test('a push that is killed at any moment is there whole or not at all, and can be repeated', async () => {
  const { origin, clone } = remoteShop()
  const repo = clone('ada')
  const begun = performance.now()
  expect(gitsm(opening('INC-0'), repo)).toMatchObject({ code: 0 })
  const whole = performance.now() - begun
  const ids = ['INC-0']
  for (const [at, share] of [0.5, 0.7, 0.8, 0.95].entries()) {
    const id = `INC-${at + 1}`
    ids.push(id)
    const isDone = await interrupted(repo, id, whole * share)
    // What git had begun for it comes to its end by itself.
    await setTimeout(300)
    const isThere = origin.git(['ls-tree', '-r', '--name-only', 'main']).includes(`/${id}.yaml`)
    if (isDone) expect(isThere).toBe(true)
    const again = gitsm(opening(id), repo)
    expect([again.code, again.stderr]).toEqual(
      isThere ? [2, expect.stringContaining('exists already')] : [0, expect.anything()],
    )
  }
  const log = origin.git(['log', '--reverse', '--format=%s', 'main']).split('\n').slice(1)
  expect(log).toEqual(ids.map((id) => `${id}: Mail is down`))
  expect(origin.git(['fsck', '--no-dangling'])).toBe('')
  expect(gitsm(['validate'], clone('bob'))).toMatchObject({ code: 0 })
  expect(repo.git(['for-each-ref', 'refs/gitsm'])).toBe('')
}, 120_000)
