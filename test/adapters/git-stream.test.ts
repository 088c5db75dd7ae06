import { describe, expect, test } from 'vitest'
import { fastImport } from '../../src/adapters/fast-import.ts'
import { readBlobs, streamBlobs } from '../../src/adapters/git/objects.ts'
import { type MainlineRange, type MainlineStep, streamMainline, walkMainline } from '../../src/adapters/git/walk.ts'
import { repository } from '../support/repo.ts'

const env = { PATH: process.env['PATH'] }

async function contents(stream: AsyncIterable<readonly Buffer[]>): Promise<readonly string[]> {
  const found: string[] = []
  for await (const blobs of stream) for (const bytes of blobs) found.push(bytes.toString('latin1'))
  return found
}

async function stretch(dir: string, range: MainlineRange): Promise<readonly MainlineStep[]> {
  const found: MainlineStep[] = []
  for await (const steps of streamMainline({ dir, env }, range, ['records'])) found.push(...steps)
  return found
}

describe('the contents of blobs', () => {
  test('come in the order asked, whatever their size and however often they are asked for', async () => {
    const large = Array.from({ length: 300_000 }, (_, line) => `line ${line}`).join('\n')
    const texts: Readonly<Record<string, string>> = {
      empty: '',
      newline: '\n',
      small: 'a: 1\n',
      large,
      like: 'x blob 3\n',
    }
    const repo = repository([{ at: '2026-01-01T00:00:00Z', write: texts }])
    const order = ['large', 'empty', 'small', 'large', 'newline', 'like', 'empty']
    const ids = order.map((name) => repo.git(['rev-parse', `HEAD:${name}`]))
    expect(await contents(streamBlobs({ dir: repo.dir, env }, [ids]))).toEqual(order.map((name) => texts[name]))
    const read: string[] = []
    for await (const { id, bytes } of readBlobs({ dir: repo.dir, env }, ids)) read.push(`${id} ${bytes.length}`)
    expect(read).toEqual(ids.map((id, index) => `${id} ${texts[order[index] ?? '']?.length}`))
  })

  test('come while ids are still being found', async () => {
    const repo = repository([{ at: '2026-01-01T00:00:00Z', write: { a: 'A', b: 'B' } }])
    async function* late(): AsyncGenerator<readonly string[]> {
      yield [repo.git(['rev-parse', 'HEAD:a'])]
      await new Promise((resolve) => setTimeout(resolve, 20))
      yield []
      yield [repo.git(['rev-parse', 'HEAD:b'])]
    }
    expect(await contents(streamBlobs({ dir: repo.dir, env }, late()))).toEqual(['A', 'B'])
    expect(await contents(streamBlobs({ dir: repo.dir, env }, []))).toEqual([])
  })

  test('end with a fault where one is missing, is no blob, or no more ids can be found', async () => {
    const repo = repository([{ at: '2026-01-01T00:00:00Z', write: { a: 'A' } }])
    const git = { dir: repo.dir, env }
    const known = repo.git(['rev-parse', 'HEAD:a'])
    await expect(contents(streamBlobs(git, [[known, '1'.repeat(40)]]))).rejects.toThrow('git cat-file failed')
    await expect(contents(streamBlobs(git, [[repo.git(['rev-parse', 'HEAD'])]]))).rejects.toThrow('missing or no blob')
    async function* broken(): AsyncGenerator<readonly string[]> {
      yield [known]
      throw new Error('the walk broke off')
    }
    await expect(contents(streamBlobs(git, broken()))).rejects.toThrow('the walk broke off')
    await expect(contents(streamBlobs({ dir: `${repo.dir}/none`, env }, [[known]]))).rejects.toThrow('no folder')
  })
})

describe('a stretch of the mainline', () => {
  test('begins behind a commit, and its oldest step names that as its parent', async () => {
    const repo = repository()
    const commits = ['a', 'b', 'c', 'd'].map((name, hour) =>
      repo.commit({ at: `2026-01-01T0${hour}:00:00Z`, by: 'Zoë', write: { [`records/incident/${name}.yaml`]: name } }),
    )
    const [first = '', second = '', third = '', tip = ''] = commits
    const rest = await stretch(repo.dir, { tip, after: second })
    expect(rest.map(({ commit, parent, by }) => [commit, parent, by])).toEqual([
      [third, second, 'Zoë'],
      [tip, third, 'Zoë'],
    ])
    expect(rest[0]?.touches.map(({ path }) => path)).toEqual(['records/incident/c.yaml'])
    expect(await stretch(repo.dir, { tip, after: tip })).toEqual([])
    const whole = await stretch(repo.dir, { tip })
    expect(whole.map(({ commit }) => commit)).toEqual(commits)
    expect(whole[0]).not.toHaveProperty('parent')
    expect(whole[1]?.parent).toBe(first)
  })

  test('behind a commit that came in by a merge shows another parent', async () => {
    const repo = repository([{ at: '2026-01-01T00:00:00Z', write: { a: 'a' } }])
    const root = repo.git(['rev-parse', 'HEAD'])
    repo.git(['checkout', '--quiet', '-b', 'topic'])
    const topic = repo.commit({ at: '2026-01-01T01:00:00Z', write: { b: 'b' } })
    repo.git(['checkout', '--quiet', 'main'])
    repo.commit({ at: '2026-01-01T02:00:00Z', write: { c: 'c' } })
    repo.git(['merge', '--quiet', '--no-ff', 'topic', '-m', 'merge'])
    const [oldest] = await stretch(repo.dir, { tip: repo.git(['rev-parse', 'HEAD']), after: topic })
    expect(oldest?.parent).toBe(root)
  })

  test('is whole where git prints far more than comes at a time', async () => {
    const repo = repository()
    const by = { name: 'ada', email: 'ada@example.invalid' }
    const commits = Array.from({ length: 1200 }, (_, index) => ({
      ...{ at: 1_767_225_600 + index, by, message: 'note' },
      files: index % 3 === 0 ? [] : [{ path: `records/incident/INC-${index}.yaml`, content: `id: INC-${index}\n` }],
    }))
    await fastImport({ dir: repo.dir, env }, commits, { branch: 'main' })
    const steps = await walkMainline({ dir: repo.dir, env }, repo.git(['rev-parse', 'HEAD']), ['records'])
    expect(steps.map(({ claimed, touches }) => [claimed, touches.map(({ path }) => path)])).toEqual(
      commits.map(({ at, files }) => [at, files.map(({ path }) => path)]),
    )
  })
})
