import { describe, expect, test } from 'vitest'
import { changesBetween } from '../../src/core/changes.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { type Instant, parseInstant } from '../../src/core/instant.ts'
import { judge } from '../../src/core/rule.ts'
import { formFindings } from '../../src/journeys/form-facts.ts'
import { load, type Snapshot } from '../../src/journeys/load.ts'
import { locateDiagnostics } from '../../src/journeys/locate.ts'
import { changeRules, treeRules } from '../../src/rules/index.ts'
import { shipped, shippedFiles, treeFile } from './shipped.ts'

/** Texts of record files by path. */
export type Files = Readonly<Record<string, string>>

/** What is attempted: the files as they stood before, and as they would stand; other files stand beside both. */
export interface Attempt {
  readonly before?: Files
  readonly now: Files
  readonly beside?: Files
  readonly asOf?: Instant
}

/** The configuration of the example organisation: its services, items, teams, agreements and the like. */
const configuration = load(
  shippedFiles.filter(
    ({ path }) => path.startsWith('records/') && !shipped.rulebook.types.get(path.split('/')[1] ?? '')?.prefix,
  ),
  shipped,
)

/**
 * What the shipped schemas, lifecycles and rules refuse of an attempt, in the example organisation: `line: message` of
 * every error about the files of `now`, in reading order.
 */
export function refusals({ before = {}, now, beside = {}, asOf = day }: Attempt): readonly string[] {
  const [old, fresh, others] = [read(before), read(now), read(beside)]
  const { rulebook } = shipped
  const again = (file: string) => file in now || file in beside
  const standing = configuration.records.all.filter((record) => !again(record.file))
  const records = indexRecords([...standing, ...others.records.all, ...fresh.records.all])
  const facts = {
    rulebook,
    records,
    forms: formFindings(records, rulebook),
    unreadable: fresh.unreadable,
    series: new Map([...configuration.series, ...others.series, ...fresh.series]),
    changes: changesBetween(old, fresh),
    asOf,
  }
  const found = [...fresh.diagnostics, ...judge([...treeRules, ...changeRules], facts)].filter(
    ({ place, severity }) => severity === 'error' && place.file in now,
  )
  return locateDiagnostics(found, new Map([...fresh.files])).map(({ span, message }) => `${span.line}: ${message}`)
}

const day = parseInstant('2026-11-21T12:00:00Z') ?? 0

function read(files: Files): Snapshot {
  return load(
    Object.entries(files).map(([path, text]) => treeFile(path, text)),
    shipped,
  )
}

/** One illegal thing: the edits that turn the legal record into it, each an old piece of text and its new one. */
export interface Illegal {
  readonly edits: readonly (readonly [old: string, replacement: string])[]
  /** `line: message` of each finding; the line counts from 1. */
  readonly finds: readonly string[]
  /** The legal record is edited (the default), or the illegal one is born. */
  readonly born?: boolean
}

/**
 * A table of illegal things. The legal record must be found clean; each entry must be refused with exactly these words
 * on exactly these lines.
 */
export function illegal(file: string, legal: string, beside: Files, table: Readonly<Record<string, Illegal>>): void {
  describe(`${file} is refused`, () => {
    test('not as it stands', () => {
      expect(refusals({ before: { [file]: legal }, now: { [file]: legal }, beside })).toEqual([])
    })

    test.each(Object.entries(table))('%s', (_, { edits, finds, born = false }) => {
      const text = edits.reduce((standing, [old, replacement]) => {
        expect(standing).toContain(old)
        return standing.replace(old, () => replacement)
      }, legal)
      const before = born ? {} : { before: { [file]: legal } }
      expect(refusals({ ...before, now: { [file]: text }, beside })).toEqual(finds)
    })
  })
}
