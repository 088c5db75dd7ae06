import type { CiImport, ImportedRecord } from '../core/import/ci-outcome.ts'
import { counted } from './counted.ts'
import { json } from './json.ts'
import { oneLine } from './terminal.ts'

/** An import of configuration items as JSON: problems, or what was added, updated and left. */
export function ciImportJson({ dryRun, problems, records, skipped, vanished }: CiImport): string {
  const written = problems.length === 0 && !dryRun
  return json({
    written,
    problems: problems.map(({ origin, message, hint }) => ({ ...origin, message, hint })),
    added: of(records, 'added').map(({ type, id, file }) => ({ type, id, file })),
    updated: of(records, 'updated').map(({ type, id, file, fields }) => ({ type, id, file, fields })),
    unchanged: of(records, 'unchanged').length,
    untold: records.filter(({ untold }) => untold.length > 0).map(({ id, untold }) => ({ id, untold })),
    vanished,
    skipped: Object.fromEntries(skipped),
  })
}

/** How many lines of one kind are shown. */
const most = 50

/** An import of configuration items for people. */
export function ciImportText(outcome: CiImport): string {
  const { source, dryRun, problems, records, skipped, vanished } = outcome
  if (problems.length > 0) {
    const lines = problems.map(
      ({ origin, message, hint }) => `${oneLine(origin.file)}:${origin.line}: ${oneLine(message)}\n  ${oneLine(hint)}`,
    )
    return `${shortened(lines).join('\n')}\n\nNothing was written: ${counted(problems.length, 'problem')} in ${oneLine(source)}\n`
  }
  const [added, updated, unchanged] = [of(records, 'added'), of(records, 'updated'), of(records, 'unchanged')]
  const kinds = [...skipped].map(([kind, count]) => `${count} ${kind}`)
  const lines = [
    ...shortened(added.map(({ file }) => `added    ${file}`)),
    ...shortened(updated.map(({ file, fields }) => `updated  ${file}  ${fields.join(', ')}`)),
    ...shortened(
      records.flatMap(({ id, untold }) =>
        untold.length === 0 ? [] : [`kept     ${id}: ${oneLine(untold.join(', '))} (no longer told)`],
      ),
    ),
    ...shortened(vanished.map((id) => `kept     ${id} (no longer told at all)`)),
    ...(kinds.length === 0 ? [] : [`left out ${kinds.join(', ')}`]),
    `${dryRun ? 'Would be: ' : ''}${added.length} added, ${updated.length} updated, ${unchanged.length} left as they are`,
  ]
  return `${lines.join('\n')}\n`
}

function of(records: readonly ImportedRecord[], kind: ImportedRecord['kind']): readonly ImportedRecord[] {
  return records.filter((record) => record.kind === kind)
}

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `… and ${lines.length - most} more (--format json lists all)`]
}
