import type { Config } from '../../src/core/config.ts'
import { type Facts, indexRecords } from '../../src/core/facts.ts'
import type { State } from '../../src/core/lifecycle.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import type { RecordType } from '../../src/core/record-type.ts'

const text = { type: 'string' }

function recordType(name: string, states: readonly string[], properties: Data): RecordType {
  const state = (each: string): State => {
    return { name: each, description: '', final: false, immutable: false, requires: [], reauthorise: [], clears: [] }
  }
  return {
    name,
    schema: { properties, $defs: { reason: { enum: ['awaiting_caller', 'awaiting_vendor'] } } },
    lifecycle: { initial: [], states: new Map(states.map((each) => [each, state(each)])), transitions: [] },
    references: [],
    orderedTimes: [],
  }
}

const incident = recordType('incident', ['new', 'in_progress', 'on_hold', 'resolved', 'closed'], {
  service: text,
  priority: text,
  cis: { type: 'array' },
  hold_reason: { $ref: '#/$defs/reason' },
})
const request = recordType('request', ['submitted', 'on_hold', 'fulfilled'], { service: text, priority: text })

/** Facts of a repository with incidents and requests and the given agreements. */
export function agreementFacts(slas: readonly RecordDoc[], matrix?: Config['matrix']): Facts {
  const config: Config = {
    organisation: 'Kontor',
    timezone: 'UTC',
    calendar: 'always',
    categories: [],
    shard: 'month',
    reports: { path: 'reports' },
    imports: [],
    ...(matrix && { matrix }),
  }
  const types = new Map([incident, request].map((type) => [type.name, type]))
  return { rulebook: { config, types }, records: indexRecords(slas), changes: [], unreadable: new Set() }
}
