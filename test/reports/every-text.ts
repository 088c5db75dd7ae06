import { indexRecords } from '../../src/core/facts.ts'
import { type Data, isData } from '../../src/core/record.ts'
import type { LifeFacts, ReportFacts } from '../../src/core/report.ts'
import type { Moment } from '../../src/core/timeline.ts'
import { shipped } from '../support/shipped.ts'

/** What a text is to say instead of what it says. */
export type Saying = (usual: string) => string

/** A text that no name, address, instant or choice of a schema is. */
const probe = 'x | <b> @ada #1 [y](z) {{w}}'

/**
 * Facts in which every text that the schemas let people write freely says something else, in every record and every
 * version of it; and so do the words of git and of the configuration. Ids of records stay, so that links still lead there.
 */
export function sayingElse(facts: ReportFacts, saying: Saying): ReportFacts {
  const ids = new Set(facts.tree.all.map(({ id }) => id))
  const say: Saying = (usual) => (ids.has(usual) ? usual : saying(usual))
  const known = new Map<Data, Data>()
  const told = (type: string, data: Data): Data => {
    const before = known.get(data)
    if (before) return before
    const after = rewritten(type, data, say)
    known.set(data, after)
    return after
  }
  const moment =
    (type: string) =>
    (each: Moment): Moment => ({
      ...each,
      commit: { ...each.commit, by: say(each.commit.by) },
      data: told(type, each.data),
    })
  const living = <Life extends Pick<LifeFacts, 'data' | 'moments'>>(type: string, life: Life): Life => ({
    ...life,
    data: told(type, life.data),
    moments: life.moments.map(moment(type)),
  })
  const standing = <Doc extends { readonly type: string; readonly data: Data }>(doc: Doc): Doc => ({
    ...doc,
    data: told(doc.type, doc.data),
  })
  const { config, improving } = facts
  return {
    ...facts,
    config: { ...config, organisation: say(config.organisation) },
    incidents: facts.incidents.map((incident) => living('incident', incident)),
    clocked: facts.clocked.map((record) => living(record.type, record)),
    lives: facts.lives.map((life) => living(life.type, life)),
    tree: indexRecords(facts.tree.all.map(standing)),
    services: facts.services.map(standing),
    teams: facts.teams.map(standing),
    slas: facts.slas.map(standing),
    improving: {
      ...improving,
      kpis: improving.kpis.map(standing),
      measurements: improving.measurements.map(standing),
      commentary: improving.commentary.map(standing),
      records: improving.records.map((record) => ({ ...record, moments: record.moments.map(moment(record.type)) })),
      changes: improving.changes.map((record) => ({ ...record, moments: record.moments.map(moment(record.type)) })),
      improvements: improving.improvements.map((life) => living('improvement', life)),
    },
    gaps: facts.gaps.map((gap) => ({ ...gap, file: say(gap.file), reason: say(gap.reason) })),
  }
}

const asked = new Map<string, boolean>()

/** The places of free texts in records of a type that facts were seen to hold, `*` standing for any place in a list. */
export function freePlaces(type: string): readonly string[] {
  return [...asked].flatMap(([place, free]) =>
    free && place.startsWith(`${type} `) ? [place.slice(type.length + 1)] : [],
  )
}

function rewritten(type: string, record: Data, say: Saying): Data {
  return eachText(record, (text, place) => (isFree(type, record, place) ? say(text) : text))
}

/** Whether the schema of a type has nothing against the probe at a place. */
function isFree(type: string, record: Data, place: string): boolean {
  const before = asked.get(`${type} ${place}`)
  if (before !== undefined) return before
  const probed = eachText(record, (text, other) => (other === place ? probe : text))
  const found = (data: Data): number => shipped.schemaDiagnostics(type, '', data).length
  const free = found(probed) <= found(record)
  asked.set(`${type} ${place}`, free)
  return free
}

type Change = (text: string, place: string) => string

/** Data with every text in it changed. */
function eachText(data: Data, change: Change, place = ''): Data {
  const within = (value: unknown, at: string): unknown => {
    if (typeof value === 'string') return change(value, at)
    if (Array.isArray(value)) return value.map((item) => within(item, `${at}.*`))
    return isData(value) ? eachText(value, change, `${at}.`) : value
  }
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, within(value, `${place}${name}`)]))
}
