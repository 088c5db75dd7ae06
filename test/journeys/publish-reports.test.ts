import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publishReports } from '../../src/journeys/publish-reports.ts'
import type { World } from '../../src/journeys/world.ts'
import { worldOf } from '../support/approval-world.ts'
import { repositoryIn, type TestRepo, temporaryFolder } from '../support/repo.ts'
import { isPage, reportPaths } from '../support/report-pages.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

interface Shop {
  readonly origin: TestRepo
  /** A clone of it, and what was said to the person there. */
  readonly clone: TestRepo
  readonly publish: (period?: string) => Promise<readonly string[]>
  readonly said: readonly string[]
}

/** A web shop with an incident in March and one in April, on a remote; `refused` branches take no push there. */
function shop(refused: readonly string[] = []): Shop {
  const write = (at: string, id: string) => ({
    at,
    write: { [incidentFile(id)]: incident(id, 'new', { opened_at: at }) },
  })
  const made = webshop(write('2026-03-02T09:00:00Z', 'INC-1'), write('2026-04-10T09:00:00Z', 'INC-2'))
  const folder = temporaryFolder()
  made.git(['clone', '--quiet', '--bare', made.dir, join(folder, 'origin')])
  made.git(['clone', '--quiet', join(folder, 'origin'), join(folder, 'clone')])
  const hook = join(folder, 'origin/hooks/update')
  const cases = refused.map((branch) => `refs/heads/${branch}) echo "${branch} is protected" >&2; exit 1;;`)
  writeFileSync(hook, `#!/bin/sh\ncase "$1" in\n${cases.join('\n')}\nesac\n`)
  chmodSync(hook, 0o755)
  const clone = repositoryIn(join(folder, 'clone'))
  const said: string[] = []
  const world: World = {
    ...{ ...worldOf(clone.dir), now: 1_777_000_000, say: (line) => void said.push(line) },
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  }
  const publish: Shop['publish'] = async (period) => {
    const { out } = await publishReports(world, {
      remote: 'origin',
      periods: period === undefined ? [] : [period],
      allDue: false,
    })
    const told: { branch: string; files: { path: string; state: string }[] } = JSON.parse(out)
    return [
      told.branch,
      ...told.files.flatMap(({ path, state }) => (state === 'written' && isPage(path) ? [path] : [])),
    ]
  }
  return { origin: repositoryIn(join(folder, 'origin')), clone, publish, said }
}

const listed = ({ origin }: Shop, branch: string, folder: string) =>
  origin
    .git(['ls-tree', '-r', '--name-only', branch, folder])
    .split('\n')
    .filter((path) => isPage(path) || path.endsWith('.yaml'))

test('reports reach the mainline of the remote in one commit, and the clone stays as it was', async () => {
  const here = shop()
  const before = here.clone.git(['rev-parse', 'HEAD'])
  expect(await here.publish('2026-03')).toEqual(['main', ...reportPaths('2026-03')])
  expect(here.origin.git(['log', '--format=%an|%s', `${before}..main`])).toBe(
    `GitSM|Reports of March 2026, as of commit ${before.slice(0, 10)}`,
  )
  expect(listed(here, 'main', 'reports')).toEqual(reportPaths('2026-03').toSorted())
  expect(here.clone.git(['rev-parse', 'HEAD'])).toBe(before)
  expect(here.clone.git(['status', '--porcelain'])).toBe('')
})

test('what says the same is not published again', async () => {
  const here = shop()
  await here.publish('2026-03')
  const tip = here.origin.git(['rev-parse', 'main'])
  expect(await here.publish('2026-03')).toEqual(['main'])
  expect(here.origin.git(['rev-parse', 'main'])).toBe(tip)
})

test('a picture on the mainline that no page shows any more goes with the next reports', async () => {
  const here = shop()
  const forgotten = 'reports/2026-03/charts/csi-forgotten-dark.svg'
  here.clone.commit({ at: '2026-04-11T09:00:00Z', write: { [forgotten]: '<svg/>\n' } })
  here.clone.git(['push', '--quiet', 'origin', 'HEAD:main'])
  await here.publish('2026-03')
  expect(here.origin.git(['ls-tree', '-r', '--name-only', 'main', 'reports/2026-03'])).not.toContain(forgotten)
})

test('a mainline that takes no direct push gets a branch beside it, with the records that the pages link to', async () => {
  const here = shop(['main'])
  expect(await here.publish('2026-03')).toEqual(['gitsm-reports', ...reportPaths('2026-03')])
  expect(here.said).toEqual([
    expect.stringMatching(
      /^origin takes no direct push to main \(main is protected.*\); the reports go to gitsm-reports$/,
    ),
  ])
  expect(listed(here, 'gitsm-reports', incidentFile('INC-1'))).toEqual([incidentFile('INC-1')])
  const first = here.origin.git(['rev-parse', 'gitsm-reports'])
  expect(await here.publish('2026-04')).toEqual(['gitsm-reports', ...reportPaths('2026-04')])
  expect(listed(here, 'gitsm-reports', 'reports')).toEqual(
    [...new Set([...reportPaths('2026-03'), ...reportPaths('2026-04')])].toSorted(),
  )
  expect(here.origin.git(['merge-base', '--is-ancestor', first, 'gitsm-reports'])).toBe('')
  expect(await here.publish('2026-04')).toEqual(['gitsm-reports'])
  expect(here.origin.git(['rev-parse', 'main'])).toBe(here.clone.git(['rev-parse', 'HEAD']))
})

test('the branch that gitsm.yaml names is the place, and one that it may not push is a fault', async () => {
  const here = shop(['figures'])
  const config = here.clone.git(['show', 'HEAD:gitsm.yaml'])
  here.clone.commit({
    at: '2026-04-11T00:00:00Z',
    write: { 'gitsm.yaml': config.replace('reports:\n  path: reports', 'reports: { path: reports, branch: figures }') },
  })
  here.clone.git(['push', '--quiet', 'origin', 'main'])
  await expect(here.publish('2026-03')).rejects.toMatchObject({
    message: expect.stringMatching(/^origin does not take the branch figures: figures is protected/),
    code: 4,
  })
  writeFileSync(join(here.origin.dir, 'hooks/update'), '#!/bin/sh\n')
  expect((await here.publish('2026-03'))[0]).toBe('figures')
})

test('two that publish at once both succeed, whoever is faster', async () => {
  const here = shop()
  const [march, april] = await Promise.all([here.publish('2026-03'), here.publish('2026-04')])
  expect([march?.[0], april?.[0]]).toEqual(['main', 'main'])
  expect(listed(here, 'main', 'reports')).toEqual(
    [...new Set([...reportPaths('2026-03'), ...reportPaths('2026-04')])].toSorted(),
  )
})
