import type { Charts } from '../chart/chart.ts'
import { valueIn } from '../kpi-life.ts'
import { dayStarts } from '../period.ts'
import { textAt } from '../record.ts'
import { localTime } from '../report-time.ts'
import { mainColumn } from '../series.ts'
import type { Basis } from './basis.ts'
import type { SeriesLink } from './series-links.ts'

const mostDays = 100

/** Two things that move together, day by day, each in percent of the highest it reached. */
export function linkChart({ facts, long, now }: Basis, link: SeriesLink): Charts {
  const { measurement, column, other, service, rank, n } = link
  const series = facts.improving.series.get(measurement.id)
  if (!series) return {}
  const span = { from: Math.max(now.period.from, long.from), until: long.until }
  const days = dayStarts(span, facts.config.timezone).slice(-mostDays)
  const next = [...days.slice(1), span.until]
  const highest = (name: string): readonly (number | null)[] => {
    const index = series.columns.indexOf(name)
    const byDay: (number | null)[] = days.map(() => null)
    let day = 0
    for (const { at, values } of series.points) {
      while (day < days.length && at >= (next[day] ?? 0)) day++
      const value = values[index]
      if (day >= days.length || at < (days[day] ?? 0) || typeof value !== 'number') continue
      byDay[day] = Math.max(byDay[day] ?? value, value)
    }
    return byDay
  }
  const opened = days.map((day, index) => {
    const lives = long.opened.filter(({ openedAt }) => openedAt >= day && openedAt < (next[index] ?? 0))
    return lives.filter(({ data }) => service === null || valueIn('service', data) === service).length
  })
  const title = textAt(measurement.data, 'title') ?? measurement.id
  const [one, two] = [
    { name: column === mainColumn ? title : `${title}, ${column}`, values: highest(column) },
    { name: other ?? 'incidents opened', values: other === null ? opened : highest(other) },
  ]
  if (one.values.every((value) => value === null)) return {}
  return {
    link: {
      kind: 'line',
      title: `${one.name} and ${two.name}`,
      unit: '% of the highest day',
      description: `Rank correlation ${rank.toFixed(2)}.`,
      source: `highest value of each day; the correlation rests on n = ${n} pairs`,
      categories: days.map((day) => localTime(day, facts.config.timezone).text.slice(0, 10)),
      series: [one, two].map(({ name, values }) => ({ name, values: inPercent(values) })),
      range: [0, 100],
    },
  }
}

function inPercent(values: readonly (number | null)[]): readonly (number | null)[] {
  const highest = values.reduce<number>((top, value) => Math.max(top, value ?? 0), 0)
  return values.map((value) => (value === null || highest === 0 ? null : (100 * value) / highest))
}
