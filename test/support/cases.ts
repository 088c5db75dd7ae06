import { expect, test } from 'vitest'
import { locate } from '../../src/adapters/yaml/locate.ts'
import { readYaml } from '../../src/adapters/yaml/read.ts'
import { changesBetween } from '../../src/core/changes.ts'
import type { Severity } from '../../src/core/diagnostic.ts'
import { indexRecords, type Rulebook } from '../../src/core/facts.ts'
import { isData, type RecordDoc, textAt } from '../../src/core/record.ts'
import { recordPath } from '../../src/core/record-path.ts'
import { judge, type Rule } from '../../src/core/rule.ts'
import { instant } from './life.ts'
import { shipped as registry } from './shipped.ts'

/** Records by path; a line ends in `# <- message` where the rule should find it. */
export type MarkedRecords = Readonly<Record<string, string>>

/** What stood before, for rules about changes, and what stands now. */
export interface Case {
  readonly before?: MarkedRecords
  readonly now: MarkedRecords
  /** Changes to the shipped rulebook. */
  readonly rulebook?: (shipped: Rulebook) => Rulebook
  /** Findings about files that are gone. */
  readonly removed?: Readonly<Record<string, string>>
  /** How bad what is found is; as bad as the rule says when absent. */
  readonly severity?: Severity
  /** When it is judged. */
  readonly asOf?: string
  /** When the mainline took in records, by `<type>/<id>`. */
  readonly recorded?: Readonly<Record<string, { readonly born: string; readonly last: string }>>
}

const shipped = registry.rulebook

/** A test for each case: the rule finds the marked mistakes on their lines, in their words, and nothing else. */
export function cases(rule: Rule, table: Readonly<Record<string, Case>>): void {
  for (const [name, { before = {}, now, rulebook, removed = {}, asOf, recorded = {}, severity }] of Object.entries(
    table,
  )) {
    test(name, () => {
      const [old, records] = [read(before), read(now)]
      const unreadable = new Set<string>()
      const changes = changesBetween({ records: old, unreadable }, { records, unreadable })
      const times = Object.entries(recorded).map(
        ([key, { born, last }]) => [key, { born: instant(born), last: instant(last) }] as const,
      )
      const found = judge([rule], {
        rulebook: rulebook?.(shipped) ?? shipped,
        records,
        unreadable,
        changes,
        recorded: new Map(times),
        ...(asOf !== undefined && { asOf: instant(asOf) }),
      })
      const told = found.map(({ place, message }) => {
        const line = locate(now[place.file] ?? '', [place])[0]?.line ?? 0
        return `${place.file}:${now[place.file] === undefined ? 0 : line} ${message}`
      })
      const gone = Object.entries(removed).map(([file, message]) => `${file}:0 ${message}`)
      expect(told.toSorted()).toEqual([...marks(now), ...gone].toSorted())
      for (const each of found) {
        expect(each.hint).toMatch(/\S/)
        expect(each.severity).toBe(severity ?? rule.severity)
      }
    })
  }
}

function read(files: MarkedRecords) {
  const records = Object.entries(files).map(([file, text]): RecordDoc => {
    const { data, diagnostics } = readYaml(file, new TextEncoder().encode(text))
    const path = recordPath(file)
    if (!isData(data) || !path) throw new Error(`${file} is no record: ${diagnostics[0]?.message}`)
    return { type: path.type, id: textAt(data, 'id') ?? path.basename, file, data }
  })
  return indexRecords(records)
}

function marks(files: MarkedRecords): readonly string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text.split('\n').flatMap((line, index) => {
      const message = / # <- (.+)$/.exec(line)?.[1]
      return message === undefined ? [] : message.split(' && ').map((each) => `${file}:${index + 1} ${each}`)
    }),
  )
}
