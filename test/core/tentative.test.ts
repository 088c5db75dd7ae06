import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import type { RecordDoc } from '../../src/core/record.ts'
import { type Tentative, tentativeFindings } from '../../src/core/tentative.ts'
import { tentativeDiagnostics } from '../../src/core/tentative-diagnostics.ts'
import { recordsFrom } from '../support/conflict-world.ts'
import { shipped } from '../support/shipped.ts'

const { rulebook } = shipped
const tree = recordsFrom(`
service/shop: { state: operational, owner: web }
team/web: { members: [{ login: ada }, { login: lena }] }
ci/web-1: { state: operational, services: [shop] }
ci/web-2: { state: operational, services: [shop] }
`)

/** A change on 2 December, hours as 'from-until'. */
function change(id: string, hours: string, fields: string): RecordDoc {
  const [from, until] = hours.split('-')
  const times = `planned_start: 2026-12-02T${from}:00Z, planned_end: 2026-12-02T${until}:00Z`
  return only(`change/${id}: { state: scheduled, change_type: normal, ${times}, ${fields} }`)
}

function only(text: string): RecordDoc {
  const [record] = recordsFrom(text).all
  if (!record) throw new Error('no record')
  return record
}

function proposal(pull: number, ...records: readonly RecordDoc[]): Tentative {
  return { pull, head: String(pull).padStart(40, '0'), records }
}

/** What a pull request that writes some records is told of others. */
function told(own: readonly RecordDoc[], ...others: readonly Tentative[]) {
  const records = indexRecords([...tree.all, ...own])
  const { conflicts, edits } = tentativeFindings(own, { records, rulebook }, others)
  return {
    conflicts: conflicts.map(
      ({ pull, change: { id }, conflict }) => `${id} ${conflict.kind} ${conflict.with.id} #${pull}`,
    ),
    edits: edits.map(({ pull, record }) => `${record.id} #${pull}`),
    diagnostics: tentativeDiagnostics({ conflicts, edits }),
  }
}

describe('open pull requests are told of each other', () => {
  const one = change('CHG-1', '10:00-12:00', 'cis: [web-1]')
  const other = change('CHG-2', '11:00-13:00', 'cis: [web-1]')

  test('a collision of two proposed changes is told to both', () => {
    expect(told([one], proposal(2, other)).conflicts).toEqual(['CHG-1 ci_already_scheduled CHG-2 #2'])
    expect(told([other], proposal(1, one)).conflicts).toEqual(['CHG-2 ci_already_scheduled CHG-1 #1'])
  })

  test('in whichever order they are listed', () => {
    const third = change('CHG-3', '11:30-12:00', 'cis: [web-1]')
    const [there, back] = [
      told([one], proposal(2, other), proposal(3, third)),
      told([one], proposal(3, third), proposal(2, other)),
    ]
    expect(there.conflicts.toSorted()).toEqual(back.conflicts.toSorted())
    expect(there.conflicts).toHaveLength(2)
  })

  test('as a warning on the line that is concerned, which names the pull request and binds nobody', () => {
    const [warning, ...more] = told([one], proposal(2, other)).diagnostics
    expect(more).toEqual([])
    expect(warning).toMatchObject({
      rule: 'tentative-conflict',
      severity: 'warning',
      message:
        'CHG-2 changes web-1 at the same time, as pull request 2 proposes (2026-12-02 11:00 to 2026-12-02 12:00 UTC)',
      place: { route: ['cis', 0] },
    })
  })

  test('not of changes at other times, of other items, or that lay no claim to their time yet', () => {
    const others = [
      change('CHG-2', '12:00-13:00', 'cis: [web-1]'),
      { ...other, id: 'CHG-4', data: { ...other.data, id: 'CHG-4', state: 'new' } },
    ]
    expect(told([one], proposal(2, ...others)).conflicts).toEqual([])
  })

  test('of a freeze that another one would bring, but of no maintenance window', () => {
    const span = 'from: 2026-12-01T00:00:00Z, to: 2026-12-10T00:00:00Z, applies_to: { services: [shop] }'
    const freeze = only(`window/xmas: { kind: freeze, ${span} }`)
    const maintenance = only(
      `window/nights: { kind: maintenance, from: 2026-12-08T00:00:00Z, to: 2026-12-09T00:00:00Z, applies_to: { cis: [web-1] } }`,
    )
    expect(told([one], proposal(5, freeze)).conflicts).toEqual(['CHG-1 ci_in_blackout xmas #5'])
    expect(told([one], proposal(5, maintenance)).conflicts).toEqual([])
  })

  test('a waiver that either of them carries counts for both, and nobody is warned', () => {
    const waiver =
      'waivers: [{ conflict: ci_already_scheduled, with: CHG-1, approver: lena, reason: agreed, expires: 2026-12-31 }]'
    const waived = change('CHG-2', '11:00-13:00', `cis: [web-1], ${waiver}`)
    const { conflicts, diagnostics } = told([one], proposal(2, waived))
    expect(conflicts).toHaveLength(1)
    expect(diagnostics).toEqual([])
  })

  test('of a record that both write', () => {
    const edited = { ...one, data: { ...one.data, title: 'Another' } }
    const { edits, conflicts, diagnostics } = told([one], proposal(2, edited))
    expect(edits).toEqual(['CHG-1 #2'])
    expect(conflicts).toEqual([])
    expect(diagnostics).toMatchObject([{ rule: 'tentative-edit', severity: 'notice' }])
  })
})
