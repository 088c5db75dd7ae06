import { describe, expect, test } from 'vitest'
import { type Explanation, explainAll } from '../../src/core/explain.ts'
import type { Data } from '../../src/core/record.ts'
import { accountedReadings } from '../../src/core/sla-reading.ts'
import { timeline } from '../../src/journeys/timeline.ts'
import { accountRows } from '../../src/render/account-table.ts'
import { explanationsMarkdown, explanationsText } from '../../src/render/explanation.ts'
import { readingsMarkdown, readingsText } from '../../src/render/readings.ts'
import { worldOf } from '../support/approval-world.ts'
import { instant, type LifeStep, lifeOf, slaRecord, standing } from '../support/life.ts'
import type { DeclaredCommit } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const commit = '0123456789abcdef'
const evidence = {
  counts: { attested: 0, signed: 0, observed: 0, claimed: 1 },
  findings: [],
  doubted: [],
  notes: [],
}
const gold = slaRecord('gold', {
  targets: { resolution: { stop: ['resolved', 'closed'], target: { P1: 'PT4H', P3: 'PT24H', default: 'PT40H' } } },
})

function accounts(agreement: ReturnType<typeof slaRecord>, steps: readonly LifeStep[], asOf: string) {
  const moments = lifeOf(steps)
  const levels = standing([agreement])
  const accounted = accountedReadings({ type: 'incident', id: 'INC-1', moments }, levels, instant(asOf))
  const explanations = explainAll(accounted, { moments, asOf: instant(asOf), commits: new Map() })
  return {
    account: { id: 'INC-1', commit, asOf: instant(asOf), explanations, evidence, warnings: [] },
    explanations,
    accounted,
  }
}

const whats = (explanation: Explanation | undefined) =>
  explanation ? accountRows(explanation).map(({ what }) => what) : []

const P1: Data = { priority: 'P1' }

describe('what a clock was, in words', () => {
  test('time before a record was filed is not given the state that it was filed in', () => {
    const steps = [{ at: '2026-03-02T09:00:00Z', state: 'resolved', set: { ...P1, opened_at: '2026-03-02T03:00:00Z' } }]
    const { explanations } = accounts(gold, steps, '2026-03-02T10:00:00Z')
    expect(whats(explanations[0])).toEqual(['running: not yet recorded', 'after stop: resolved'])
    expect(explanations[0]?.stretches[0]).toMatchObject({ unrecorded: true, reason: 'resolved' })
  })

  test('a hold that does not pause the clock says so', () => {
    const steps = [
      { at: '2026-03-02T09:00:00Z', state: 'new', set: P1 },
      { at: '2026-03-02T10:00:00Z', state: 'on_hold', hold: 'awaiting_caller' },
    ]
    const { explanations } = accounts(gold, steps, '2026-03-02T11:00:00Z')
    expect(whats(explanations[0])).toEqual([
      'running: new',
      'running: on_hold:awaiting_caller (does not pause this clock)',
    ])
  })

  test('a hand-over names the team, and lasts until the clock begins anew', () => {
    const ola = slaRecord('ola', {
      kind: 'ola',
      targets: { handling: { stop: ['resolved'], while: { team: ['operations'] }, target: 'PT4H' } },
    })
    const steps = [
      { at: '2026-03-02T09:00:00Z', state: 'in_progress', set: { team: 'operations' } },
      { at: '2026-03-02T10:00:00Z', state: 'in_progress', set: { team: 'platform' } },
      { at: '2026-03-02T11:00:00Z', state: 'on_hold', hold: 'awaiting_vendor' },
      { at: '2026-03-02T12:00:00Z', state: 'in_progress', set: { team: 'operations' } },
    ]
    const { explanations } = accounts(ola, steps, '2026-03-02T13:00:00Z')
    expect(explanations.map(whats)).toEqual([
      ['running: in_progress', 'handed over to platform', 'after hand-over: on_hold:awaiting_vendor'],
      ['running: in_progress'],
    ])
    expect(explanations[0]?.after.at(-1)?.until).toBe(instant('2026-03-02T12:00:00Z'))
    expect(explanations[0]?.handedOverTo).toBe('platform')
  })
})

describe('a changed priority', () => {
  const lowered = [
    { at: '2026-03-02T09:00:00Z', state: 'new', set: P1 },
    { at: '2026-03-02T14:00:00Z', state: 'new', set: { priority: 'P3' } },
    { at: '2026-03-02T15:00:00Z', state: 'resolved' },
  ]

  test('that forgives a breach is named where the clock was met, and where it was breached', () => {
    const { account, explanations } = accounts(gold, lowered, '2026-03-03T00:00:00Z')
    expect(explanations[0]?.sentence).toBe(
      'resolution of INC-1 under gold, now P3, was met with 18 h to spare: 6 h of 24 h used' +
        '; it was breached at 2026-03-02 13:00 UTC under P1, before it became P3',
    )
    expect(explanationsText(account, false)).toMatch(/breached +2026-03-02 13:00 \(under P1, until it became P3\)\n/)
  })

  test('that brings a breach is told in the sentence', () => {
    const steps = [
      { at: '2026-03-02T09:00:00Z', state: 'new', set: { priority: 'P3' } },
      { at: '2026-03-02T15:00:00Z', state: 'new', set: P1 },
    ]
    const { explanations } = accounts(gold, steps, '2026-03-02T16:00:00Z')
    expect(explanations[0]?.sentence).toMatch(
      /; it was within its target until it became P1 at 2026-03-02 15:00 UTC, whose target was used up already$/,
    )
  })

  test('is left out where there was none', () => {
    const { explanations } = accounts(gold, lowered.slice(0, 1), '2026-03-02T14:00:00Z')
    expect(explanations[0]?.sentence).toBe(
      'resolution of INC-1 under gold is breached by 1 h: 5 h of 4 h used, due 2026-03-02 13:00 UTC',
    )
  })
})

describe('a clock that was cancelled', () => {
  const cancelledAfter = (time: string) =>
    accounts(
      gold,
      [
        { at: '2026-03-02T00:00:00Z', state: 'new', set: P1 },
        { at: time, state: 'cancelled' },
      ],
      '2026-03-04T00:00:00Z',
    )
  const sumOf = ({ accounted }: ReturnType<typeof accounts>): string => {
    const readings = accounted.map(({ reading }) => reading)
    return readingsText({ commit, asOf: 0, readings, evidence, warnings: [], isGate: false }, false, true)
  }

  test('beyond its target does not vanish from the sum', () => {
    const late = cancelledAfter('2026-03-03T00:00:00Z')
    expect(sumOf(late)).toContain('0 breached, 0 running, 0 paused, 1 cancelled (1 of them beyond their target)')
    expect(sumOf(late)).toContain('cancelled, beyond its target')
    expect(late.explanations[0]?.sentence).toContain('was cancelled with 24 h of 4 h used, 20 h beyond its target')
  })

  test('is told in Markdown, too', () => {
    const { accounted } = cancelledAfter('2026-03-03T00:00:00Z')
    const readings = accounted.map(({ reading }) => ({ ...reading, record: 'INC-1 | @ada' }))
    const page = readingsMarkdown({ commit, asOf: 0, readings, evidence, warnings: [], isGate: false }, true)
    expect(page).toContain(
      '| INC-1 &#124; @\u2060ada | P1 | gold resolution | cancelled, beyond its target | 24 h | 4 h | – |\n',
    )
    expect(page).toContain('1 cancelled (1 of them beyond their target)')
  })

  test('is one that has stopped, and several are several', () => {
    const { accounted } = cancelledAfter('2026-03-03T00:00:00Z')
    const [reading] = accounted.map((each) => each.reading)
    const told = (count: number): readonly string[] => {
      const readings = Array.from({ length: count }, () => reading).flatMap((each) => each ?? [])
      const all = { commit, asOf: 0, readings, evidence, warnings: [], isGate: false }
      return [readingsText(all, false, false), readingsMarkdown(all, false)]
    }
    expect(told(1)[0]).toContain('\n1 clock has stopped; --all lists them\n')
    expect(told(1)[1]).toContain('\n1 clock has stopped and is not listed.\n')
    expect(told(2)[0]).toContain('\n2 clocks have stopped; --all lists them\n')
  })

  test('in time is only counted', () => {
    expect(sumOf(cancelledAfter('2026-03-02T04:00:00Z'))).toMatch(/1 cancelled\n/)
  })
})

test('Markdown holds times as they are, in lists as in tables', () => {
  const steps = [{ at: '2026-03-02T03:22:30Z', state: 'new', set: P1 }]
  const page = explanationsMarkdown(accounts(gold, steps, '2026-03-02T09:22:31Z').account)
  expect(page).toContain('- due: 2026-03-02 07:22:30\n')
  expect(page).not.toContain('\u2060')
})

test('a record without a priority is not given one of the name default', () => {
  const { account } = accounts(gold, [{ at: '2026-03-02T03:00:00Z', state: 'new' }], '2026-03-02T04:00:00Z')
  const page = explanationsText(account, false)
  expect(page).toContain('40 h for no priority\n')
  expect(page).not.toContain('default')
})

describe('a timeline', () => {
  async function told(...versions: readonly DeclaredCommit[]): Promise<string> {
    const repo = webshop(...versions)
    return (await timeline({ ...worldOf(repo.dir), format: 'text' }, 'INC-1')).out
  }
  const file = incidentFile('INC-1')
  const done = { team: 'operations', resolution_code: 'fixed', resolution: 'Restarted' }

  test('of a record that was born resolved says so, and when it is said to have begun', async () => {
    const fields = { ...done, opened_at: '2026-03-02T03:00:00Z' }
    const page = await told({ at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'resolved', fields) } })
    expect(page).toMatch(
      /^INC-1 {2}retrospective: filed after the fact; said to have begun 2026-03-02 03:00, 6 h before it was filed\n/,
    )
  })

  test('prints a table in Markdown', async () => {
    const fields = { ...done, opened_at: '2026-03-02T03:00:00Z' }
    const repo = webshop({ at: '2026-03-02T09:00:00Z', write: { [file]: incident('INC-1', 'resolved', fields) } })
    const { out } = await timeline({ ...worldOf(repo.dir), format: 'markdown' }, 'INC-1')
    expect(out).toMatch(/^# INC-1\n\nretrospective: filed after the fact; /)
    expect(out).toMatch(/\n\| --- \| --- \| --- \| ---: \|.*\n\| resolved \| 2026-03-02 09:00 \| still \| – \| /)
  })

  test('tells seconds and lengths in full', async () => {
    const opened = { opened_at: '2026-03-02T09:00:30Z' }
    const page = await told(
      { at: '2026-03-02T09:00:30Z', write: { [file]: incident('INC-1', 'new', opened) } },
      { at: '2026-03-03T09:30:30Z', write: { [file]: incident('INC-1', 'resolved', { ...done, ...opened }) } },
    )
    expect(page).toMatch(/^INC-1\n/)
    expect(page).toMatch(/new +2026-03-02 09:00:30 +2026-03-03 09:30:30 +1 d 30 min /)
    expect(page).toMatch(/resolved +2026-03-03 09:30:30 +still/)
  })
})
