import type { Registry } from '../adapters/registry.ts'
import { isClosed } from '../core/closed-record.ts'
import { compare, type Diagnostic } from '../core/diagnostic.ts'
import { type Facts, indexRecords } from '../core/facts.ts'
import { addTo } from '../core/lists-by-key.ts'
import { isData, type RecordDoc, textAt } from '../core/record.ts'
import { recordPath } from '../core/record-path.ts'
import { judge } from '../core/rule.ts'
import { rulebookRules } from '../rules/index.ts'
import type { ClosingRules, FindClosingRules } from './closing-rules.ts'
import type { Snapshot } from './load.ts'
import { plainReader, type TreeReader } from './tree-reader.ts'

/**
 * A tree with its closed records judged by the schema in force when they closed: those that fit it stand among the
 * others, and what is found about the rest is what that schema finds. Costs nothing where today's schema finds nothing
 * wrong with any closed record.
 */
export async function withClosedRecords(
  snapshot: Snapshot,
  find: FindClosingRules,
  reader: TreeReader = plainReader,
): Promise<Snapshot> {
  const suspects = misshapen(snapshot, reader)
  if (suspects.length === 0) return snapshot
  const rules = await find(suspects)
  const own = new Set(suspects.map(({ file }) => file))
  const [standing, diagnostics]: [RecordDoc[], Diagnostic[]] = [[], []]
  for (const record of suspects) {
    const { type, file, data } = record
    const closing = rules.get(file)
    const found =
      closing && 'registry' in closing
        ? closing.registry.schemaDiagnostics(type, file, data)
        : snapshot.diagnostics.filter(({ place }) => place.file === file)
    diagnostics.push(...found.map((each) => toldWith(each, closing)))
    if (!found.some(({ severity }) => severity === 'error')) standing.push(record)
  }
  const keys = new Set(standing.map(({ file }) => keyOf(file)))
  return {
    ...snapshot,
    records: indexRecords([...snapshot.records.all, ...standing].toSorted((a, b) => compare(a.file, b.file))),
    unreadable: new Set([...snapshot.unreadable].filter((key) => !keys.has(key))),
    diagnostics: [...snapshot.diagnostics.filter(({ place }) => !own.has(place.file)), ...diagnostics],
  }
}

/**
 * Closed records whose shape today's schema does not allow; what else is wrong with a file cannot be a matter of time.
 */
function misshapen({ diagnostics, files, rulebook }: Snapshot, reader: TreeReader): readonly RecordDoc[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const others = new Set(errors.filter(({ rule }) => rule !== 'schema-valid').map(({ place }) => place.file))
  const wrong = new Set(errors.map(({ place }) => place.file).filter((file) => !others.has(file)))
  return [...wrong].flatMap((path) => {
    const file = files.get(path)
    const named = recordPath(path)
    if (!file || !named) return []
    const { data } = reader.yaml(file)
    if (!isData(data) || !isClosed(named.type, data, rulebook)) return []
    return [{ type: named.type, id: textAt(data, 'id') ?? named.basename, file: path, data }]
  })
}

function keyOf(file: string): string {
  const named = recordPath(file)
  return named ? `${named.type}/${named.basename}` : file
}

/**
 * Findings with those about closed records settled by the lifecycles and configuration in force when they closed: what
 * these allowed stands, what they forbade is still found. Only rules that rest on schemas, lifecycles or `gitsm.yaml`
 * are asked again, and only about closed records with findings.
 */
export async function settledFindings(
  found: readonly Diagnostic[],
  { records, rulebook, unreadable }: Pick<Facts, 'records' | 'rulebook' | 'unreadable'>,
  find: FindClosingRules,
): Promise<readonly Diagnostic[]> {
  const names = new Set(rulebookRules.map(({ id }) => id))
  const wrong = new Set(found.filter(({ rule }) => names.has(rule)).map(({ place }) => place.file))
  if (wrong.size === 0) return found
  const suspects = records.all.filter(({ type, file, data }) => wrong.has(file) && isClosed(type, data, rulebook))
  if (suspects.length === 0) return found
  const rules = await find(suspects)
  const settled = new Set<string>()
  const again: Diagnostic[] = []
  for (const [registry, own] of byRegistry(suspects, rules)) {
    const files = new Set(own.map(({ file }) => file))
    const facts = {
      rulebook: registry.rulebook,
      records: { ...indexRecords(own), find: records.find },
      unreadable,
      changes: [],
    }
    for (const file of files) settled.add(file)
    again.push(...judge(rulebookRules, facts).filter(({ place }) => files.has(place.file)))
  }
  const suspected = new Set(suspects.map(({ file }) => file))
  const kept = found.filter(({ rule, place }) => !(names.has(rule) && settled.has(place.file)))
  return [...kept, ...again].map((each) =>
    names.has(each.rule) && suspected.has(each.place.file) ? toldWith(each, rules.get(each.place.file)) : each,
  )
}

function byRegistry(
  records: readonly RecordDoc[],
  rules: ReadonlyMap<string, ClosingRules>,
): ReadonlyMap<Registry, readonly RecordDoc[]> {
  const groups = new Map<Registry, RecordDoc[]>()
  for (const record of records) {
    const closing = rules.get(record.file)
    if (!closing || !('registry' in closing)) continue
    addTo(groups, closing.registry, record)
  }
  return groups
}

/** A finding about a closed record, saying by which rules it was judged. */
function toldWith(found: Diagnostic, closing: ClosingRules | undefined): Diagnostic {
  if (!closing) return found
  const said =
    'registry' in closing
      ? `It closed with commit ${closing.commit.slice(0, 10)}, whose rules judge it`
      : closing.unknown
  const hint = found.hint?.replace(/\.$/, '')
  return { ...found, hint: hint === undefined ? said : `${hint}. ${said}` }
}
