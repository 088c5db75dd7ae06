import type { Diagnostic } from '../diagnostic.ts'
import type { Facts, RecordIndex } from '../facts.ts'
import { addTo } from '../lists-by-key.ts'
import type { Change, RecordDoc } from '../record.ts'
import { judge, type Rule } from '../rule.ts'
import { type WatchedIndex, watched } from './asked-types.ts'
import { standingFindings } from './standing-findings.ts'
import { focusedOn } from './standing-records.ts'

/** A tree of records as the rules of the tree see it, without any change. */
export type TreeFacts = Omit<Facts, 'changes' | 'forms' | 'proofs'> & {
  /** What the forms of the catalogue find wrong with some of the records. */
  readonly formsOf: (focus: RecordIndex) => NonNullable<Facts['forms']>
  /** Whether a file holds a record that closed under other rules. */
  readonly isSettled: (file: string) => boolean
}

/** What may have changed since the tree was judged last. */
export interface Touched {
  /** Paths of records that were touched, those that are gone too. */
  readonly files: readonly string[]
  /** The records that could be judged otherwise now. */
  readonly focus: readonly RecordDoc[]
  /** What became of each record that was touched. */
  readonly changes: readonly Change[]
  /** Whether other files cannot be read than before. */
  readonly readability: boolean
  /** Whether the values of measurements were read again. */
  readonly measured: boolean
}

/** Judges a tree again and again as it changes, and tells each time what is wrong that was not before. */
export interface TreeJudge {
  /** Judges the whole tree anew; what was known to be wrong is no news. */
  all(facts: TreeFacts, read: readonly Diagnostic[]): readonly Diagnostic[]
  /** Judges what a commit can have changed. `read` is what was found when the touched files were read. */
  again(facts: TreeFacts, touched: Touched, read: readonly Diagnostic[]): readonly Diagnostic[]
}

/**
 * A judge by the rules of a tree. Rules that are `local` look at the records in focus only; the others look at the
 * whole tree, and only when records of a type have changed that they looked at the last time. Rules of the ids in
 * `settled` do not ask closed records again that closed under other rules.
 */
export function treeJudge(rules: readonly Rule[], settled: readonly string[] = []): TreeJudge {
  const [local, wide] = [rules.filter((rule) => rule.local), rules.filter((rule) => !rule.local)]
  const standing = standingFindings()
  const looked = new Map<string, WatchedIndex>()

  const unsettled = (found: readonly Diagnostic[], { isSettled }: TreeFacts): readonly Diagnostic[] =>
    found.filter(({ rule, place }) => !(settled.includes(rule) && isSettled(place.file)))
  const byFile = (files: Iterable<string>, found: readonly Diagnostic[], kind: string): readonly Diagnostic[] => {
    const groups = new Map<string, Diagnostic[]>()
    for (const finding of found) {
      addTo(groups, finding.place.file, finding)
    }
    return [...files].flatMap((file) => standing.replace(`${kind} ${file}`, groups.get(file) ?? []))
  }
  const widely = (facts: TreeFacts, concerns: (rule: Rule, index: WatchedIndex | undefined) => boolean) =>
    wide.flatMap((rule) => {
      if (!concerns(rule, looked.get(rule.id))) return []
      const watch = watched(facts.records)
      looked.set(rule.id, watch)
      return standing.replace(rule.id, errors(judge([rule], { ...facts, records: watch.index, changes: [] })))
    })

  return {
    all(facts, read) {
      const files = new Set([...facts.records.all.map(({ file }) => file), ...read.map(({ place }) => place.file)])
      const found = judge(local, { ...facts, changes: [], forms: facts.formsOf(facts.records) })
      return [
        ...byFile(files, errors(read), 'read'),
        ...byFile(files, unsettled(errors(found), facts), 'local'),
        ...widely(facts, () => true),
      ]
    },
    again(facts, { files, focus, changes, readability, measured }, read) {
      const records = focusedOn(focus, facts.records)
      const found = errors(judge(local, { ...facts, records, changes: [], forms: facts.formsOf(records) }))
      const types = new Set(focus.map(({ type }) => type))
      for (const file of files) types.add(file.split('/')[1] ?? '')
      const near = byFile(new Set([...files, ...focus.map(({ file }) => file)]), unsettled(found, facts), 'local')
      return [
        ...byFile(files, errors(read), 'read'),
        ...near.map((finding) => inFull(finding, facts)),
        ...widely(
          facts,
          (rule, watch) =>
            readability ||
            measured ||
            !watch ||
            (watch.dependsOn(types) && (!rule.links || isLinked(changes, rule.links))),
        ),
      ]
    },
  }

  /** The same finding with a hint that knows the whole tree: it may name records out of focus. */
  function inFull(finding: Diagnostic, facts: TreeFacts): Diagnostic {
    const rule = local.filter(({ id }) => id === finding.rule)
    const all = judge(rule, { ...facts, changes: [], forms: facts.formsOf(facts.records) })
    const same = ({ message, place }: Diagnostic) => message === finding.message && place.file === finding.place.file
    return all.find(same) ?? finding
  }
}

/** Whether a record that changed has one of some fields, or had. */
function isLinked(changes: readonly Change[], fields: readonly string[]): boolean {
  return changes.some((change) => {
    const sides = [
      ...(change.kind === 'added' ? [] : [change.before]),
      ...(change.kind === 'removed' ? [] : [change.after]),
    ]
    return sides.some(({ data }) => fields.some((field) => data[field] !== undefined))
  })
}

function errors(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return found.filter(({ severity }) => severity === 'error')
}
