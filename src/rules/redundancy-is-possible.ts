import { isGone } from '../core/impact-graph.ts'
import { isData, listAt, type RecordDoc, textAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/**
 * A redundant group has at least as many members as must work, each told once, and one number for all of them.
 *
 * A group that can never hold makes its dependant fail with the first member, which is the opposite of what was meant.
 */
export const redundancyIsPossible: Rule = {
  id: 'redundancy-is-possible',
  severity: 'error',
  summary: 'A redundant group has enough members, each told once, and one number of members that must work',
  local: true,
  consults: { ci: ['ci'] },
  *check({ records }) {
    for (const record of records.ofType('ci')) {
      if (isGone(record.data)) continue
      const stated = dependenciesOf(record)
      yield* repetitions(record, stated)
      for (const group of new Set(stated.flatMap((each) => each.group ?? []))) {
        yield* groupFindings(
          record,
          group,
          stated.filter((each) => each.group === group),
          (id) => !isGone(records.find('ci', id)?.data ?? {}),
        )
      }
    }
  },
}

interface Stated {
  readonly index: number
  readonly ci: string
  readonly group?: string
  readonly members: number
}

function dependenciesOf({ data }: RecordDoc): readonly Stated[] {
  return listAt(data, 'depends_on').flatMap((each, index): readonly Stated[] => {
    const ci = isData(each) ? textAt(each, 'ci') : undefined
    if (!isData(each) || ci === undefined) return []
    const group = isData(each['at_least']) ? each['at_least'] : undefined
    const name = group && textAt(group, 'group')
    const members = typeof group?.['members'] === 'number' ? group['members'] : 1
    return [{ index, ci, members, ...(name !== undefined && { group: name }) }]
  })
}

function* repetitions({ id, file }: RecordDoc, stated: readonly Stated[]): Generator<Finding> {
  const seen = new Map<string, Stated>()
  for (const each of stated) {
    const before = seen.get(each.ci)
    seen.set(each.ci, before ?? each)
    if (!before) continue
    const mixed = before.group !== each.group
    yield {
      message: mixed
        ? `${id} needs ${each.ci} ${before.group === undefined || each.group === undefined ? 'both alone and as one of a group' : 'in two groups'}`
        : `${id} names ${each.ci} twice`,
      place: { file, route: ['depends_on', each.index, 'ci'] },
      hint: 'Name each item once: alone where it cannot be done without, else in its group',
    }
  }
}

function* groupFindings(
  { file }: RecordDoc,
  group: string,
  entries: readonly Stated[],
  isThere: (id: string) => boolean,
): Generator<Finding> {
  const [first] = entries
  if (!first) return
  for (const { index, members } of entries) {
    if (members === first.members) continue
    yield {
      message: `The group ${group} needs ${first.members} of its members above, but ${members} here`,
      place: { file, route: ['depends_on', index, 'at_least', 'members'] },
      hint: 'Give one number in all entries of a group',
    }
  }
  const left = new Set(entries.map(({ ci }) => ci).filter(isThere)).size
  if (left >= first.members) return
  yield {
    message: `The group ${group} needs ${first.members} members, but has ${left}`,
    place: { file, route: ['depends_on', first.index, 'at_least', 'members'] },
    hint: 'Name more members that are not retired, or need fewer',
  }
}
