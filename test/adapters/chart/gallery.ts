import type { Chart } from '../../../src/core/chart/chart.ts'

const months = ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10']
const days = Array.from({ length: 31 }, (_, index) => `2026-10-${String(index + 1).padStart(2, '0')}`)

/** One chart of each kind, whose texts say what one is told to say instead of the usual. */
export function gallery(say: (usual: string) => string = (usual) => usual): {
  readonly [kind in Chart['kind']]: Extract<Chart, { kind: kind }>
} {
  const head = (title: string, unit: string) => ({
    title: say(title),
    unit: say(unit),
    description: say('What the chart shows.'),
    source: say('n = 97 incidents; KPI opened'),
  })
  return {
    line: {
      ...{ kind: 'line', ...head('Targets met', '%'), categories: months, range: [80, 100] },
      band: { name: say('Objective: at least 95 %'), from: 95, until: 100 },
      marks: [{ category: '2026-08', name: say('IMP-7 implemented') }],
      series: [
        { name: say('Gold'), values: [93.2, 94, 96.1, 97, 95.5, 91.2] },
        { name: say('Silver'), values: [null, 84, 90.25, null, 89, 92.75] },
      ],
    },
    bars: {
      ...{ kind: 'bars', ...head('Incidents', 'incidents a month'), orientation: 'vertical', stacked: false },
      categories: months,
      series: [
        { name: say('Opened'), values: [30, 28, 41, 35, 38, 44] },
        { name: say('Resolved'), values: [28, 29, 36, 38, 37, 40] },
      ],
      lines: [{ name: say('Open at the end'), values: [12, 11, 16, 13, 14, 18] }],
    },
    pareto: {
      ...{ kind: 'pareto', ...head('Incidents by service', 'incidents'), total: 40 },
      items: [
        { name: say('Checkout'), value: 22 },
        { name: say('Search'), value: 12 },
        { name: say('Mail'), value: 6 },
      ],
    },
    heatmap: {
      ...{ kind: 'heatmap', ...head('By weekday and hour', 'incidents') },
      ...{ rows: [say('Mon'), say('Tue')], columns: [say('00'), say('01'), say('02')] },
      values: [
        [0, 1, 5],
        [2, null, 12],
      ],
    },
    control: {
      ...{ kind: 'control', ...head('Opened a month', 'incidents'), categories: months },
      ...{ values: [30, 28, 31, 29, 52, 30], limits: { low: 21.5, mean: 29.6, high: 37.7 } },
    },
    'burn-down': {
      ...{ kind: 'burn-down', ...head('Error budget', 'minutes'), categories: days, budget: 44 },
      left: days.map((_, index) => (index < 9 ? 44 : index < 20 ? 12.5 : index < 27 ? -3 : null)),
    },
  }
}
