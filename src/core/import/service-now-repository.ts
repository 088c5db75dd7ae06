import type { Config } from '../config.ts'
import { compare } from '../diagnostic.ts'
import { formatInstant, parseInstant } from '../instant.ts'
import { type Data, textAt } from '../record.ts'
import { fileOf } from '../record-id.ts'
import { importedService, type Naming, unassigned } from './service-now-incident.ts'
import { matrixOf } from './service-now-priority.ts'
import type { ServiceNowRow } from './service-now-row.ts'
import { slugs } from './slugs.ts'

/** A YAML file of a service repository, before it is text. `schema` is the path of its schema from the root. */
export interface RepositoryFile {
  readonly path: string
  readonly schema: string
  readonly data: Data
}

/** What the configuration of an imported repository depends on. */
export interface RepositoryFacts {
  readonly naming: Naming
  /** IANA zone that the log's times were told in. */
  readonly zone: string
  readonly categories: readonly string[]
  /** Whether incidents are filed by month or by day. */
  readonly shard: Config['shard']
}

/** Gives every group and CI of the log its id, and finds the categories and the priority matrix that the log uses. */
export function repositoryFacts(rows: readonly ServiceNowRow[], zone: string): RepositoryFacts {
  const named = (column: string): readonly string[] => rows.flatMap(({ texts }) => texts.get(column) ?? [])
  const naming: Naming = {
    teams: slugs(named('assignment_group'), 'group', [unassigned]),
    cis: slugs(named('cmdb_ci'), 'ci'),
    matrix: matrixOf(rows),
  }
  return { naming, zone, categories: [...new Set(named('category'))].sort(compare), shard: shardOf(rows) }
}

/** Incidents in a month above which each day gets a folder: git lists a folder anew in every commit that touches it. */
const manyInAMonth = 1000

function shardOf(rows: readonly ServiceNowRow[]): Config['shard'] {
  const months = new Map<string, Set<string>>()
  for (const { number, openedAt, at } of rows) {
    const month = formatInstant(openedAt ?? at).slice(0, 7)
    months.set(month, (months.get(month) ?? new Set()).add(number))
  }
  return [...months.values()].some(({ size }) => size > manyInAMonth) ? 'day' : 'month'
}

/** The file of an incident as it stands after one of its rows; it stays the same for all of them. */
export function incidentFile(incident: Data, { shard }: RepositoryFacts): RepositoryFile {
  const openedAt = parseInstant(textAt(incident, 'opened_at') ?? '') ?? 0
  return {
    path: fileOf('incident', textAt(incident, 'id') ?? '', openedAt, true, shard),
    schema: 'schemas/incident/schema.json',
    data: incident,
  }
}

/** `gitsm.yaml` of an imported repository; `until` is the last commit of the import, once it is known. */
export function gitsmYaml({ naming, zone, categories, shard }: RepositoryFacts, until?: string): RepositoryFile {
  return {
    path: 'gitsm.yaml',
    schema: 'schemas/_meta/gitsm.json',
    data: {
      version: 1,
      organisation: 'Imported from ServiceNow',
      timezone: zone,
      calendar: 'always',
      priority: { matrix: naming.matrix },
      ...(categories.length === 0 ? {} : { categories }),
      ...(shard === 'day' ? { shard } : {}),
      ...(until === undefined ? {} : { imports: [{ system: 'servicenow', until }] }),
    },
  }
}

/** The configuration records that imported incidents need: teams, CIs, one service, one SLA. */
export function configurationRecords({ naming }: RepositoryFacts): readonly RepositoryFile[] {
  return [
    record('team', unassigned, {
      title: 'Unassigned',
      description: 'Holds imported incidents whose assignment group was empty. Nobody belongs to it.',
      members: [],
    }),
    ...[...naming.teams].map(([name, id]) =>
      record('team', id, { title: name, members: [], source: { system: 'servicenow', id: name } }),
    ),
    ...[...naming.cis].map(([name, id]) =>
      record('ci', id, {
        title: name,
        class: 'unknown',
        owner: unassigned,
        services: [importedService],
        state: 'operational',
        source: { system: 'servicenow', id: name },
      }),
    ),
    record('service', importedService, {
      title: 'Imported from ServiceNow',
      description: 'Stands for all services of the imported incidents, because the log names none.',
      owner: unassigned,
      tier: 4,
      state: 'operational',
    }),
    record('sla', 'imported-default', importedSla),
  ]
}

const importedSla: Data = {
  title: 'Assumed targets',
  description: [
    'The log says whether an SLA was kept, but not what was agreed. These targets are an assumption to start from:',
    'replace them by what your organisation agreed, by pull request.',
    '',
    'The clocks run around the clock. The response clock ends when the incident is first worked on, resolved or closed',
    'and never pauses; going on hold is no response. The resolution clock ends when it is resolved or closed, pauses',
    'while the caller is waited for, and goes on when it is reopened, without the time it was resolved.',
    '',
  ].join('\n'),
  kind: 'sla',
  applies_to: { type: 'incident' },
  order: 1000,
  targets: {
    response: {
      stop: ['in_progress', 'resolved', 'closed'],
      target: { P1: 'PT15M', P2: 'PT30M', P3: 'PT4H', default: 'PT8H' },
      calendar: 'always',
    },
    resolution: {
      stop: ['resolved', 'closed'],
      pause: ['on_hold:awaiting_caller'],
      target: { P1: 'PT4H', P2: 'PT24H', P3: 'PT72H', default: 'PT120H' },
      calendar: 'always',
      on_reopen: 'resume',
    },
  },
  at_risk: 75,
  objective: 95,
  assumed: true,
  state: 'active',
}

function record(type: string, id: string, data: Data): RepositoryFile {
  return { path: `records/${type}/${id}.yaml`, schema: `schemas/${type}/schema.json`, data: { id, ...data } }
}
