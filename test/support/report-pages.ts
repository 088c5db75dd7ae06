import { pageNamesOf } from '../../src/reports/index.ts'

/** The pages of a period and the dashboard, by path, in the order in which they are written. */
export function reportPaths(period: string): readonly string[] {
  const names = pageNamesOf({ reports: { path: 'reports' } }).map(({ name }) => name)
  return names.map((name) => (name === 'dashboard' ? 'reports/README.md' : `reports/${period}/${name}.md`))
}

/** Whether a path is that of a page: charts and feeds lie beside them. */
export function isPage(path: string): boolean {
  return path.endsWith('.md')
}

/** A page without what names the commit, and without what it says of later facts. */
export function asPublished(text: string): string {
  return text
    .replace(/^## Restated since\n[\s\S]*?(?=^## )/m, '')
    .replace(/^\*\*Later facts change .*\n\n/m, '')
    .replaceAll(/\b[0-9a-f]{40}\b|(?<=from commit `)[0-9a-f]{10}/g, 'HEAD')
}
