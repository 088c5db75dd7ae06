import { configOf } from '../../src/core/config.ts'
import { conflictsOf } from '../../src/core/conflicts.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { impactOf } from '../../src/core/impact.ts'
import { impactGraph } from '../../src/core/impact-graph.ts'
import { parseInstant } from '../../src/core/instant.ts'
import { listAt, type RecordDoc, textAt, textsAt } from '../../src/core/record.ts'
import { askedChange, landscape } from './landscape.ts'

// Asks what one change touches and collides with, from records that have been read, and prints how long that took. The
// floor goes once along every dependency that leads away from the change, and once over every change's times.

const [way, items, changes] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const rulebook = { config: configOf({}), types: new Map() }
const all = landscape({ items, changes }).map((each): RecordDoc => ({ ...each, file: `${each.type}/${each.id}.yaml` }))
const records = indexRecords(all)
const asked = records.find('change', askedChange)
if (!asked) throw new Error('The landscape lacks the change that is asked about')

function engine(change: RecordDoc): number {
  const starts = textsAt(change.data, 'cis').map((id) => ({ type: 'ci' as const, id }))
  const touched = impactOf(impactGraph(records), starts).filter(({ type }) => type === 'ci')
  const partners = conflictsOf(change, records, rulebook).filter(({ with: other }) => other.type === 'change')
  return touched.length + new Set(partners.map(({ with: other }) => other.id)).size
}

function floor(change: RecordDoc): number {
  const dependants = new Map<string, string[]>()
  for (const { id, data } of records.ofType('ci')) {
    for (const dependency of listAt(data, 'depends_on')) {
      const on = textAt(Object(dependency), 'ci') ?? ''
      const known = dependants.get(on)
      if (known) known.push(id)
      else dependants.set(on, [id])
    }
  }
  const reached = new Set(textsAt(change.data, 'cis'))
  for (const id of reached) for (const next of dependants.get(id) ?? []) reached.add(next)
  const [from, until] = span(change)
  const partners = records.ofType('change').filter((other) => {
    const [start, end] = span(other)
    return other !== change && start < until && end > from && textsAt(other.data, 'cis').some((id) => reached.has(id))
  })
  return reached.size + partners.length
}

function span({ data }: RecordDoc): readonly [number, number] {
  const at = (field: string): number => parseInstant(textAt(data, field) ?? '') ?? 0
  return [at('planned_start'), at('planned_end')]
}

const began = performance.now()
const total = way === 'engine' ? engine(asked) : floor(asked)
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, total }))
