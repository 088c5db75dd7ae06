import { dirname, join } from 'node:path'
import { makeFolder, refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import { exit } from '../core/exit.ts'
import { findType } from '../core/find-type.ts'
import type { Data } from '../core/record.ts'
import { json } from '../render/json.ts'
import { approvalNotices } from './approval-notice.ts'
import { commitSubject } from './commit-subject.ts'
import { draftedRecord, fieldsOfNew, refuseTaken } from './draft-record.ts'
import { firstClocks } from './first-clocks.ts'
import { judgeWritten } from './judge-written.ts'
import { tellWhatIsKnown } from './known-already.ts'
import { personActing } from './person.ts'
import { type Publication, publish } from './publish.ts'
import { refuseWordsOfOthers } from './words-of-others.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm new` is asked: a record type, fields, and an id where the generated one will not do. */
export interface NewOptions {
  readonly type: string
  readonly set: readonly string[]
  readonly id?: string
  /** Where the record goes instead of the working tree. */
  readonly publication?: Publication
}

/**
 * Writes a new record into the working tree, or brings it to the mainline of a remote. Nothing is written unless it is
 * valid.
 */
export async function newRecord(world: World, options: NewOptions): Promise<Outcome> {
  if (options.publication) return publishNew(world, options, options.publication)
  const repository = await openRepository(world)
  const { root, git, snapshot } = repository
  const type = findType(options.type, snapshot.rulebook.types)
  const me = await personActing(git, snapshot.records)
  const data = await fieldsOfNew(world, repository, type, { set: options.set, me })
  const { file, text, record } = draftedRecord(world, repository, type, data, { ...options, me })
  const judged = await judgeWritten(world, repository, { file, text })
  if (judged) return judged
  refuseTaken(snapshot, file)
  refuseLinks(root, join(root, file))
  makeFolder(join(root, dirname(file)))
  writeAtomically(join(root, file), text)
  if (!world.questions) tellWhatIsKnown(world, snapshot, type, record.data)
  for (const line of approvalNotices(snapshot, { after: record })) world.say(line)
  const clocks = firstClocks(snapshot, record, me, world.now)
  return {
    code: exit.pass,
    out: world.format === 'json' ? json({ id: record.id, file }) : `${[record.id, file, ...clocks].join('\n')}\n`,
  }
}

/** The new record on its way to the mainline. What was asked at the terminal is asked once. */
async function publishNew(world: World, options: NewOptions, publication: Publication): Promise<Outcome> {
  let known: Data | undefined
  return publish(world, publication, async (tip, me) => {
    const type = findType(options.type, tip.snapshot.rulebook.types)
    known ??= await fieldsOfNew(world, tip, type, { set: options.set, me })
    refuseWordsOfOthers(options.set, known)
    const { file, text, record } = draftedRecord(world, tip, type, known, { ...options, me })
    refuseTaken(tip.snapshot, file)
    return {
      files: [{ path: file, text }],
      subject: commitSubject(record),
      written: [{ after: record }],
      told: { id: record.id, file },
      lines: [record.id, file, ...firstClocks(tip.snapshot, record, me, world.now)],
    }
  })
}
