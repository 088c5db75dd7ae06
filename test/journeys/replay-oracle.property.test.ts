import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/core/diagnostic.ts'
import { recordPath } from '../../src/core/record-path.ts'
import { standingRecords } from '../../src/core/replay/standing-records.ts'
import { treeJudge } from '../../src/core/replay/tree-judge.ts'
import { judge } from '../../src/core/rule.ts'
import type { TreeFile } from '../../src/core/tree.ts'
import { formFindings, formJudge } from '../../src/journeys/form-facts.ts'
import { load } from '../../src/journeys/load.ts'
import { treeRules } from '../../src/rules/index.ts'
import { instant } from '../support/life.ts'
import { offences } from '../support/mainline/offences.ts'
import { isProcessRecord, shipped, shippedFiles, shippedText, treeFile } from '../support/shipped.ts'

const asOf = instant('2026-11-21T09:00:00Z')
const rules = treeRules.filter(({ severity }) => severity === 'error')
const configuration = shippedFiles.filter(({ path }) => path.startsWith('records/') && !isProcessRecord(path))

/** Contents of record files that the offences write, the wrong ones and those before them. */
const pool: readonly TreeFile[] = (() => {
  const texts = new Map(shippedFiles.map(({ path }) => [path, path.endsWith('.csv') ? '' : shippedText(path)]))
  return offences.flatMap(({ deeds }) =>
    deeds.flatMap(({ write }) => {
      const written = Object.entries(write('2026-10-01T09:00:00Z', texts))
      for (const [path, text] of written) if (text !== null) texts.set(path, text)
      return written.flatMap(([path, text]) => (text === null || !recordPath(path) ? [] : [treeFile(path, text)]))
    }),
  )
})()

/** An edit of a tree: a file of the pool is written, or one of those that stand there is removed. */
const edit = fc.oneof(fc.record({ write: fc.constantFrom(...pool) }), fc.record({ remove: fc.nat() }))

function errors(found: readonly Diagnostic[]): readonly string[] {
  return found
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, place, message }) => `${rule} ${place.file} ${message}`)
}

/** All that is wrong with a tree, read and judged as a whole. */
function whole(files: ReadonlyMap<string, TreeFile>): readonly string[] {
  const { rulebook, records, unreadable, series, diagnostics } = load([...files.values()], shipped)
  const forms = formFindings(records, rulebook)
  return errors([...diagnostics, ...judge(rules, { rulebook, records, unreadable, series, forms, changes: [], asOf })])
}

/** What is in one list and not, or less often, in another. */
function beyond(now: readonly string[], before: readonly string[]): readonly string[] {
  const rest = [...before]
  return now.filter((each) => {
    const at = rest.indexOf(each)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}

/** A tree that is judged again after each edit, as a replay does. */
function replayed(files: Map<string, TreeFile>) {
  const standing = standingRecords()
  const ofTree = treeJudge(rules)
  const forms = formJudge()
  const facts = (series: ReturnType<typeof load>['series']) => {
    const records = standing.records()
    return {
      ...{ rulebook: shipped.rulebook, records, unreadable: standing.unreadable, series, asOf },
      formsOf: (focus: typeof records) => forms(focus, records, shipped.rulebook),
      isSettled: () => false,
    }
  }
  const take = (paths: readonly string[]) => {
    const snapshot = load([...files.values()], shipped)
    const at = new Map(snapshot.records.all.map((record) => [record.file, record]))
    const turn = standing.turn(
      paths.map((file) => {
        const [record, path] = [at.get(file), recordPath(file)]
        const key = `${path?.type}/${path?.basename}`
        if (record) return { file, record }
        return files.has(file) && snapshot.unreadable.has(key) ? { file, unreadable: key } : { file }
      }),
    )
    return { snapshot, turn }
  }
  const { snapshot } = take([...files.keys()])
  ofTree.all(facts(snapshot.series), snapshot.diagnostics)
  return (path: string): readonly string[] => {
    const { snapshot: now, turn } = take([path])
    const measured = path.startsWith('records/measurement/')
    const own = now.diagnostics.filter(({ place }) => place.file === path)
    return errors(ofTree.again(facts(now.series), { ...turn, measured }, own))
  }
}

test('judging again only what could be judged otherwise finds exactly what judging the whole tree finds', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 5, maxLength: 14 }), (edits) => {
      const files = new Map(configuration.map((file) => [file.path, file]))
      const again = replayed(files)
      let before = whole(files)
      for (const each of edits) {
        const standing = [...files.keys()].filter((path) => recordPath(path))
        const path = 'write' in each ? each.write.path : (standing[each.remove % standing.length] ?? '')
        if ('write' in each) files.set(path, each.write)
        else files.delete(path)
        const now = whole(files)
        expect([...again(path)].toSorted()).toEqual([...beyond(now, before)].toSorted())
        before = now
      }
    }),
    { numRuns: 8, seed: 20261121 },
  )
}, 300_000)
