import { dirname, posix } from 'node:path'
import { ask } from '../adapters/prompt.ts'
import { formatYaml } from '../adapters/yaml/format.ts'
import { settledByModel } from '../core/change-model.ts'
import { draftOf, inSchemaOrder, withBirthLogged } from '../core/draft.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant } from '../core/instant.ts'
import { questionsFor } from '../core/question.ts'
import { type Data, type RecordDoc, textAt } from '../core/record.ts'
import { fileOf, processId, slugOf } from '../core/record-id.ts'
import type { RecordType } from '../core/record-type.ts'
import { priorityOf } from '../core/sla.ts'
import { withValue } from '../core/with-value.ts'
import { assignedValue, assignmentOf, withAssigned } from './assignment.ts'
import { tellWhatIsKnown } from './known-already.ts'
import type { Snapshot } from './load.ts'
import { settledByItem, withFormAnswered } from './request-answers.ts'
import type { OpenRepository } from './working-tree.ts'
import type { World } from './world.ts'

/** What a new record is made among: the records that are there, and their rules. */
type Among = Pick<OpenRepository, 'snapshot' | 'registry'>

/** A new record as it would be filed. */
export interface DraftedRecord {
  readonly file: string
  readonly text: string
  readonly record: RecordDoc
}

/**
 * The fields of a new record: what the type can know by itself, then the fields given, then, on a terminal, the answers
 * about those required ones that are still missing.
 */
export async function fieldsOfNew(
  world: World,
  { snapshot, registry }: Among,
  type: RecordType,
  { set, me }: { readonly set: readonly string[]; readonly me: string },
): Promise<Data> {
  const draft = draftOf(type, { now: formatInstant(world.now), me })
  const told = withAssigned(registry, type.name, draft, set.map(assignmentOf), snapshot.records)
  let data = settledByModel(type, settledByItem(type, told, snapshot.records), snapshot.records)
  if (world.questions) {
    const describe = (field: string) => registry.fieldSchema(type.name, field)
    if (Object.hasOwn(data, 'title')) tellWhatIsKnown(world, snapshot, type, data)
    for (const question of questionsFor(type, data, snapshot.records, describe)) {
      if (question.field === 'id' || Object.hasOwn(data, question.field)) continue
      const answered = (text: string) => withValue(data, [question.field], asAnswer(text))
      const asAnswer = (text: string) => assignedValue(registry, type.name, data, { route: [question.field], text })
      const problem = (text: string) =>
        (text.trim() === '' ? 'Something must stand here' : undefined) ??
        registry.schemaDiagnostics(type.name, '', answered(text)).find(({ place }) => place.route[0] === question.field)
          ?.message
      data = answered(await ask(world.questions, question, problem))
      if (question.field === 'title') tellWhatIsKnown(world, snapshot, type, data)
      if (question.field === 'item') data = settledByItem(type, data, snapshot.records)
    }
    data = await withFormAnswered(world, type, data, snapshot.records, (so, field, text) =>
      assignedValue(registry, type.name, so, { route: ['form', field], text }),
    )
  }
  const { matrix } = snapshot.rulebook.config
  const priority = priorityOf(data, matrix)
  return matrix && priority !== 'default' ? { ...data, priority } : data
}

/** A new record of some fields, with its id, its birth in the log and the file that it belongs into. */
export function draftedRecord(
  world: World,
  { snapshot }: Among,
  type: RecordType,
  data: Data,
  { me, id: wanted }: { readonly me: string; readonly id?: string },
): DraftedRecord {
  const id = wanted ?? textAt(data, 'id') ?? newId(world, snapshot, type, data)
  const drafted = { now: formatInstant(world.now), me }
  const record = inSchemaOrder(type, withBirthLogged(type, { ...data, id }, drafted))
  const file = fileOf(type.name, id, world.now, type.prefix !== undefined, snapshot.rulebook.config.shard)
  const schema = posix.relative(dirname(file), `schemas/${type.name}/schema.json`)
  const text = `# yaml-language-server: $schema=${schema}\n${formatYaml(record)}`
  return { file, text, record: { type: type.name, id, file, data: record } }
}

/** Throws where a file is there already. */
export function refuseTaken({ files }: Snapshot, file: string): void {
  if (files.has(file)) throw new Fault(`${file} exists already`, { cure: 'Give the record another --id' })
}

/** An id that nothing in the tree has yet: by chance for process records, from the title for the others. */
function newId(world: World, { records, unreadable }: Snapshot, type: RecordType, data: Data): string {
  const { name, prefix } = type
  if (prefix === undefined) {
    const slug = slugOf(textAt(data, 'title') ?? '')
    if (slug !== '') return slug
    throw new Fault(`A new ${name} needs an id`, { cure: 'Give --id, in lower-case letters, digits and dashes' })
  }
  for (;;) {
    const id = processId(prefix, world.now, world.random(4))
    if (!records.find(name, id) && !unreadable.has(`${name}/${id}`)) return id
  }
}
