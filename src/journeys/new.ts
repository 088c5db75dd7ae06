import { dirname, join, posix } from 'node:path'
import { makeFolder, refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import { ask } from '../adapters/prompt.ts'
import { formatYaml } from '../adapters/yaml/format.ts'
import { settledByModel } from '../core/change-model.ts'
import { draftOf, inSchemaOrder, withBirthLogged } from '../core/draft.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { findType } from '../core/find-type.ts'
import { formatInstant } from '../core/instant.ts'
import { questionsFor } from '../core/question.ts'
import { type Data, textAt } from '../core/record.ts'
import { fileOf, processId, slugOf } from '../core/record-id.ts'
import type { RecordType } from '../core/record-type.ts'
import { priorityOf } from '../core/sla.ts'
import { withValue } from '../core/with-value.ts'
import { json } from '../render/json.ts'
import { approvalNotices } from './approval-notice.ts'
import { assignedValue, assignmentOf } from './assignment.ts'
import { firstClocks } from './first-clocks.ts'
import { judgeWritten } from './judge-written.ts'
import { tellWhatIsKnown } from './known-already.ts'
import type { Snapshot } from './load.ts'
import { personActing } from './person.ts'
import { settledByItem, withFormAnswered } from './request-answers.ts'
import { type OpenRepository, openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm new` is asked: a record type, fields, and an id where the generated one will not do. */
export interface NewOptions {
  readonly type: string
  readonly set: readonly string[]
  readonly id?: string
}

/**
 * Writes a new record: what the type can know by itself, then the fields given, then, on a terminal, the required ones
 * that are still missing. Nothing is written unless it is valid.
 */
export async function newRecord(world: World, options: NewOptions): Promise<Outcome> {
  const repository = await openRepository(world)
  const { root, git, snapshot } = repository
  const type = findType(options.type, snapshot.rulebook.types)
  const me = await personActing(git, snapshot.records)
  const data = await filledIn(world, repository, type, options, me)
  const id = options.id ?? textAt(data, 'id') ?? newId(world, snapshot, type, data)
  const drafted = { now: formatInstant(world.now), me }
  const record = inSchemaOrder(type, withBirthLogged(type, { ...data, id }, drafted))
  const file = fileOf(type.name, id, world.now, type.prefix !== undefined, snapshot.rulebook.config.shard)
  const schema = posix.relative(dirname(file), `schemas/${type.name}/schema.json`)
  const text = `# yaml-language-server: $schema=${schema}\n${formatYaml(record)}`
  const judged = await judgeWritten(world, repository, { file, text })
  if (judged) return judged
  if (snapshot.files.has(file)) throw new Fault(`${file} exists already`, { cure: 'Give the record another --id' })
  refuseLinks(root, join(root, file))
  makeFolder(join(root, dirname(file)))
  writeAtomically(join(root, file), text)
  if (!world.questions) tellWhatIsKnown(world, snapshot, type, record)
  for (const line of approvalNotices(snapshot, { after: { type: type.name, id, file, data: record } })) world.say(line)
  const clocks = firstClocks(snapshot, { type: type.name, id, data: record }, me, world.now)
  return {
    code: exit.pass,
    out: world.format === 'json' ? json({ id, file }) : `${[id, file, ...clocks].join('\n')}\n`,
  }
}

async function filledIn(
  world: World,
  { snapshot, registry }: OpenRepository,
  type: RecordType,
  { set }: NewOptions,
  me: string,
): Promise<Data> {
  let data = draftOf(type, { now: formatInstant(world.now), me })
  for (const assignment of set.map(assignmentOf)) {
    data = withValue(data, assignment.route, assignedValue(registry, type.name, data, assignment))
  }
  data = settledByModel(type, settledByItem(type, data, snapshot.records), snapshot.records)
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
