import { relative, sep } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The files that take longest, longest first. A file runs on one core; one of these that began last would leave the
 * others idle. Vitest knows from an earlier run how long each file took; in a fresh clone it only knows how large each is.
 */
const longest = [
  ...['cli/demo', 'cli/report', 'cli/init', 'cli/github-journey', 'cli/validate', 'cli/records'],
  ...['browser/reports', 'journeys/gate-faults', 'journeys/concurrent-landings', 'journeys/judge-excerpt.property'],
  ...['journeys/gate', 'reports/every-text', 'reports/pages'],
]

/** How far in front a file begins; all that take less time begin behind them. */
function rank(root: string, { moduleId }: TestSpecification): number {
  const name = relative(`${root}/test`, moduleId)
    .split(sep)
    .join('/')
    .replace(/\.test\.ts$/, '')
  const at = longest.indexOf(name)
  return at < 0 ? longest.length : at
}

/** Begins with the tests that take longest, project by project. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config
    const sorted = await super.sort(files)
    const projects = [...new Set(sorted.map(({ project }) => project.name))]
    return projects.flatMap((name) =>
      sorted.filter(({ project }) => project.name === name).toSorted((a, b) => rank(root, a) - rank(root, b)),
    )
  }
}
