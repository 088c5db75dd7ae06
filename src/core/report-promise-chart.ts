import { always } from './calendar.ts'
import type { Chart, Charts } from './chart/chart.ts'
import { burnDown } from './error-budget.ts'
import { percentText } from './kpi-figure.ts'
import { outagesByService } from './outage.ts'
import { daysIn } from './period.ts'
import type { ReportFacts } from './report.ts'
import { type AvailabilityLine, inMinutes, leftAt } from './report-availability.ts'
import { type PromiseLine, sum } from './report-promise.ts'

/** From how many breaches forgiven on a budget is worth a picture. */
const worthDrawing = 3
/** The most charts of budgets on a page. */
const mostBudgets = 3

/** The key of the chart that shows how the targets of an agreement were met over the trend. */
export function metKey(position: number): string {
  return `met-${position + 1}`
}

/**
 * How the targets of one agreement were met over the last periods that the history covers from their begin, with its
 * objective as the band to be in; none where fewer than two of them have data, or nothing was ever breached: a straight
 * line says no more than its sentence.
 */
export function metChart(lines: readonly PromiseLine[]): Chart | undefined {
  const [first] = lines
  const shown = (line: PromiseLine) => line.points.filter(({ partial }) => !partial)
  const points = first ? shown(first) : []
  const known = points.filter((_, index) => lines.some((line) => (shown(line)[index]?.compliance.n ?? 0) > 0))
  const whole = sum(lines.flatMap((line) => shown(line).map(({ compliance }) => compliance)))
  if (!first || known.length < 2 || whole.count === whole.n) return undefined
  const values = lines.map((line) =>
    shown(line).map(({ compliance: { count, n } }) => (n === 0 ? null : (100 * count) / n)),
  )
  const least = Math.min(100, ...values.flat().filter((value) => value !== null))
  return {
    kind: 'line',
    title: `${first.title}: targets met`,
    unit: '%',
    description: `Over ${points.length} periods ${percentText(whole)} of ${whole.n} clocks met their target${first.objective === null ? '' : `; the objective is ${first.objective} %`}.`,
    source: `n = ${whole.n} clocks; KPI sla-compliance`,
    categories: points.map(({ id }) => id),
    series: lines.map(({ target }, index) => ({ name: target, values: values[index] ?? [] })),
    ...(first.objective !== null && {
      band: { name: `objective ${first.objective} %`, from: first.objective, until: 100 },
    }),
    range: [Math.min(90, Math.floor(least / 10) * 10), 100],
  }
}

/** The error budgets that are worth a picture, those most used up first: within the period, else over the trend. */
export function budgetCharts(
  facts: Pick<ReportFacts, 'period' | 'asOf' | 'config'>,
  promises: readonly PromiseLine[],
): Charts {
  const drawn = promises
    .filter(
      ({ kind, assumed, longBudget }) =>
        kind === 'sla' && !assumed && (longBudget?.allowed ?? 0) >= worthDrawing && (longBudget?.used ?? 0) > 0,
    )
    .toSorted((a, b) => leftShare(a) - leftShare(b))
    .slice(0, mostBudgets)
  return Object.fromEntries(drawn.map((line, index) => [`budget-${index + 1}`, budgetChart(facts, line)]))
}

function leftShare({ longBudget }: PromiseLine): number {
  return longBudget ? longBudget.left / longBudget.allowed : 0
}

function budgetChart(facts: Pick<ReportFacts, 'period' | 'asOf' | 'config'>, line: PromiseLine): Chart {
  const { budget } = line
  return budget && budget.allowed >= worthDrawing ? dailyBudget(facts, line, budget.allowed) : longBudget(line)
}

function dailyBudget(
  { period, asOf, config }: Pick<ReportFacts, 'period' | 'asOf' | 'config'>,
  { title, target, clocks, objective, compliance }: PromiseLine,
  allowed: number,
): Chart {
  const points = burnDown(clocks, allowed, period)
  const days = daysIn(period, config.timezone)
  return {
    kind: 'burn-down',
    title: `Error budget: ${title}, ${target}`,
    unit: 'breaches left',
    description: `An objective of ${objective} % forgives ${allowed} breaches of ${compliance.n} clocks; ${compliance.n - compliance.count} were used, ${points.at(-1)?.left ?? allowed} are left.`,
    source: `n = ${compliance.n} clocks; KPI sla-compliance`,
    categories: days.map(({ id }) => id),
    left: days.map(({ from, until }) =>
      from > asOf ? null : (points.findLast(({ at }) => at < until)?.left ?? allowed),
    ),
    budget: allowed,
  }
}

function longBudget({ title, target, objective, points, longBudget: budget }: PromiseLine): Chart {
  const { allowed = 0, n = 0, used = 0, left = 0 } = budget ?? {}
  let spent = 0
  return {
    kind: 'burn-down',
    title: `Error budget since ${points[0]?.id}: ${title}, ${target}`,
    unit: 'breaches left',
    description: `An objective of ${objective} % forgives ${allowed} breaches of the ${n} clocks since ${points[0]?.id}; ${used} were used, ${left} are left.`,
    source: `n = ${n} clocks; KPI sla-compliance`,
    categories: points.map(({ id }) => id),
    left: points.map(({ compliance }) => {
      spent += compliance.n - compliance.count
      return allowed - spent
    }),
    budget: allowed,
  }
}

/** How the budgets of downtime burned down in the period, in minutes, of the services that have an objective. */
export function downtimeCharts(facts: ReportFacts, lines: readonly AvailabilityLine[]): Charts {
  const { period, asOf, since, config, improving, incidents } = facts
  const outages = outagesByService(incidents, asOf)
  const days = daysIn(period, config.timezone)
  const drawn = lines.filter(({ budget, down }) => (budget ?? 0) > 0 && down > 0).slice(0, mostBudgets)
  return Object.fromEntries(
    drawn.map((line, index) => {
      const kpi = improving.kpis.find(({ id }) => id === line.kpi?.id)
      const calendar = improving.calendars.get(String(kpi?.data['calendar'])) ?? always
      const budget = line.budget ?? 0
      const ends = days.map(({ until }) => until)
      const left = leftAt(budget, outages.get(line.service) ?? [], Math.max(period.from, since), ends, calendar)
      return [
        `downtime-${index + 1}`,
        {
          kind: 'burn-down',
          title: `Downtime left: ${line.name}`,
          unit: 'minutes left',
          description: `An objective of ${line.objective} % forgives ${inMinutes(budget)} minutes of downtime; ${inMinutes(line.down)} were used.`,
          source: `n = ${line.outages} outages; KPI availability`,
          categories: days.map(({ id }) => id),
          left: days.map(({ from }, day) => (from > asOf ? null : inMinutes(left[day] ?? budget))),
          budget: inMinutes(budget),
        } satisfies Chart,
      ]
    }),
  )
}
