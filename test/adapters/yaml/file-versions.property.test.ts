import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FileVersions } from '../../../src/adapters/yaml/file-versions.ts'
import { readYaml } from '../../../src/adapters/yaml/read.ts'
import { PackedHistory } from '../../../src/core/packed-history.ts'
import { type Data, isData } from '../../../src/core/record.ts'
import type { FileRevision } from '../../../src/core/touched-records.ts'
import { brackets, changes, nested, soup } from '../../support/awkward-texts.ts'
import { shippedFiles } from '../../support/shipped.ts'

// A longer run: GITSM_FUZZ_RUNS=200000 npx vitest run --project source --testTimeout 3600000 test/adapters/yaml/file-v
const runs = Number(process.env['GITSM_FUZZ_RUNS'] ?? 1_500)

const shipped = shippedFiles
  .filter(({ path }) => path.endsWith('.yaml'))
  .map(({ bytes }) => new TextDecoder().decode(bytes ?? undefined))
  .filter((text) => text.length < 3_000)

const log = 'id: INC-1\nstate: new\nteam: ops\nlog:\n  - { at: 1, state: new }\n  - at: 2\n    note: |\n      text\n'
const begin = fc.oneof(
  { weight: 3, arbitrary: fc.constant(log) },
  { weight: 3, arbitrary: fc.constantFrom(...shipped) },
  soup,
  brackets,
  nested,
)

/** Steps as people take them, which leave most of a text as it was. */
const step = fc.constantFrom(
  (text: string) => `${text}  - { at: 3, note: "again: é" }\n`,
  (text: string) => `${text}- { at: 3 }\n`,
  (text: string) => `${text}    more: 1\n`,
  (text: string) => `${text}# end\n`,
  (text: string) => text.replace(/^state: .*$/m, 'state: "resolved"'),
  (text: string) => text.replace(/^team: .*\n/m, ''),
  (text: string) => text.replace(/^title: /m, '$&Still '),
  (text: string) => text.replace(/^id: .*$/m, 'id: INC-2'),
  (text: string) => text.replace(/^state: /m, 'team: x\n$&'),
  (text: string) => `${text}constructor: 1\n`,
  (text: string) => `${text}team: twice\u202e\n`,
)

/** A text and what became of it. */
const versions = fc
  .tuple(begin, fc.array(fc.oneof({ weight: 4, arbitrary: step }, changes), { minLength: 1, maxLength: 5 }))
  .map(([first, edits]) => {
    const texts = [first]
    for (const edit of edits) texts.push(edit(texts.at(-1) ?? ''))
    return texts
  })

function whole(text: string): FileRevision['content'] {
  const { data, diagnostics } = readYaml('x.yaml', new TextEncoder().encode(text))
  if (isData(data)) return { data }
  const [first] = diagnostics
  if (!first) return { reason: 'it was no mapping of fields' }
  return { reason: `${first.message}${first.span ? ` (line ${first.span.line})` : ''}` }
}

/** What an edit makes of what a file said before. */
function edited(before: Data, { names, kept, values }: NonNullable<ReturnType<typeof editOf>>): Data {
  const old = Object.values(before)
  const fields = names.map((name, index) => {
    const [stood, value] = [old[kept[index] ?? -1], values[index]]
    if ((kept[index] ?? -1) < 0) return [name, value]
    return [name, Array.isArray(value) && Array.isArray(stood) ? [...stood, ...value] : stood]
  })
  return Object.fromEntries(fields)
}

function editOf(content: FileRevision['content']) {
  return content && 'data' in content ? content.edit : undefined
}

describe('versions of a file', () => {
  test('say what each says when all of it is read, and an edit what it made of the one before', () => {
    let [edits, grown] = [0, 0]
    fc.assert(
      fc.property(versions, (texts) => {
        const reader = new FileVersions()
        let before: Data | undefined
        for (const text of texts) {
          const content = reader.read('x.yaml', new TextEncoder().encode(text))
          const expected = whole(text)
          const data = 'data' in content ? content.data : undefined
          expect(JSON.stringify('data' in content ? { data } : content)).toBe(JSON.stringify(expected))
          const edit = editOf(content)
          if (edit) {
            edits += 1
            if (edit.values.some((value, index) => edit.kept[index] !== -1 && value !== undefined)) grown += 1
            expect(JSON.stringify(before && edited(before, edit))).toBe(JSON.stringify(data))
          }
          before = data
        }
      }),
      { numRuns: runs },
    )
    expect(edits / runs).toBeGreaterThan(0.3)
    expect(grown / runs).toBeGreaterThan(0.05)
  })

  test('are packed to the same numbers as when all of each is read, also where files move, go and change their ids', () => {
    const path = fc.constantFrom('records/incident/INC-1.yaml', 'records/incident/2026/INC-1.yaml', 'gitsm.yaml')
    const moves = fc.array(fc.record({ path, isGone: fc.boolean(), turn: fc.nat(5) }), { maxLength: 12 })
    fc.assert(
      fc.property(versions, moves, (texts, made) => {
        const [reader, byEdits, byTexts] = [new FileVersions(), new PackedHistory(), new PackedHistory()]
        for (const [position, { path: at, isGone, turn }] of [...texts.keys()]
          .map((index) => ({ path: 'records/incident/INC-1.yaml', isGone: false, turn: index }))
          .concat(made)
          .entries()) {
          const text = texts[turn % texts.length] ?? ''
          const commit = { commit: String(position), claimed: position, by: 'ada' }
          if (isGone) reader.forget(at)
          const content = isGone ? null : reader.read(at, new TextEncoder().encode(text))
          byEdits.add(commit, [{ path: at, content }], (file) => file === 'gitsm.yaml')
          byTexts.add(commit, [{ path: at, content: isGone ? null : whole(text) }], (file) => file === 'gitsm.yaml')
        }
        expect(byEdits.pack()).toEqual(byTexts.pack())
      }),
      { numRuns: Math.ceil(runs / 3) },
    )
  })

  test('are read in full where the one before was forgotten, and where the id is another', () => {
    const reader = new FileVersions()
    const read = (text: string) => reader.read('x.yaml', new TextEncoder().encode(text))
    expect(editOf(read(log))).toBeUndefined()
    expect(editOf(read(log.replace('new', 'resolved')))).toMatchObject({ kept: [0, -1, 2, 3] })
    expect(editOf(read(log.replace('INC-1', 'INC-2')))).toBeUndefined()
    reader.forget('x.yaml')
    expect(editOf(read(log))).toBeUndefined()
    expect(editOf(read(`${log}  - { at: 3 }\n`))).toMatchObject({
      kept: [0, 1, 2, 3],
      values: [undefined, undefined, undefined, [{ at: 3 }]],
    })
  })
})
