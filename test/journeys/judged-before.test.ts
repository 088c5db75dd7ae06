import { appendFileSync, chmodSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readWorkingTree } from '../../src/adapters/working-tree.ts'
import { judgedPaths } from '../../src/core/record-path.ts'
import { conclude } from '../../src/journeys/conclude.ts'
import { judgeTree } from '../../src/journeys/judge-tree.ts'
import { judgedOnce } from '../../src/journeys/judged-before.ts'
import { worldOf } from '../support/approval-world.ts'
import { type TestRepo, temporaryFolder } from '../support/repo.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const file = incidentFile('INC-20260302-AAAA')
const good = incident('INC-20260302-AAAA', 'new')
const day = 86_400
const closing = async () => new Map()

/** A repository with one incident, and what judging it says, with how often the tree was really judged. */
function shop(content = good) {
  const repo = webshop({ at: '2026-03-02T10:00:00Z', write: { [file]: content } })
  const program = join(temporaryFolder(), 'gitsm.js')
  writeFileSync(program, 'this build')
  let times = 0
  const validate = async (later = 0) => {
    const world = { ...worldOf(repo.dir), program }
    const found = await judgedOnce(world, repo.dir, judgedPaths, world.now + later, () => {
      times += 1
      return judgeTree(readWorkingTree(repo.dir, judgedPaths), closing)
    })
    return { ...conclude(world, { ...found, records: found.count }), times }
  }
  return { ...repo, validate, cache: join(repo.dir, '.git/gitsm/validate') }
}

describe('a working tree that has not changed', () => {
  test('is judged once, and the same is said again byte for byte', async () => {
    const { validate } = shop(incident('INC-20260302-AAAA', 'new', { service: 'webshp', urgency: 'low' }))
    const first = await validate()
    expect(first).toMatchObject({ code: 1, times: 1 })
    expect(first.out).toContain('webshp')
    expect(await validate()).toEqual(first)
  })

  test('is judged once, too, if nothing of it is committed or it is ignored', async () => {
    const { validate, write } = shop()
    write({ '.gitignore': 'records/incident\n', [incidentFile('INC-20260302-BBBB')]: 'id: [' })
    const first = await validate()
    expect(first.out).toContain('INC-20260302-BBBB')
    expect(await validate()).toEqual(first)
  })

  test('is told anew what falls due by time alone', async () => {
    const { validate, write } = shop()
    const article = 'records/knowledge/2026/05/KB-20260512-A3DP.yaml'
    write({ [article]: shippedText(article) })
    const now = await validate()
    const later = await validate(20 * 365 * day)
    expect(now.out).not.toContain(article)
    expect(later.out).toContain(article)
    expect(later.times).toBe(1)
  })
})

describe('a working tree is judged again after', () => {
  const changes: { readonly [what: string]: (repo: TestRepo) => void } = {
    'an edit': ({ write }) => write({ [file]: good.replace('webshop', 'webshp') }),
    'an edit of the same length whose time is put back': ({ dir, write }) => {
      const { atime, mtime } = statSync(join(dir, file))
      write({ [file]: good.replace('webshop', 'webshpo') })
      utimesSync(join(dir, file), atime, mtime)
    },
    'an edit that is committed': ({ commit }) => {
      commit({ at: '2026-03-03T10:00:00Z', write: { [file]: good.replace('webshop', 'webshp') } })
    },
    'a new file': ({ write }) => write({ [incidentFile('INC-20260302-CCCC')]: 'id: [' }),
    'a new file that git ignores': ({ write }) =>
      write({ '.git/info/exclude': 'records\n', [incidentFile('INC-20260302-CCCC')]: 'id: [' }),
    'the loss of a file': ({ dir }) => rmSync(join(dir, 'records/service/webshop.yaml')),
    'an edit of a schema': ({ dir }) => {
      const schema = join(dir, 'schemas/incident/schema.json')
      const { required, ...rest } = JSON.parse(readFileSync(schema, 'utf8'))
      writeFileSync(schema, JSON.stringify({ ...rest, required: [...required, 'satisfaction'] }))
    },
  }
  for (const [what, change] of Object.entries(changes)) {
    test(what, async () => {
      const repo = shop()
      expect(await repo.validate()).toMatchObject({ times: 1, code: 0 })
      change(repo)
      const after = await repo.validate()
      expect(after.times).toBe(2)
      expect(after.code).not.toBe(0)
      expect(await repo.validate()).toEqual(after)
    })
  }

  test('a file that git is told not to look at', async () => {
    const repo = shop()
    repo.git(['update-index', '--assume-unchanged', file])
    await repo.validate()
    repo.write({ [file]: good.replace('webshop', 'webshp') })
    expect(await repo.validate()).toMatchObject({ times: 2, code: 1 })
  })

  test('damage to what is kept', async () => {
    const repo = shop()
    const first = await repo.validate()
    const kept = readFileSync(repo.cache)
    const damages = [
      () => writeFileSync(repo.cache, ''),
      () => writeFileSync(repo.cache, kept.subarray(0, kept.length - 5)),
      () =>
        writeFileSync(
          repo.cache,
          kept.map((byte, at) => (at === kept.length - 20 ? byte ^ 1 : byte)),
        ),
      () => appendFileSync(repo.cache, 'x'),
      () => rmSync(repo.cache),
      () => chmodSync(repo.cache, 0o600),
    ]
    for (const [index, damage] of damages.entries()) {
      damage()
      expect({ ...(await repo.validate()), times: 1 }).toEqual(first)
      // What is whole again is believed again.
      expect((await repo.validate()).times).toBe(Math.min(index + 2, 6))
    }
  })

  test('a commit, where history had a say in the judgement, and only then', async () => {
    const repo = shop()
    const program = join(repo.dir, 'gitsm.yaml')
    let times = 0
    const judged = () =>
      judgedOnce({ ...worldOf(repo.dir), program }, repo.dir, judgedPaths, 0, async () => {
        times += 1
        return { ...(await judgeTree(readWorkingTree(repo.dir, judgedPaths), closing)), restsOnHistory: true }
      })
    const first = await judged()
    expect((await judged()).diagnostics).toEqual(first.diagnostics)
    expect(times).toBe(1)
    repo.commit({ at: '2026-03-03T10:00:00Z' })
    await judged()
    expect(times).toBe(2)
    await repo.validate()
    repo.commit({ at: '2026-03-04T10:00:00Z' })
    expect(await repo.validate()).toMatchObject({ times: 1 })
  })

  test('an update of the program', async () => {
    const repo = shop()
    await repo.validate()
    const world = worldOf(repo.dir)
    let again = false
    await judgedOnce({ ...world, program: join(repo.dir, 'gitsm.yaml') }, repo.dir, judgedPaths, world.now, () => {
      again = true
      return judgeTree(readWorkingTree(repo.dir, judgedPaths), closing)
    })
    expect(again).toBe(true)
  })
})
