import { stringify } from 'yaml'
import { type Commit, fastImport } from '../../../src/adapters/fast-import.ts'
import { configOf } from '../../../src/core/config.ts'
import { indexRecords } from '../../../src/core/facts.ts'
import { formatInstant } from '../../../src/core/instant.ts'
import type { MetricFacts } from '../../../src/core/metric.ts'
import { gatherClocks } from '../../../src/journeys/clocks.ts'
import { metricFacts } from '../../../src/journeys/kpi-facts.ts'
import { repository } from '../repo.ts'
import type { ToldRecord } from './told.ts'

const by = { name: 'ada', email: 'ada@example.invalid' }
const config = { version: 1, organisation: 'Shop', timezone: 'Europe/Berlin', calendar: 'office' }
const office = { id: 'office', timezone: 'UTC', hours: { 'mon-fri': ['09:00-17:00'] } }

function agreement(id: string, kind: string, type: string, targets: object): object {
  return { id, kind, state: 'active', applies_to: { type }, order: 10, targets }
}

const calendar = { default: 'always' }
const agreements = [
  agreement('gold', 'sla', 'incident', {
    response: {
      stop: ['in_progress', 'on_hold', 'resolved', 'closed'],
      target: { P1: 'PT1H', default: 'PT4H' },
      calendar,
    },
    resolution: {
      stop: ['resolved', 'closed'],
      pause: ['on_hold'],
      target: { P1: 'PT8H', default: 'PT26H' },
      calendar,
      on_reopen: 'new_cycle',
    },
  }),
  agreement('orders', 'sla', 'request', {
    fulfilment: { stop: ['fulfilled', 'closed'], target: { default: 'PT48H' }, calendar },
  }),
  agreement('pick-up', 'ola', 'request', {
    response: { stop: ['in_fulfilment', 'fulfilled', 'closed'], target: { default: 'PT1H' }, calendar },
  }),
  agreement('causes', 'sla', 'problem', {
    resolution: { stop: ['resolved', 'closed'], target: { default: 'PT400H' }, calendar },
  }),
  agreement('approval', 'sla', 'change', {
    approval: { stop: ['scheduled', 'implement'], target: { default: 'PT25H' }, calendar },
  }),
]

/** What a commit makes of a record; several steps of one commit stand in its log. */
function fileOf({ type, id, steps }: ToldRecord, at: number, index: number): Commit['files'][number] {
  const same = steps.filter((step) => step.at === at)
  const step = steps[index]
  const log = same.length > 1 ? { log: same.map(({ state }) => ({ state })) } : {}
  return {
    path: `records/${type}/${id}.yaml`,
    content: stringify({ id, ...step?.fields, state: step?.state, ...log }, { keepUndefined: false }),
  }
}

/** A real repository with declared records, and how to read figures from it. */
export async function toldRepository(records: readonly ToldRecord[]): Promise<{
  readonly since: number
  readonly facts: (asOf: number) => Promise<MetricFacts>
}> {
  const { dir } = repository()
  const env = { PATH: process.env['PATH'], HOME: dir }
  const steps = records.flatMap((record) =>
    record.steps.flatMap(({ at }, index) => (record.steps[index + 1]?.at === at ? [] : [{ record, at, index }])),
  )
  const since = Math.min(...steps.map(({ at }) => at))
  const settings = [
    { path: 'gitsm.yaml', content: stringify(config) },
    { path: 'records/calendar/office.yaml', content: stringify(office) },
    ...agreements.map((each, index) => ({ path: `records/sla/${index}.yaml`, content: stringify(each) })),
  ]
  const commits: Commit[] = [{ at: since, by, message: 'Begin', files: settings }]
  for (const { record, at, index } of steps.toSorted((a, b) => a.at - b.at)) {
    commits.push({ at, by, message: `${record.id} at ${formatInstant(at)}`, files: [fileOf(record, at, index)] })
  }
  await fastImport({ dir, env }, commits, { branch: 'main' })
  const clocks = await gatherClocks({ dir, env })
  const tree = indexRecords([
    { type: 'calendar', id: 'office', file: 'records/calendar/office.yaml', data: office },
    ...records.flatMap(({ type, id, steps: lived }) => {
      const last = lived.at(-1)
      return type === 'service' && last ? [{ type, id, file: '', data: { ...last.fields, state: last.state } }] : []
    }),
  ])
  return { since, facts: async (asOf) => metricFacts(clocks, tree, configOf(config), asOf) }
}
