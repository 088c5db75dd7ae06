import { type Instant, parseInstant } from '../instant.ts'
import type { Data } from '../record.ts'
import { inBerlin } from './berlin.ts'
import { type ConfigurationStep, type Edition, shippedAs, stepOn } from './edition.ts'

/** The day on which the first series begin. */
const begins = '2026-06-01'

/** On which day rows are brought in, of which time, and up to which day: monthly, and once for the analysis. */
const broughtIn: readonly (readonly [day: string, name: string, before: string])[] = [
  ['2026-07-01', 'June', '2026-07-01'],
  ['2026-07-20', 'July up to the mid-season sale', '2026-07-20'],
  ['2026-08-03', 'July', '2026-08-01'],
  ['2026-09-01', 'August', '2026-09-01'],
  ['2026-10-01', 'September', '2026-10-01'],
  ['2026-11-01', 'October', '2026-11-01'],
]

/**
 * What should be measured, what can be, and the data: indicators are agreed in May, one of them a gap, because nobody
 * measures how fast the checkout answers; series begin in June and are brought in month by month.
 */
export function measuringSteps(records: ReadonlyMap<string, Data>): readonly ConfigurationStep[] {
  const paths = [...records.keys()].filter(isOfMeasuring)
  const series = paths.filter((path) => path.startsWith('records/measurement/'))
  const onSeries = paths.filter((path) => records.get(path)?.['measurement'] !== undefined)
  const tables = (until: Instant): readonly Edition[] =>
    series.flatMap((path) => {
      const file = records.get(path)?.['file']
      return typeof file === 'string' ? [{ path: `records/measurement/${file}`, edits: [], rowsBefore: until }] : []
    })
  const atOnce = paths.filter((path) => path.startsWith('records/kpi/') && !onSeries.includes(path))
  const thatRefer = [...records].filter(([, data]) => data['capacity'] !== undefined).map(([path]) => path)
  return [
    stepOn('2026-05-12', 'lena', 'Agree on what should be measured; the speed of the checkout cannot be yet', [
      ...shippedAs(atOnce),
      { path: checkoutSpeed, edits: gap },
    ]),
    stepOn(begins, 'ada', 'Measure how fast the checkout answers, and when nobody can order', [
      ...shippedAs([...series, ...onSeries, ...thatRefer]),
      ...tables(inBerlin(begins, 8 * 60)),
    ]),
    ...broughtIn.map(([day, name, before]) =>
      stepOn(day, 'bob', `Bring in the measurements of ${name}`, tables(inBerlin(before, 0))),
    ),
    ...commentaries
      .filter(([, , path]) => records.has(path))
      .map(([day, by, path]) => stepOn(day, by, 'Comment on the month', shippedAs([path]))),
  ]
}

/** Whether a file comes with the measurements and not at the beginning. */
export function isOfMeasuring(path: string): boolean {
  return /^records\/(kpi|measurement|commentary)\//.test(path)
}

/** A table of measurements as it stood at an instant: its head, and the rows before. */
export function rowsBefore(table: string, until: Instant): string {
  const [head = '', ...rows] = table.trimEnd().split('\n')
  const known = rows.filter((row) => (parseInstant(row.split(',')[0] ?? '') ?? until) < until)
  return `${[head, ...known].join('\n')}\n`
}

const checkoutSpeed = 'records/kpi/checkout-speed.yaml'

const gap: Edition['edits'] = [
  { route: ['measurement'], value: undefined },
  { route: ['aggregation'], value: undefined },
  {
    route: ['missing'],
    value: 'Nothing records how long the checkout takes. The log of lb-1 could tell, condensed by the hour.\n',
  },
]

const commentaries: readonly (readonly [day: string, by: string, path: string])[] = [
  ['2026-07-02', 'ada', 'records/commentary/2026-06-operations.yaml'],
  ['2026-11-01', 'ada', 'records/commentary/2026-10-operations.yaml'],
]
