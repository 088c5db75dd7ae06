import type { LineChart } from './chart/chart.ts'
import { percentText } from './kpi-figure.ts'
import { words } from './report-page.ts'
import type { TrendTable } from './report-trend.ts'

/**
 * The share of SLA targets met over a trend, a line for each kind of target; `objectives` are those of the SLAs, in
 * percent. What reaches the highest of them reaches all. Earlier periods that the history does not cover are left out.
 */
export function keptChart({ targets, lines: all }: TrendTable, objectives: readonly number[]): LineChart {
  const lines = all.filter(({ partial }, at) => !partial || at === all.length - 1)
  const n = lines.reduce((sum, { met }) => sum + met.reduce((part, share) => part + share.n, 0), 0)
  const last = lines.at(-1)
  const said = targets.flatMap((target, at) => {
    const share = last?.met[at]
    return share && share.n > 0 ? [`${percentText(share)} of ${share.n} ${target} targets`] : []
  })
  const [least, most] = [Math.min(...objectives), Math.max(...objectives)]
  const shares = lines.flatMap(({ met }) => met.flatMap(({ count, n: of }) => (of === 0 ? [] : [(100 * count) / of])))
  return {
    kind: 'line',
    title: 'SLA targets met',
    unit: '% of the targets that ended in each period',
    description: last && said.length > 0 ? `Met in ${last.id}: ${said.join(', ')}.` : 'There is no data.',
    source: `n = ${n} targets of incidents that ended in ${lines.length} periods, all SLAs together; KPI sla-compliance`,
    categories: lines.map(({ id }) => id),
    series: targets.map((target, at) => ({
      name: words(target),
      values: lines.map(({ met }) => {
        const share = met[at]
        return share && share.n > 0 ? (100 * share.count) / share.n : null
      }),
    })),
    range: [Math.min(80, Math.floor(Math.min(100, ...shares) / 10) * 10), 100],
    ...(objectives.length > 0 && {
      band: {
        name:
          least === most ? `Objective: at least ${most} %` : `Objectives: ${least} to ${most} %; here all are reached`,
        from: most,
        until: 100,
      },
    }),
  }
}
