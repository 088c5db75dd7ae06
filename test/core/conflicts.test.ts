import { describe, expect, test } from 'vitest'
import { type Conflict, conflictKinds } from '../../src/core/conflict.ts'
import { conflictFacts } from '../../src/core/conflict-facts.ts'
import { changeConflicts } from '../../src/core/conflict-report.ts'
import { conflictsOf } from '../../src/core/conflicts.ts'
import type { Rulebook } from '../../src/core/facts.ts'
import { formatInstant } from '../../src/core/instant.ts'
import { recordsFrom } from '../support/conflict-world.ts'
import { instant } from '../support/life.ts'
import { shipped } from '../support/shipped.ts'

/**
 * A shop: lb over web-1 and web-2 (one must work), both over app, app over db, db over san. The load balancer delivers
 * the shop, on which gifts depend; mail stands apart.
 */
const landscape = `
service/shop: { state: operational }
service/gifts: { state: operational, depends_on: [shop] }
service/mail: { state: operational }
ci/lb: { state: operational, services: [shop], criticality: critical, depends_on: [
  { ci: web-1, at_least: { group: web, members: 1 } }, { ci: web-2, at_least: { group: web, members: 1 } }] }
ci/web-1: { state: operational, depends_on: [{ ci: app }] }
ci/web-2: { state: operational, depends_on: [{ ci: app }] }
ci/app: { state: operational, depends_on: [{ ci: db }] }
ci/db: { state: operational, depends_on: [{ ci: san }] }
ci/san: { state: operational }
ci/relay: { state: operational, services: [mail] }
ci/spare: { state: operational, services: [shop] }
`

const rulebook: Rulebook = shipped.rulebook

/** A change on a day in December, hours as 'from-until'. */
function change(id: string, hours: string, fields: string): string {
  const [from, until] = hours.split('-')
  const times = `planned_start: 2026-12-02T${from}:00Z, planned_end: 2026-12-02T${until}:00Z`
  const state = fields.includes('state:') ? '' : 'state: scheduled, '
  return `change/${id}: { ${state}change_type: ${/emergency/.test(fields) ? 'emergency' : 'normal'}, ${times}, ${fields.replace('emergency, ', '')} }\n`
}

function conflicts(text: string, id = 'A'): readonly Conflict[] {
  const records = recordsFrom(landscape + text)
  const record = records.find('change', id)
  if (!record) throw new Error(`no change ${id}`)
  return conflictsOf(record, records, rulebook)
}

/** `kind with over`, `(advice)` where it does not block. */
function told(text: string, id = 'A'): readonly string[] {
  return conflicts(text, id).map(
    ({ kind, with: other, over, blocks }) => `${kind} ${other.id} ${over.join(',')}${blocks ? '' : ' (advice)'}`,
  )
}

const A = (fields: string, hours = '10:00-12:00'): string => change('A', hours, fields)
const B = (fields: string, hours = '11:00-13:00'): string => change('B', hours, fields)

describe('two changes collide', () => {
  test('over the same item, for the time that both share', () => {
    const [only] = conflicts(A('cis: [db]') + B('cis: [relay, db]'))
    expect(only).toMatchObject({
      kind: 'ci_already_scheduled',
      with: { type: 'change', id: 'B' },
      over: ['db'],
      from: instant('2026-12-02T11:00:00Z'),
      until: instant('2026-12-02T12:00:00Z'),
      because: 'B changes db at the same time',
    })
  })

  test('over items that hang on each other, however far apart', () => {
    expect(told(A('cis: [san]') + B('cis: [lb]'))).toEqual(['parent_ci_already_scheduled B lb'])
    expect(told(A('cis: [lb]') + B('cis: [san]'))).toEqual(['child_ci_already_scheduled B san'])
    expect(told(A('services: [gifts]') + B('cis: [san]'))).toEqual(['child_ci_already_scheduled B san'])
  })

  test('through the person who implements both, in any case of letters', () => {
    expect(told(A('cis: [db], implementer: bob') + B('cis: [relay], implementer: Bob'))).toEqual([
      'implementer_already_scheduled B bob',
    ])
  })

  test('over a service that one takes out or names no items of, and as advice otherwise', () => {
    expect(told(A('cis: [lb]') + B('cis: [spare]'))).toEqual(['related_services B shop (advice)'])
    expect(told(A('cis: [lb], outage: true') + B('cis: [spare]'))).toEqual(['related_services B shop'])
    expect(told(A('cis: [lb]') + B('cis: [spare], outage: true'))).toEqual(['related_services B shop'])
    expect(told(A('cis: [lb]') + B('services: [shop]'))).toEqual(['related_services B shop'])
    expect(told(A('services: [gifts]') + B('services: [shop]'))).toEqual(['related_services B shop (advice)'])
  })

  test('where only together they take too many of a redundant group', () => {
    const [only] = conflicts(A('cis: [web-1]') + B('cis: [web-2]'))
    expect(only).toMatchObject({ kind: 'related_services', over: ['web-2'], blocks: true })
    expect(only?.because).toBe('B takes web-2 at the same time, and then fewer than 1 of the group web are left for lb')
  })

  test('not where one ends as the other begins, or nothing is near', () => {
    expect(told(A('cis: [db]', '10:00-12:00') + B('cis: [db]', '12:00-13:00'))).toEqual([])
    expect(told(A('cis: [db]', '12:00-13:00') + B('cis: [db]', '10:00-12:00'))).toEqual([])
    expect(told(A('cis: [db]') + B('cis: [relay], services: [mail]'))).toEqual([])
  })

  test.each(['new', 'review', 'closed', 'rejected', 'cancelled'])('not with one that stands in %s', (state) => {
    expect(told(A('cis: [db]') + B(`state: ${state}, cis: [db]`))).toEqual([])
  })

  test.each(['assess', 'authorize', 'scheduled', 'implement'])('with one that stands in %s', (state) => {
    expect(told(A('cis: [db]') + B(`state: ${state}, cis: [db]`))).toEqual(['ci_already_scheduled B db'])
  })

  test('not with one without planned times, nor with itself', () => {
    expect(
      told(`${A('cis: [db]')}change/B: { state: scheduled, cis: [db], planned_start: 2026-12-02T11:00:00Z }\n`),
    ).toEqual([])
  })
})

const freeze = (more: string, id = 'f'): string =>
  `window/${id}: { kind: freeze, from: 2026-12-02T11:30:00Z, to: 2026-12-03T00:00:00Z${more} }\n`

const nightly = (more: string, id = 'm'): string =>
  `window/${id}: { kind: maintenance, recurs: { rule: FREQ=DAILY, timezone: UTC, start: 2026-01-01T02:00, duration: PT3H }${more} }\n`

describe('a change collides with a freeze', () => {
  test('that covers its item, for the time that both share', () => {
    expect(conflicts(A('cis: [db]') + freeze(', applies_to: { cis: [db] }'))).toMatchObject([
      {
        kind: 'ci_in_blackout',
        with: { type: 'window', id: 'f' },
        over: ['db'],
        blocks: true,
        from: instant('2026-12-02T11:30:00Z'),
        until: instant('2026-12-02T12:00:00Z'),
        because: 'db is in the freeze f',
      },
    ])
  })

  test('that covers its service, or all there is', () => {
    expect(told(A('services: [shop]') + freeze(', applies_to: { services: [shop] }'))).toEqual([
      'ci_in_blackout f shop',
    ])
    expect(told(A('cis: [relay]') + freeze(''))).toEqual(['ci_in_blackout f relay'])
    expect(told(A('title: Nothing named') + freeze(''))).toEqual(['ci_in_blackout f '])
  })

  test('that covers what hangs on it; what it hangs on is advice', () => {
    expect(told(A('cis: [san]') + freeze(', applies_to: { services: [shop] }'))).toEqual([
      'related_ci_in_blackout f lb,shop',
    ])
    expect(told(A('cis: [lb]') + freeze(', applies_to: { cis: [san] }'))).toEqual([
      'related_ci_in_blackout f san (advice)',
    ])
  })

  test('unless its type is allowed or not meant, or the freeze begins as it ends', () => {
    expect(told(A('emergency, cis: [db]') + freeze(''))).toEqual([])
    expect(told(A('cis: [db]') + freeze(', allows: [normal]'))).toEqual([])
    expect(told(A('cis: [db]') + freeze(', applies_to: { change_types: [standard] }'))).toEqual([])
    expect(told(A('cis: [db]', '10:00-11:30') + freeze(''))).toEqual([])
  })

  test('whatever its type, in a lockdown', () => {
    expect(told(A('emergency, cis: [db]') + freeze(', allows: []'))).toEqual(['lockdown f db'])
    expect(told(A('cis: [san]') + freeze(', allows: [], applies_to: { cis: [lb] }'))).toEqual(['lockdown f lb'])
  })
})

describe('a change collides with maintenance windows', () => {
  test('that it leaves, at one end or the other', () => {
    const over = nightly(', applies_to: { cis: [db] }')
    expect(told(A('cis: [db]', '02:00-05:00') + over)).toEqual([])
    expect(conflicts(A('cis: [db]', '04:00-06:00') + over)).toMatchObject([
      {
        kind: 'ci_not_in_maintenance_window',
        with: { id: 'm' },
        over: ['db'],
        from: instant('2026-12-02T05:00:00Z'),
        until: instant('2026-12-02T06:00:00Z'),
        because: 'A is planned outside of the maintenance window m of db',
      },
    ])
    expect(told(A('cis: [db]', '01:00-03:00') + over)).toEqual(['ci_not_in_maintenance_window m db'])
  })

  test('but not where another window of the same item takes over', () => {
    const late = `window/n: { kind: maintenance, from: 2026-12-02T05:00:00Z, to: 2026-12-02T07:00:00Z, applies_to: { cis: [db] } }\n`
    expect(told(A('cis: [db]', '04:00-06:00') + nightly(', applies_to: { cis: [db] }') + late)).toEqual([])
  })

  test('nor where its item has none', () => {
    expect(told(A('cis: [relay]') + nightly(', applies_to: { cis: [db] }'))).toEqual([])
  })

  test('of what fails with it; what only loses reserve, or lies below, is advice', () => {
    const ofLb = nightly(', applies_to: { cis: [lb] }')
    expect(told(A('cis: [app]') + ofLb)).toEqual(['related_ci_not_in_maintenance_window m lb'])
    expect(told(A('cis: [web-1]') + ofLb)).toEqual(['related_ci_not_in_maintenance_window m lb (advice)'])
    expect(told(A('cis: [lb]') + nightly(', applies_to: { cis: [san] }'))).toEqual([
      'related_ci_not_in_maintenance_window m san (advice)',
    ])
  })
})

test('every kind is told by a change that meets all of them, what blocks first', () => {
  const world =
    A('cis: [app], services: [shop], implementer: bob') +
    change('B', '10:00-12:00', 'cis: [app]') +
    change('C', '10:00-12:00', 'cis: [lb]') +
    change('D', '10:00-12:00', 'cis: [san], implementer: bob') +
    change('E', '10:00-12:00', 'cis: [spare]') +
    freeze(', applies_to: { cis: [app] }', 'f1') +
    freeze(', applies_to: { cis: [lb] }', 'f2') +
    freeze(', allows: []', 'f3') +
    nightly(', applies_to: { cis: [app] }', 'm1') +
    nightly(', applies_to: { cis: [lb] }', 'm2')
  const found = conflicts(world)
  expect([...new Set(found.map(({ kind }) => kind))].toSorted()).toEqual([...conflictKinds].toSorted())
  expect(found.map(({ blocks }) => blocks)).toEqual(
    found.map(({ blocks }) => blocks).toSorted((a, b) => Number(b) - Number(a)),
  )
  for (const { because } of found) expect(because).toMatch(/^\S.*[^.]$/)
})

describe('the next free slot', () => {
  function slot(text: string, from = '2026-12-02T00:00:00Z'): string | null | undefined {
    const records = recordsFrom(landscape + text)
    const record = records.find('change', 'A')
    const found = record && changeConflicts(record, conflictFacts(records, rulebook), instant(from)).slot
    return found && `${formatInstant(found.from)} ${formatInstant(found.until)}`
  }

  test('is the planned one where nothing is in the way', () => {
    expect(slot(A('cis: [db]', '10:07-12:00'))).toBe('2026-12-02T10:07:00Z 2026-12-02T12:00:00Z')
  })

  test('follows on what is in the way, and leaves what is not', () => {
    const world =
      B('cis: [lb]', '11:00-13:05') +
      change('C', '13:30-15:00', 'cis: [san]') +
      change('D', '15:00-20:00', 'cis: [relay]')
    expect(slot(A('cis: [db]') + world)).toBe('2026-12-02T15:00:00Z 2026-12-02T17:00:00Z')
    expect(slot(A('cis: [db]', '10:00-10:20') + B('cis: [lb]', '09:00-13:05'))).toBe(
      '2026-12-02T13:15:00Z 2026-12-02T13:35:00Z',
    )
  })

  test('lies in a maintenance window and after a freeze', () => {
    const world = nightly(', applies_to: { cis: [db] }') + freeze(', applies_to: { cis: [db] }')
    expect(slot(A('cis: [db]') + world)).toBe('2026-12-03T02:00:00Z 2026-12-03T04:00:00Z')
  })

  test('begins no earlier than asked, and meets no conflict', () => {
    expect(slot(A('cis: [db]') + freeze(''), '2026-12-05T08:01:00Z')).toBe('2026-12-05T08:15:00Z 2026-12-05T10:15:00Z')
  })

  test('does not exist where no window is long enough', () => {
    expect(slot(A('cis: [db]', '10:00-14:00') + nightly(', applies_to: { cis: [db] }'))).toBeNull()
  })
})
