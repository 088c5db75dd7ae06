import { formatYaml } from '../../../src/adapters/yaml/format.ts'
import { readYaml } from '../../../src/adapters/yaml/read.ts'
import { formatInstant, type Instant, parseInstant } from '../../../src/core/instant.ts'
import type { Data } from '../../../src/core/record.ts'
import { isData } from '../../../src/core/record.ts'
import { clusterUpgrade } from '../normal-change.ts'

/** What a commit writes; `null` removes a file. */
export type Files = Readonly<Record<string, string | null>>

/** The texts of the tree that a commit is made on, by path. */
export type Texts = ReadonlyMap<string, string>

/** One commit of an offence: honest unless `finds` says what is found of it. */
export interface Deed {
  /** Seconds after the one before; a minute when left out. */
  readonly after?: number
  /** The committer date, where it is not the time at which it is done. */
  readonly dated?: (at: Instant) => Instant
  readonly write: (at: string, texts: Texts) => Files
  readonly finds?: readonly string[]
  /** What the ledger knows to have been approved of it: `<type>/<id>`, or the path of a file. */
  readonly approved?: string
  /** Paths that become a symbolic link or a submodule. */
  readonly link?: { readonly path: string; readonly mode: '120000' | '160000' }
}

/** Something that the rules do not allow, with the honest commits before and after it. */
export interface Offence {
  readonly kind: string
  readonly deeds: readonly Deed[]
}

/** An offence of two commits: what stood there by the rules, and what was made of it. */
export function offence(
  kind: string,
  finds: readonly string[],
  before: Deed['write'],
  after: Deed['write'],
  ...others: readonly Deed[]
): Offence {
  return { kind, deeds: [{ write: before }, { write: after, finds }, ...others] }
}

/** An offence of one commit. */
export function wrong(
  kind: string,
  finds: readonly string[],
  write: Deed['write'],
  ...others: readonly Deed[]
): Offence {
  return { kind, deeds: [{ write, finds }, ...others] }
}

/** A record as a file of its own folder; `at` fills in what needs a time. */
export function record(type: string, data: Data): Files {
  return { [pathOf(type, String(data['id']))]: formatYaml(data) }
}

/** Where the records of offences lie. */
export function pathOf(type: string, id: string): string {
  return `records/${type}/planted/${id}.yaml`
}

/** An incident of the web shop. */
export function incident(id: string, state: string, opened: string, more: Data = {}): Files {
  return record('incident', {
    id,
    title: 'Checkout is slow',
    state,
    service: 'webshop',
    impact: 'medium',
    urgency: 'medium',
    priority: 'P3',
    reporter: 'ada',
    opened_at: opened,
    ...more,
  })
}

/** What an incident says once it is resolved. */
export const solved: Data = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }

const { data: upgrade } = readYaml('change.yaml', new TextEncoder().encode(clusterUpgrade))

/** A normal change of the search cluster in a week of 2027 that it has for itself. */
export function change(id: string, state: string, opened: string, week: number, more: Data = {}): Files {
  const start = (parseInstant('2027-03-02T05:00:00Z') ?? 0) + week * 7 * 86_400
  return record('change', {
    id,
    ...(isData(upgrade) ? upgrade : {}),
    state,
    opened_at: opened,
    planned_start: formatInstant(start),
    planned_end: formatInstant(start + 14_400),
    outage: false,
    ...more,
  })
}

/** An instant some seconds after another. */
export function later(at: string, seconds: Instant): string {
  return formatInstant((parseInstant(at) ?? 0) + seconds)
}

/** The same file with a text in place of another, which must be there. */
export function replaced(texts: Texts, path: string, old: string, text: string): Files {
  const standing = texts.get(path)
  if (!standing?.includes(old)) throw new Error(`${path} has no ${old}`)
  return { [path]: standing.replace(old, () => text) }
}
