import type { Account } from '../adapters/github/account.ts'
import { membersOf } from '../core/approval/person.ts'
import { settledByModel } from '../core/change-model.ts'
import { draftOf } from '../core/draft.ts'
import type { RecordIndex } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant, type Instant } from '../core/instant.ts'
import { lineOf } from '../core/issue-form/field.ts'
import { type Data, isData, listAt, type RecordDoc, textAt, valueAt } from '../core/record.ts'
import { issueRecordId, issueRecordStem } from '../core/record-id.ts'
import type { RecordType } from '../core/record-type.ts'
import { priorityOf } from '../core/sla.ts'
import { type DraftedRecord, draftedRecord } from './draft-record.ts'
import { settledByItem } from './request-answers.ts'
import type { Tip } from './tip.ts'
import type { World } from './world.ts'

/** An issue as GitHub tells it, of which a record is made. */
export interface RecordedIssue {
  readonly number: number
  readonly title: string
  readonly createdAt: Instant
  readonly author: Account
}

/** The record that an issue became already, or would become. */
export type IssueRecord = { readonly standing: RecordDoc } | { readonly drafted: DraftedRecord }

/** The record, standing or not. */
export function recordIn(made: IssueRecord): RecordDoc {
  return 'standing' in made ? made.standing : made.drafted.record
}

/**
 * The record of an issue among those of a tip: what the answers say, and what the issue itself tells. Whoever wrote the
 * issue is the person who reports or asks, whoever commits it. An issue that became a record of another type before it
 * was edited stays that record.
 */
export function recordOfIssue(
  world: World,
  tip: Tip,
  type: RecordType,
  issue: RecordedIssue,
  answers: Data,
): IssueRecord {
  const { snapshot, registry } = tip
  const { records, rulebook } = snapshot
  const keepsSource = (name: string): boolean => registry.fieldSchema(name, 'source')['type'] === 'object'
  const ids = new RegExp(`^[A-Z]{2,5}-${issueRecordStem(issue.createdAt, issue.number)}(?:-\\d+)?$`)
  const standing = records.all.find(
    (record) => ids.test(record.id) && (isFrom(record, issue.number) || !keepsSource(record.type)),
  )
  if (standing) return { standing }
  const id = freeId(type, issue, records)
  const me = personOf(issue.author, records)
  const data = {
    ...draftOf(type, { now: formatInstant(issue.createdAt), me }),
    ...answers,
    title: lineOf(issue.title),
    ...(offersPortal(type) && { origin: 'portal' }),
    ...(keepsSource(type.name) && { source: { system: 'github', id: String(issue.number) } }),
  }
  const settled = settledByModel(type, settledByItem(type, data, records), records)
  const priority = priorityOf(settled, rulebook.config.matrix)
  const complete = rulebook.config.matrix && priority !== 'default' ? { ...settled, priority } : settled
  return { drafted: draftedRecord({ ...world, now: issue.createdAt }, tip, type, complete, { me, id }) }
}

/** The id that tells the number of the issue; one that somebody gave away by chance is passed over. */
function freeId({ name, prefix }: RecordType, { createdAt, number }: RecordedIssue, records: RecordIndex): string {
  if (prefix === undefined) {
    throw new Fault(`Issues cannot become records of the type ${name}, whose ids are names`, {
      cure: `Take x-form out of schemas/${name}/schema.json`,
    })
  }
  const first = issueRecordId(prefix, createdAt, number)
  for (let copy = 1; ; copy++) {
    const id = copy === 1 ? first : `${first}-${copy}`
    if (!records.find(name, id)) return id
  }
}

function isFrom({ data }: RecordDoc, issue: number): boolean {
  const source = data['source']
  return isData(source) && textAt(source, 'system') === 'github' && textAt(source, 'id') === String(issue)
}

/**
 * Somebody as records name them: by the login of the team member whose numeric id they have, which survives a new name.
 */
function personOf({ login, id }: Account, records: RecordIndex): string {
  const members = records.ofType('team').flatMap((team) => membersOf(records, team.id) ?? [])
  return members.find((member) => member.id === id)?.login ?? login
}

function offersPortal({ schema }: RecordType): boolean {
  const origin = valueAt(schema, ['properties', 'origin'])
  return isData(origin) && listAt(origin, 'enum').includes('portal')
}
