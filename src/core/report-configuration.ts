import { isControlled } from './ci-class.ts'
import { compare } from './diagnostic.ts'
import { impactOf } from './impact.ts'
import { impactGraph, isGone } from './impact-graph.ts'
import type { Instant } from './instant.ts'
import { addTo } from './lists-by-key.ts'
import { isWithin } from './period.ts'
import { type Data, type RecordDoc, textAt, textsAt } from './record.ts'
import type { LifeFacts, ReportFacts } from './report.ts'
import { changeLives } from './report-change.ts'
import { nameOf, type RecordLink, recordLink, words } from './report-page.ts'
import { isCritical } from './report-service-map.ts'
import { standing } from './report-standing.ts'
import { isSame } from './same.ts'

/** The items of one class at the end of the period, by where they stand. */
export interface ClassLine {
  readonly name: string
  readonly inUse: number
  /** Planned, being built or tested. */
  readonly coming: number
  /** Retired or disposed of. */
  readonly gone: number
  readonly critical: number
}

const inUse: ReadonlySet<string> = new Set(['operational', 'maintenance'])

/** The items of the tree by class, the class with most items in use first. */
export function classLines({ tree }: Pick<ReportFacts, 'tree'>): readonly ClassLine[] {
  const classes = new Map<string, RecordDoc[]>()
  for (const item of tree.ofType('ci')) {
    const name = textAt(item.data, 'class') ?? ''
    addTo(classes, name, item)
  }
  return [...classes]
    .map(([name, items]) => {
      const used = items.filter(({ data }) => inUse.has(textAt(data, 'state') ?? ''))
      const gone = items.filter(({ data }) => isGone(data))
      return {
        name: words(name),
        inUse: used.length,
        coming: items.length - used.length - gone.length,
        gone: gone.length,
        critical: used.filter(isCritical).length,
      }
    })
    .toSorted((a, b) => b.inUse - a.inUse || compare(a.name, b.name))
}

/** What the period did to services and items. */
export interface ConfigurationMoves {
  readonly added: readonly RecordLink[]
  readonly retired: readonly RecordLink[]
  /** How many were edited, but for those added and those that were only verified. */
  readonly edited: number
  /** How many were verified, and not edited otherwise. */
  readonly verified: number
}

/** The services and items that came, went or were edited in the period. */
export function configurationMoves(facts: ReportFacts, page: string): ConfigurationMoves {
  const items = ['service', 'ci'].flatMap((type) => standing(facts, type, facts.period))
  const within = (at: Instant | undefined): boolean => at !== undefined && isWithin(facts.period, at)
  const added = items.filter(({ moments }) => within(moments[0]?.recorded))
  const link = (item: LifeFacts): RecordLink => recordLink(facts, page, item)
  const touched = items.filter((item) => !added.includes(item) && item.moments.some(({ recorded }) => within(recorded)))
  const edited = touched.filter(({ moments }) =>
    moments.some(
      ({ recorded, data }, index) => within(recorded) && changedFields(moments[index - 1]?.data ?? {}, data).length > 0,
    ),
  )
  return {
    added: added.map(link),
    retired: items.filter(({ data, since }) => isGone(data) && within(since)).map(link),
    edited: edited.length,
    verified: touched.length - edited.length,
  }
}

/** An item with what befell it in the period. */
export interface BusyItem extends RecordLink {
  readonly itemClass: string
  /** Opened in the period. */
  readonly incidents: number
  /** Begun in the period. */
  readonly changes: number
  /** Changes found in the period that nobody had authorised. */
  readonly unauthorised: number
}

/** The items that incidents opened and changes begun in the period name; most incidents first. */
export function busyItems(facts: ReportFacts, page: string): readonly BusyItem[] {
  const counts = new Map<string, { incidents: number; changes: number; unauthorised: number }>()
  const count = (data: Data, kind: 'incidents' | 'changes' | 'unauthorised'): void => {
    for (const ci of new Set(textsAt(data, 'cis'))) {
      const sum = counts.get(ci) ?? { incidents: 0, changes: 0, unauthorised: 0 }
      counts.set(ci, { ...sum, [kind]: sum[kind] + 1 })
    }
  }
  for (const { openedAt, data } of standing(facts, 'incident', facts.period)) {
    if (isWithin(facts.period, openedAt)) count(data, 'incidents')
  }
  for (const { data, startedAt, bornAt, state } of changeLives(facts)) {
    if (state === 'cancelled') continue
    if (data['unauthorised'] === true) {
      if (isWithin(facts.period, bornAt)) count(data, 'unauthorised')
    } else if (startedAt !== null && isWithin(facts.period, startedAt)) count(data, 'changes')
  }
  return facts.tree
    .ofType('ci')
    .flatMap((item): readonly BusyItem[] => {
      const sum = counts.get(item.id)
      return sum
        ? [{ ...recordLink(facts, page, item), itemClass: words(textAt(item.data, 'class') ?? ''), ...sum }]
        : []
    })
    .toSorted(
      (a, b) =>
        b.incidents - a.incidents || b.changes + b.unauthorised - (a.changes + a.unauthorised) || compare(a.id, b.id),
    )
}

/** An item in use that takes services down when it alone fails. */
export interface SinglePoint extends RecordLink {
  readonly itemClass: string
  /** Names of the services that go down, the critical ones first; a last entry says how many more. */
  readonly services: readonly string[]
  readonly critical: number
  /** Other items that go down with it. */
  readonly items: number
}

const namedServices = 3

/** The items in use whose failure alone takes a service down; those that most critical services hang on first. */
export function singlePoints(facts: ReportFacts, page: string): readonly SinglePoint[] {
  const graph = impactGraph(facts.tree)
  return [...graph.nodes.values()]
    .flatMap((node) => {
      if (node.type !== 'ci' || !inUse.has(textAt(node.record.data, 'state') ?? '')) return []
      const down = impactOf(graph, [node]).filter(
        ({ effect, id, type }) => effect === 'down' && (type !== 'ci' || id !== node.id),
      )
      const services = down
        .filter(({ type }) => type === 'service')
        .flatMap((each) => graph.nodes.get(`service/${each.id}`)?.record ?? [])
        .toSorted((a, b) => Number(isCritical(b)) - Number(isCritical(a)) || compare(a.id, b.id))
      if (services.length === 0) return []
      const named = services.map(({ id, data }) => textAt(data, 'title') || id)
      return [
        {
          ...recordLink(facts, page, node.record),
          itemClass: words(textAt(node.record.data, 'class') ?? ''),
          services: [
            ...named.slice(0, namedServices),
            ...(named.length > namedServices ? [`${named.length - namedServices} more`] : []),
          ],
          critical: services.filter(isCritical).length,
          items: down.length - services.length,
          all: services.length,
        },
      ]
    })
    .toSorted((a, b) => b.critical - a.critical || b.all - a.all || b.items - a.items || compare(a.id, b.id))
    .map(({ all: _, ...point }) => point)
}

/** An edit of a controlled item that no change accounts for. */
export interface UncoveredEdit extends RecordLink {
  readonly at: Instant
  readonly by: string
  readonly commit: string
  /** The fields that it changed. */
  readonly fields: readonly string[]
}

/** Fields that the owner of an item keeps without a change. */
const free: ReadonlySet<string> = new Set(['verified_at', 'log'])

/**
 * The edits of the period to controlled items, with those that no change in implement, and no unauthorised one in
 * review, named when they were recorded. Whether an item is controlled is asked of it as it stood before.
 */
export function controlledEdits(
  facts: ReportFacts,
  page: string,
): { readonly n: number; readonly uncovered: readonly UncoveredEdit[] } {
  const changes = changeLives(facts)
  const covered = (ci: string, position: number): boolean =>
    changes.some(({ moments }) => {
      const now = moments.findLast(({ commit }) => commit.position <= position)
      if (!now || !textsAt(now.data, 'cis').includes(ci)) return false
      return now.state === 'implement' || (now.state === 'review' && now.data['unauthorised'] === true)
    })
  const edits = facts.lives
    .filter(({ type }) => type === 'ci')
    .flatMap((item) =>
      item.moments.flatMap((moment, index) => {
        const before = item.moments[index - 1]
        if (!before || !isWithin(facts.period, moment.recorded)) return []
        if (!isControlled({ ...item, data: before.data }, facts.config.ciClasses)) return []
        const fields = changedFields(before.data, moment.data)
        const { commit, by, position } = moment.commit
        const edit = { ...recordLink(facts, page, item), at: moment.recorded, by, commit: commit.slice(0, 10), fields }
        return fields.length === 0 ? [] : [{ edit, position }]
      }),
    )
  return {
    n: edits.length,
    uncovered: edits
      .filter(({ edit: { id }, position }) => !covered(id, position))
      .map(({ edit }) => edit)
      .toSorted((a, b) => b.at - a.at || compare(a.id, b.id)),
  }
}

function changedFields(before: Data, after: Data): readonly string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...fields].filter((field) => !free.has(field) && !isSame(before[field], after[field])).toSorted(compare)
}

/** A change that was found to have happened to items without anybody's approval. */
export interface FoundChange extends RecordLink {
  readonly cis: readonly string[]
  readonly foundAt: Instant
  readonly state: string
  readonly team: string | null
}

/** The unauthorised changes of items that were found in the period, and those found earlier that are still open. */
export function foundChanges(facts: ReportFacts, page: string): readonly FoundChange[] {
  return changeLives(facts)
    .filter(
      ({ data, bornAt, state }) =>
        data['unauthorised'] === true &&
        (isWithin(facts.period, bornAt) || (bornAt < facts.period.from && state !== 'closed' && state !== 'cancelled')),
    )
    .map((change) => ({
      ...recordLink(facts, page, change),
      cis: textsAt(change.data, 'cis'),
      foundAt: change.bornAt,
      state: words(change.state),
      team: nameOf(facts, 'team', textAt(change.data, 'team') ?? null),
    }))
    .toSorted((a, b) => b.foundAt - a.foundAt || compare(a.id, b.id))
}
