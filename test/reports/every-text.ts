import { indexRecords } from '../../src/core/facts.ts'
import { type Data, isData } from '../../src/core/record.ts'
import type { LifeFacts, ReportFacts } from '../../src/core/report.ts'
import type { Moment } from '../../src/core/timeline.ts'
import { shipped, shippedTypes } from '../support/shipped.ts'
import { probe, sayingAll } from './text-places.ts'

/** What a text is to say instead of what it says. */
export type Saying = (usual: string) => string

/**
 * Facts in which every text that the schemas let people write freely says something else, in every record and every
 * version of it; and so do the words of git and of the configuration. Ids of records stay, so that links still lead there.
 */
export function sayingElse(facts: ReportFacts, saying: Saying): ReportFacts {
  const ids = new Set(facts.tree.all.map(({ id }) => id))
  const say: Saying = (usual) => (ids.has(usual) ? usual : saying(usual))
  const { config } = facts
  const told = withRecords(facts, (type, data) => rewritten(type, data, say), say)
  return {
    ...told,
    config: { ...config, organisation: say(config.organisation) },
    gaps: facts.gaps.map((gap) => ({ ...gap, file: say(gap.file), reason: say(gap.reason) })),
    findings: facts.findings.map((finding) => ({ ...finding, message: say(finding.message) })),
    governed: facts.governed.map((edit) => ({ ...edit, by: say(edit.by) })),
  }
}

/**
 * Facts in which every third record of a type, the first one included, says something in every place where its schema
 * lets people write freely, those that no other record fills included.
 */
export function sayingEverywhere(facts: ReportFacts): ReportFacts {
  const chosen = new Set(
    shippedTypes.flatMap((type) => facts.tree.ofType(type).filter((_, index) => index % 3 === 0)).map(({ id }) => id),
  )
  return withRecords(facts, (type, data) => (chosen.has(String(data['id'])) ? sayingAll(type, data) : data))
}

/** Facts with the data of every record changed, in every version of it, and with the names of committers. */
function withRecords(
  facts: ReportFacts,
  change: (type: string, data: Data) => Data,
  name: Saying = (usual) => usual,
): ReportFacts {
  const known = new Map<Data, Data>()
  const told = (type: string, data: Data): Data => {
    const before = known.get(data)
    if (before) return before
    const after = change(type, data)
    known.set(data, after)
    return after
  }
  const moment =
    (type: string) =>
    (each: Moment): Moment => ({
      ...each,
      commit: { ...each.commit, by: name(each.commit.by) },
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
  const { improving } = facts
  return {
    ...facts,
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
  let nth = 0 // what stands in a list may have to differ
  const probed = eachText(record, (text, other) => (other === place ? `${probe} ${++nth}` : text))
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
