import type { Explanation } from '../../src/core/explain.ts'
import type { Clock } from '../../src/core/kpi-sla.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import type { ImprovementFacts, ImprovingFacts, IncidentFacts, ReportFacts } from '../../src/core/report.ts'
import { worstBreaches } from '../../src/core/report-account.ts'
import type { Series } from '../../src/core/series.ts'
import { exampleChanges } from './example-changes.ts'
import { exampleGovernance, exampleLives, exampleTree } from './example-records.ts'
import { at, facts, incident, reading, record, type Step } from './web-shop.ts'

const twoDigits = (count: number): string => String(count).padStart(2, '0')

/**
 * Some months of a web shop, every text of which is `text` where one is given. In the last month far more fails (`busy`
 * incidents), the network team is slow, and much waits for callers.
 */
export function exampleMonth(
  text?: string,
  months: readonly number[] = [4, 5, 6, 7, 8, 9, 10, 11],
  busy = 40,
): ReportFacts {
  const say = (usual: string): string => text ?? usual
  const incidents: IncidentFacts[] = []
  const add = (month: number, index: number, day: number): void => {
    const last = month === 11
    const slow = last && index % 3 === 0
    const date = `2026-${twoDigits(month)}-${twoDigits(day)}`
    const id = `INC-2026${twoDigits(month)}${twoDigits(day)}-${String(index).padStart(4, '0')}`
    const steps: Step[] = [
      { at: `${date}T${twoDigits(17 + (index % 3))}:${twoDigits((index * 7) % 60)}`, state: 'new' },
      { at: `${date}T21:00`, state: 'in_progress', set: { team: say('operations') } },
    ]
    if (slow) {
      steps.push({ at: `${date}T22:00`, state: 'on_hold', hold: say('awaiting_caller') })
      steps.push({ at: `${date}T23:50`, state: 'in_progress', set: { team: say('network') } })
    }
    const open = last && index % 11 === 5
    if (!open) steps.push({ at: `${date}T23:${twoDigits(55 + (index % 3))}`, state: 'resolved' })
    const end = steps.at(-1)?.at ?? ''
    const stopped = open ? {} : { stop: end }
    const priority = say(index % 5 === 0 ? 'P2' : 'P3')
    const clock = { start: steps[0]?.at ?? '', sla: 'webshop-gold', priority }
    incidents.push(
      incident(
        id,
        {
          title: say(`Checkout fails in step ${index % 4}`),
          priority,
          service: say('webshop'),
          category: say(index % 2 === 0 ? 'checkout' : 'search'),
          cis: [say(`web-${index % 4}`)],
          ...(last && index === 1 && { major: true, review: 'PIR-2', ...majorLog(date, say) }),
          ...(last && index === 2 && { caused_by: 'CHG-9', priority_override_reason: say('The shop is small') }),
          ...(last && index === 3 && { caused_by: say('C-77'), knowledge: ['KB-1'] }),
        },
        steps,
        [
          reading(id, { ...clock, target: 'response', stop: steps[1]?.at ?? '', used: 1 + (index % 3), of: 4 }),
          reading(id, { ...clock, ...stopped, used: slow ? 50 : open ? 33 : 6, of: 40 }),
          reading(id, {
            ...clock,
            sla: 'network-ola',
            kind: 'ola',
            target: say('handover'),
            ...stopped,
            used: 1,
            of: 2,
          }),
        ],
      ),
    )
  }
  for (const month of months) {
    const count = month === 11 ? busy : 9 + (month % 3)
    for (let index = 0; index < count; index++) add(month, index, 1 + ((index * 7 + month) % 28))
  }
  const changes = exampleChanges(say)
  const month = facts({
    period: '2026-11',
    since: `2026-${twoDigits(months[0] ?? 1)}-01T00:00`,
    organisation: say('Web shop'),
    incidents,
    services: [record('service', say('webshop'), { title: say('Web shop') })],
    teams: ['operations', 'network'].map((id) => record('team', say(id), { title: say(`The ${id} team`) })),
    slas: [
      record('sla', 'webshop-gold', {
        title: say('Gold support'),
        customer: say('retail'),
        objective: 95,
        state: 'active',
      }),
      record('sla', 'unused', { title: say('Silver support'), objective: 90, state: 'active' }),
    ],
    improving: improving(say),
    lives: [...changes.lives, ...exampleLives(say)],
    tree: [...changes.tree, ...exampleTree(say)],
    ...exampleGovernance(say),
    gaps: [{ file: say('records/incident/INC-0.yaml'), commit: 'b'.repeat(40), reason: say('duplicate key') }],
  })
  return { ...month, accounts: worstBreaches(month).map((clock) => account(clock, say)) }
}

/** What was written down while a major incident lasted. */
function majorLog(date: string, say: (usual: string) => string): Data {
  return {
    restored_at: `${date}T22:00:00Z`,
    log: [
      { at: `${date}T21:00:00Z`, by: say('ada'), state: 'in_progress' },
      { at: `${date}T21:30:00Z`, by: say('ada'), note: say('The queue is full') },
    ],
  }
}

/** How a breach came about: it was worked on, and waited. */
function account({ reading: each }: Clock, say: (usual: string) => string): Explanation {
  const half = Math.round((each.start + (each.stop ?? each.start)) / 2)
  const commit = { commit: 'd'.repeat(40), position: 1, at: each.start, provenance: 'claimed', by: say('Ada') } as const
  const shared = { priority: each.priority, calendar: 'always', edge: { commit, basis: 'recorded' } } as const
  const counted = { open: each.elapsed, counted: each.elapsed, total: each.elapsed }
  return {
    ...{ reading: each, agreements: [], calendars: [], atRiskPercent: 75, after: [] },
    stretches: [
      { ...shared, ...counted, kind: 'running', from: each.start, until: half, reason: say('in_progress') },
      {
        ...{ ...shared, kind: 'paused', from: half, until: each.stop ?? half, reason: say('on_hold, awaiting_caller') },
        ...{ open: 0, counted: 0, total: each.elapsed },
      },
    ],
    sentence: say('resolution was breached by 10 h'),
  }
}

/** Response times by the hour that are slow when there are many sessions, most of all on Friday evenings. */
function loadSeries(): Series {
  const first = at('2026-10-01T00:00')
  const points = Array.from({ length: 61 * 24 }, (_, index) => {
    const [hour, day] = [index % 24, Math.floor(index / 24) % 7] // 1 October 2026 is a Thursday
    const sessions = 100 + 20 * Math.min(hour, 24 - hour) + (day === 1 && hour >= 18 ? 300 : 0) + (index % 5)
    return { at: first + index * 3600, values: [200 + sessions / 2, sessions] }
  })
  return { file: 'records/measurement/response.csv', columns: ['value', 'sessions'], points }
}

/** Indicators, a series, the register and what people say; every text of which is what `say` makes of it. */
function improving(say: (usual: string) => string): Partial<ImprovingFacts> {
  const kpi = (id: string, title: string, fields: Data): RecordDoc =>
    record('kpi', id, { title: say(title), owner: say('operations'), direction: 'down', ...fields })
  const improvement = (id: string, title: string, fields: Data, states: readonly (readonly [string, string])[]) => {
    const { moments, data } = incident(
      id,
      { title: say(title), ...fields },
      states.map(([when, state]) => ({ at: when, state })),
    )
    return { id, file: `records/improvement/2026/${id}.yaml`, data, moments } satisfies ImprovementFacts
  }
  return {
    kpis: [
      kpi('speed', 'Checkout answers quickly', {
        unit: say('ms'),
        target: 250,
        measurement: 'response',
        aggregation: 'p90',
      }),
      kpi('load', 'Sessions at the busiest hour', {
        unit: say('sessions'),
        measurement: 'response',
        column: 'sessions',
        aggregation: 'max',
      }),
      kpi('repair', 'Incidents are resolved the same day', { unit: 'h', target: 24, formula: 'mttr' }),
      kpi('baskets', 'Baskets abandoned', { unit: say('%'), target: 60, missing: say('Baskets are not counted.') }),
    ],
    measurements: [
      record('measurement', 'response', {
        title: say('Response time'),
        unit: say('ms'),
        service: say('webshop'),
        source: say('Access log'),
      }),
    ],
    commentary: [
      record('commentary', 'november', {
        title: say('Before Black Week'),
        period: '2026-11',
        author: say('ada'),
        service: say('webshop'),
        text: say('The network team is two people short.\nIt will be three in December.'),
      }),
      record('commentary', 'phones', {
        title: say('Telephones'),
        period: '2026-11',
        author: say('ines'),
        report: 'incidents',
        text: say('The telephones were out for a day.'),
      }),
      record('commentary', 'october', { title: say('Old'), period: '2026-10', author: say('ada'), text: say('Old') }),
    ],
    series: new Map([['response', loadSeries()]]),
    calendars: new Map(),
    improvements: [
      improvement('IMP-1', 'Faster checkout', closing, [
        ['2026-10-01T08:00', 'new'],
        ['2026-11-20T08:00', 'closed'],
      ]),
      improvement('IMP-2', 'Fewer sessions at once', reviewing, [['2026-10-05T08:00', 'review']]),
      improvement(
        'IMP-3',
        'Same-day repair',
        { kpi: 'repair', baseline: { value: 30 }, target: 24, due: '2026-11-15' },
        [['2026-10-05T08:00', 'in_progress']],
      ),
      improvement('IMP-4', 'Count baskets', {}, [['2026-11-10T08:00', 'new']]),
      improvement('IMP-5', 'Ended long ago', {}, [['2026-10-10T08:00', 'rejected']]),
    ],
  }
}

const closing: Data = {
  kpi: 'speed',
  baseline: { value: 390, from: '2026-10-01', to: '2026-10-15' },
  target: 250,
  due: '2026-12-01',
  measured_value: 310.5,
  result: 'partially_achieved',
}

const reviewing: Data = {
  kpi: 'load',
  baseline: { value: 700, from: '2026-10-01', to: '2026-10-08' },
  target: 500,
  due: '2026-11-10',
  implemented_at: '2026-11-15T08:00:00Z',
}
