import { metrics } from '../metric-catalogue.ts'
import { nearest } from '../nearest.ts'
import type { OwnPage } from './own-page.ts'

/** What own pages may name. */
export interface Nameable {
  /** Names of the pages that are there already. */
  readonly pages: readonly string[]
  readonly types: readonly string[]
  /** Ids of KPI records. */
  readonly kpis: readonly string[]
}

/** Something that an entry names and that does not exist, or that it cannot name. */
export interface Amiss {
  readonly message: string
  readonly cure: string
}

/** What is wrong with the own pages of an organisation, the first thing; `undefined` where nothing is. */
export function amissIn(own: readonly OwnPage[], known: Nameable): Amiss | undefined {
  const names = new Set(known.pages)
  for (const page of own) {
    if (names.has(page.name)) {
      return { message: `There is a page ${page.name} already`, cure: 'Give the page another name' }
    }
    names.add(page.name)
    const found = amissOn(page, known)
    if (found) return found
  }
  return undefined
}

function amissOn({ name, kpis, charts, lists }: OwnPage, known: Nameable): Amiss | undefined {
  const ids = [...metrics.map(({ id }) => id), ...known.kpis]
  for (const id of [...kpis, ...charts.map(({ kpi }) => kpi)]) {
    if (!ids.includes(id)) return unknown(name, 'the KPI', id, ids, 'gitsm metrics --list and gitsm list kpi show them')
  }
  for (const { kpi, key } of charts) {
    if (!kpis.includes(kpi)) {
      return { message: `The chart ${key} of the page ${name} shows ${kpi}`, cure: `Add ${kpi} to kpis of the page` }
    }
  }
  for (const { type } of lists) {
    if (!known.types.includes(type))
      return unknown(name, 'the type', type, known.types, `Known: ${known.types.join(', ')}`)
  }
  const twice = charts.find(({ key }, index) => charts.findIndex((other) => other.key === key) !== index)
  return twice && { message: `The page ${name} has two charts ${twice.key}`, cure: 'Give each chart a key of its own' }
}

function unknown(page: string, what: string, id: string, ids: readonly string[], otherwise: string): Amiss {
  const guess = nearest(id, ids)
  return {
    message: `The page ${page} names ${what} ${JSON.stringify(id)}, which does not exist`,
    cure: guess ? `Did you mean ${guess}?` : otherwise,
  }
}
