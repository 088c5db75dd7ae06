import { describe, expect, test } from 'vitest'
import { load } from '../../src/journeys/load.ts'
import { sidesOf } from '../../src/journeys/sides.ts'
import { plainReader, sharingReader } from '../../src/journeys/tree-reader.ts'
import { shippedFiles, shippedText, shippedWith, treeFile } from '../support/shipped.ts'

const team = 'records/team/platform.yaml'
const other = treeFile(team, shippedText(team).replace(/^title:.*$/m, 'title: Another name'))

describe('a reader that shares', () => {
  test('reads a file once, and again where its content, its path or its kind differs', () => {
    const { yaml } = sharingReader()
    const file = treeFile('records/a.yaml', 'id: a\n')
    expect(yaml({ ...file })).toBe(yaml(file))
    expect(yaml(treeFile('records/a.yaml', 'id: b\n')).data).toEqual({ id: 'b' })
    expect(yaml({ ...file, path: 'records/b.yaml' })).not.toBe(yaml(file))
    expect(yaml({ ...file, mode: 'symlink', bytes: null }).data).toBeUndefined()
  })

  test('tells files of git apart by their object ids', () => {
    const { yaml } = sharingReader()
    const [one, two] = ['id: a\n', 'id: b\n'].map((text, index) => ({ ...treeFile('a', text), blob: `${index}` }))
    if (!one || !two) throw new Error('two files were made')
    expect([yaml(one).data, yaml(two).data, yaml(one).data]).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'a' }])
  })

  test('gives trees with the same rules one registry, and other rules another', () => {
    const { registry } = sharingReader()
    const shipped = registry(shippedWith({}))
    expect(registry(shippedWith({ [team]: 'id: platform\n' }))).toBe(shipped)
    const config = `${shippedText('gitsm.yaml')}\n# another word\n`
    expect(registry(shippedWith({ 'gitsm.yaml': config }))).not.toBe(shipped)
  })

  test('finds in two trees what reading each for itself finds, and nothing else', () => {
    const broken = shippedWith({ [team]: 'id: platform\nstate: 7\n', 'records/ci/web-1.yaml': 'id: [\n' })
    const { base, result } = sidesOf(shippedFiles, broken, sharingReader())
    for (const [shared, alone] of [
      [base, load(shippedFiles)],
      [result, load(broken, plainReader.registry(shippedFiles))],
    ] as const) {
      expect(shared.diagnostics).toEqual(alone.diagnostics)
      expect(shared.records.all).toEqual(alone.records.all)
      expect(shared.series).toEqual(alone.series)
    }
    expect(result.diagnostics.length).toBeGreaterThan(1)
  })

  test('hands on one and the same data for a record that is on both sides, not for one that differs', () => {
    const after = shippedFiles.map((file) => (file.path === team ? other : file))
    const { base, result } = sidesOf(shippedFiles, after, sharingReader())
    const data = (type: string, id: string) => [base, result].map(({ records }) => records.find(type, id)?.data)
    const [before, kept] = data('service', 'webshop')
    expect(kept).toBe(before)
    expect(data('team', 'platform').map((each) => each?.['title'])).toEqual(['Platform', 'Another name'])
  })
})
