import { readdirSync, readFileSync } from 'node:fs'
import { compileTemplates } from '../../src/adapters/template.ts'
import type { Template } from '../../src/core/report.ts'

const folder = new URL('../../templates/reports/', import.meta.url)

/** The sources of the templates that GitSM ships, by name. */
export function shippedSources(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder).map((file) => [file.replace(/\.md\.hbs$/, ''), readFileSync(new URL(file, folder), 'utf8')]),
  )
}

/** The templates that GitSM ships, compiled. */
export function shippedTemplates(): ReadonlyMap<string, Template> {
  return compileTemplates(shippedSources())
}
