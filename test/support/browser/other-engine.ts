import { drawChart } from '../../../src/adapters/chart/draw.ts'
import { compileTemplates } from '../../../src/adapters/template.ts'
import { pictureFile, themes } from '../../../src/core/chart/picture.ts'
import { indexRecords } from '../../../src/core/facts.ts'
import type { ReportFacts } from '../../../src/core/report.ts'
import { renderReports } from '../../../src/reports/index.ts'

/** Facts as text, for another program. */
export function factsText({ tree, ...facts }: ReportFacts): string {
  return JSON.stringify({ ...facts, tree: tree.all }, (name, value: unknown) => {
    if (typeof value === 'function') throw new TypeError(`${name} cannot be written as text`)
    return value instanceof Map ? { entries: [...value] } : value
  })
}

/**
 * The files of a month, pictures included, by path; from the text of its facts and the sources of templates by name.
 */
export function filesOf(
  text: string,
  sources: readonly (readonly [name: string, source: string])[],
): readonly (readonly [path: string, text: string])[] {
  const told = JSON.parse(text, (_, value) => (Array.isArray(value?.entries) ? new Map(value.entries) : value))
  const facts: ReportFacts = { ...told, tree: indexRecords(told.tree) }
  return renderReports(facts, compileTemplates(new Map(sources))).flatMap(({ path, text, pictures }) => [
    [path, text] as const,
    ...pictures.flatMap((picture) => {
      const drawn = drawChart(picture.chart)
      return themes.map((theme) => [pictureFile(picture.path, theme), drawn[theme]] as const)
    }),
  ])
}
