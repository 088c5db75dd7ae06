import type { Chart, Charts } from './chart/chart.ts'
import { percentText } from './kpi-figure.ts'
import type { ChangeTrend, ChangeTrendLine } from './report-change-trend.ts'

/** The charts of the page on changes, of the periods that the history covers from their begin; none while there are fewer than two. */
export function changeCharts(trend: ChangeTrend): Charts {
  const lines = trend.lines.filter(({ partial }) => !partial)
  if (lines.length < 2 || lines.every(({ closed }) => closed === 0)) return {}
  return { types: typesChart(lines), failures: failuresChart(lines) }
}

function typesChart(lines: readonly ChangeTrendLine[]): Chart {
  const total = lines.reduce((sum, { closed }) => sum + closed, 0)
  const sum = (key: 'standard' | 'normal' | 'emergency'): number => lines.reduce((all, line) => all + line[key], 0)
  return {
    kind: 'bars',
    title: 'Changes closed, by type',
    unit: 'changes',
    description: `Changes closed over ${lines.length} periods: ${total}, of them ${sum('standard')} standard, ${sum('normal')} normal and ${sum('emergency')} emergency.`,
    source: `n = ${total} changes closed; KPIs standard-changes, normal-changes, emergency-changes`,
    orientation: 'vertical',
    stacked: true,
    categories: lines.map(({ id }) => id),
    series: [
      { name: 'Standard', values: lines.map(({ standard }) => standard) },
      { name: 'Normal', values: lines.map(({ normal }) => normal) },
      { name: 'Emergency', tone: 'bad', values: lines.map(({ emergency }) => emergency) },
    ],
  }
}

function failuresChart(lines: readonly ChangeTrendLine[]): Chart {
  const total = lines.reduce((sum, { closed }) => sum + closed, 0)
  const [failed, issues] = [
    lines.reduce((sum, line) => sum + line.failed.count, 0),
    lines.reduce((sum, { withIssues }) => sum + withIssues.count, 0),
  ]
  return {
    kind: 'bars',
    title: 'Changes that failed or had issues',
    unit: 'changes',
    description: `Of ${total} changes closed over ${lines.length} periods, ${failed} failed (${percentText({ count: failed, n: total })}) and ${issues} succeeded with issues (${percentText({ count: issues, n: total })}).`,
    source: `n = ${total} changes closed; KPIs change-failure, changes-with-issues`,
    orientation: 'vertical',
    stacked: true,
    categories: lines.map(({ id }) => id),
    series: [
      { name: 'Failed', tone: 'bad', values: lines.map((line) => line.failed.count) },
      { name: 'Successful with issues', tone: 'doubtful', values: lines.map(({ withIssues }) => withIssues.count) },
    ],
  }
}
