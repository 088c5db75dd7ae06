import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configOf } from '../../src/core/config.ts'
import type { Conflict, ConflictKind } from '../../src/core/conflict.ts'
import { conflictFacts } from '../../src/core/conflict-facts.ts'
import { changeConflicts } from '../../src/core/conflict-report.ts'
import { conflictsAmong } from '../../src/core/conflicts.ts'
import { indexRecords, type Rulebook } from '../../src/core/facts.ts'
import { formatInstant, type Instant } from '../../src/core/instant.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { instant } from '../support/life.ts'

const rulebook: Rulebook = { config: configOf({}), types: new Map() }
const origin = instant('2026-12-01T00:00:00Z')
const quarter = 900

function record(type: string, id: string, data: Data): RecordDoc {
  return { type, id, file: `records/${type}/${id}.yaml`, data: { id, ...data } }
}

function change(id: string, from: Instant, length: number, fields: Data): RecordDoc {
  return record('change', id, { state: 'scheduled', change_type: 'normal', ...times(from, length), ...fields })
}

/** Ten items that depend on items before them only, five services. */
const items = fc
  .array(fc.tuple(fc.nat(9), fc.nat(9), fc.option(fc.nat(4)), fc.boolean()), { minLength: 10, maxLength: 10 })
  .map((drawn) =>
    drawn.map(([a, b, service, redundant], index) => {
      const on = [...new Set([a, b])].filter((other) => other < index)
      const group = redundant && on.length === 2 ? { at_least: { group: 'g', members: 1 } } : {}
      return record('ci', `c${index}`, {
        state: 'operational',
        criticality: 'high',
        depends_on: on.map((other) => ({ ci: `c${other}`, ...group })),
        ...(service !== null && { services: [`s${service}`] }),
      })
    }),
  )

const services = Array.from({ length: 5 }, (_, index) => record('service', `s${index}`, { state: 'operational' }))

/** Changes of one to three items over two days, in quarters of an hour. */
const changes = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 190 }),
      length: fc.integer({ min: 1, max: 30 }),
      cis: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 3 }),
      implementer: fc.constantFrom('ada', 'bob', 'carla', 'dora'),
      outage: fc.boolean(),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .map((drawn) =>
    drawn.map(({ at, length, cis, implementer, outage }, index) =>
      change(`CHG-${index}`, origin + at * quarter, length * quarter, {
        cis: cis.map((ci) => `c${ci}`),
        implementer,
        outage,
      }),
    ),
  )

const windows = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 190 }),
      length: fc.integer({ min: 1, max: 60 }),
      ci: fc.nat(9),
      freeze: fc.boolean(),
    }),
    {
      maxLength: 3,
    },
  )
  .map((drawn) =>
    drawn.map(({ at, length, ci, freeze }, index) =>
      record('window', `w${index}`, {
        kind: freeze ? 'freeze' : 'maintenance',
        from: formatInstant(origin + at * quarter),
        to: formatInstant(origin + (at + length) * quarter),
        applies_to: { cis: [`c${ci}`] },
      }),
    ),
  )

const world = fc
  .tuple(items, changes, windows)
  .map(([cis, all, some]) => ({ all, records: indexRecords([...services, ...cis, ...all, ...some]) }))

const mirrors: { readonly [kind in ConflictKind]?: ConflictKind } = {
  ci_already_scheduled: 'ci_already_scheduled',
  parent_ci_already_scheduled: 'child_ci_already_scheduled',
  child_ci_already_scheduled: 'parent_ci_already_scheduled',
  implementer_already_scheduled: 'implementer_already_scheduled',
}

describe('in any landscape', () => {
  test('what one change finds of another, the other finds of it', () => {
    fc.assert(
      fc.property(world, ({ all, records }) => {
        const facts = conflictFacts(records, rulebook)
        const found = new Map(all.map((each) => [each.id, conflictsAmong(each, facts)]))
        for (const [id, conflicts] of found) {
          for (const conflict of conflicts) {
            const mirror = mirrors[conflict.kind]
            if (mirror === undefined) continue
            const back = (found.get(conflict.with.id) ?? []).filter(
              (other: Conflict) => other.with.id === id && other.kind === mirror,
            )
            expect(back).toMatchObject([{ from: conflict.from, until: conflict.until }])
          }
        }
      }),
      { numRuns: 100 },
    )
  })

  test('a free slot meets nothing that blocks, and none begins earlier', () => {
    fc.assert(
      fc.property(world, ({ all, records }) => {
        const facts = conflictFacts(records, rulebook)
        const [asked] = all
        if (!asked) return
        const [from, until] = [instant(String(asked.data['planned_start'])), instant(String(asked.data['planned_end']))]
        const blocked = (at: Instant): boolean =>
          conflictsAmong({ ...asked, data: { ...asked.data, ...times(at, until - from) } }, facts).some(
            ({ blocks }) => blocks,
          )
        const { slot } = changeConflicts(asked, facts, origin)
        const horizon = slot?.from ?? from + 400 * quarter
        for (let at = from; at < horizon; at += quarter) expect(blocked(at)).toBe(true)
        if (slot) expect(blocked(slot.from)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})

function times(from: Instant, length: number): Data {
  return { planned_start: formatInstant(from), planned_end: formatInstant(from + length) }
}
