import { dirname, posix } from 'node:path'
import type { Commit, CommittedFile } from '../adapters/fast-import.ts'
import { readRegistry } from '../adapters/registry.ts'
import { readWorkingTree } from '../adapters/working-tree.ts'
import { editYaml } from '../adapters/yaml/edit.ts'
import { formatYaml } from '../adapters/yaml/format.ts'
import { calendarOf } from '../core/calendar.ts'
import { berlinOffset, inBerlin } from '../core/demo/berlin.ts'
import { configurationSteps } from '../core/demo/configuration.ts'
import { crewOf } from '../core/demo/crew.ts'
import type { ConfigurationStep, Edition } from '../core/demo/edition.ts'
import { storyIncidents } from '../core/demo/incidents.ts'
import { rowsBefore } from '../core/demo/measuring.ts'
import { practiceRecords } from '../core/demo/practices.ts'
import type { StoryRecord, Version } from '../core/demo/record-telling.ts'
import { lastDay } from '../core/demo/story.ts'
import { inSchemaOrder } from '../core/draft.ts'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import { type Data, isData, listAt, textAt } from '../core/record.ts'
import { fileOf } from '../core/record-id.ts'
import { load } from './load.ts'
import type { World } from './world.ts'

/** The year of the example organisation, ready to be written. */
export interface DemoHistory {
  readonly incidents: readonly StoryRecord[]
  /** The records of all other practices. */
  readonly practices: readonly StoryRecord[]
  /** In order of time; the first brings schemas, templates and configuration. */
  readonly commits: readonly Commit[]
  /** The end of the telling: nothing is recorded later. */
  readonly until: Instant
}

/** Tells the story on what GitSM ships: the organisation's own records, by the schemas that judge them. */
export function demoHistory({ packageRoot }: Pick<World, 'packageRoot'>): DemoHistory {
  const tree = readWorkingTree(packageRoot, ['gitsm.yaml', 'records', 'schemas', 'templates'])
  const registry = readRegistry(tree)
  const { records, rulebook } = load(tree, registry)
  const texts = new Map(tree.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes ?? new Uint8Array())]))
  const configuration = new Map(
    records.all
      .filter(({ type }) => rulebook.types.get(type)?.prefix === undefined)
      .map(({ file, data }) => [file, data]),
  )
  const until = inBerlin(lastDay, 8 * 60)
  const shop = {
    crew: crewOf(records.ofType('team').map(({ data }) => data)),
    hours: { shop: calendarNamed('store-hours'), office: calendarNamed('berlin-office') },
    matrix: rulebook.config.matrix,
  }
  const incidents = storyIncidents(shop, until)
  const people = new Map(
    records
      .ofType('team')
      .flatMap(({ data }) => listAt(data, 'members').filter(isData))
      .map((member) => {
        const login = textAt(member, 'login') ?? ''
        return [login, { login, name: textAt(member, 'name') ?? login }]
      }),
  )
  const practices = practiceRecords(
    {
      shop,
      people: [...people.values()],
      incidents,
      catalogue: dataById('catalogue-item'),
      models: dataById('change-model'),
    },
    until,
  )

  function dataById(type: string): ReadonlyMap<string, Data> {
    return new Map(records.ofType(type).map(({ id, data }) => [id, data]))
  }

  function calendarNamed(id: string): NonNullable<ReturnType<typeof calendarOf>> {
    const calendar = calendarOf(records.find('calendar', id)?.data ?? {})
    if (calendar) return calendar
    throw new Fault(`The example organisation has no calendar ${id}`, { cure: 'Install GitSM again' })
  }

  function configurationCommit({ at, by, message, editions }: ConfigurationStep, index: number): Commit {
    const brought = index > 0 ? [] : [...texts].filter(([path]) => !path.startsWith('records/'))
    const files = editions.map((edition) => ({ path: edition.path, content: textOf(edition) }))
    return {
      ...signed(at, people.get(by) ?? { login: by, name: by }, message),
      files: [...brought.map(([path, content]) => ({ path, content })), ...files],
    }
  }

  function textOf({ path, edits, after, rowsBefore: until }: Edition): string {
    const text = texts.get(after ?? path) ?? ''
    return until === undefined ? editYaml(text, edits) : rowsBefore(text, until)
  }

  function recordCommit(record: StoryRecord, { at, by, message, data }: Version): Commit {
    return { ...signed(at, by, message), files: [recordFile(record, data)] }
  }

  function recordFile({ type, id, openedAt }: StoryRecord, data: Data): CommittedFile {
    const path = fileOf(type, id, openedAt, true, rulebook.config.shard)
    const schema = posix.relative(dirname(path), `schemas/${type}/schema.json`)
    const recordType = rulebook.types.get(type)
    const ordered = recordType ? inSchemaOrder(recordType, data) : data
    return { path, content: `# yaml-language-server: $schema=${schema}\n${formatYaml(ordered)}` }
  }

  const commits = [
    ...configurationSteps(configuration).map(configurationCommit),
    ...[...incidents, ...practices].flatMap((record) =>
      record.versions.map((version) => recordCommit(record, version)),
    ),
  ]
  return { incidents, practices, until, commits: commits.toSorted((a, b) => a.at - b.at) }
}

function signed(at: Instant, { login, name }: { readonly login: string; readonly name: string }, message: string) {
  return { at, offset: berlinOffset(at), by: { name, email: `${login}@kontor.example` }, message }
}
