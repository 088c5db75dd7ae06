import { picturesIn } from '../core/chart/picture.ts'
import type { Config } from '../core/config.ts'
import { Fault } from '../core/fault.ts'
import { ownReport } from '../core/own-page/own-report.ts'
import type { PageName, RenderedPage, Report, ReportFacts, Template } from '../core/report.ts'
import { pagePath } from '../core/report-page.ts'
import { audit } from './audit.ts'
import { changes } from './changes.ts'
import { configuration } from './configuration.ts'
import { csi } from './csi.ts'
import { dashboard } from './dashboard.ts'
import { improvements } from './improvements.ts'
import { incidents } from './incidents.ts'
import { knowledgeAndRequests } from './knowledge-and-requests.ts'
import { serviceLevels } from './service-levels.ts'

/** Every report, in the order in which the pages link to each other. A test holds the folder and this list together. */
export const reports: readonly Report[] = [
  dashboard,
  csi,
  serviceLevels,
  changes,
  incidents,
  configuration,
  knowledgeAndRequests,
  improvements,
  audit,
]

/** Every report that is written: those that GitSM has, then those that the organisation adds. */
function reportsOf({ reports: { pages = [] } }: Pick<Config, 'reports'>): readonly Report[] {
  return [...reports, ...pages.map(ownReport)]
}

/** The pages that are written, as facts name them. */
export function pageNamesOf(config: Pick<Config, 'reports'>): readonly PageName[] {
  return reportsOf(config).map(({ name, title, summary }) => ({ name, title, summary }))
}

/**
 * The pages of a period, by path in the repository, with the charts that they show; those of some names only where
 * names are given. A pure function: the same facts and templates give the same text. A report without a template is a
 * `Fault`; pages that the organisation adds share one where they have none of their own.
 */
export function renderReports(
  facts: ReportFacts,
  templates: ReadonlyMap<string, Template>,
  names: readonly string[] = facts.pages.map(({ name }) => name),
): readonly RenderedPage[] {
  const shipped = new Set(reports.map(({ name }) => name))
  return reportsOf(facts.config)
    .filter(({ name }) => names.includes(name))
    .map(({ name, model }) => {
      const template = templates.get(name) ?? (shipped.has(name) ? undefined : templates.get('own'))
      if (!template) {
        throw new Fault(`there is no template for the report ${name}`, {
          cure: `Add templates/reports/${name}.md.hbs; "gitsm init" writes the one that GitSM ships.`,
        })
      }
      const page = model(facts)
      const path = pagePath(facts, name)
      const text = template(page)
      return { path, text, pictures: picturesIn(text, path, name, page.charts ?? {}) }
    })
}
