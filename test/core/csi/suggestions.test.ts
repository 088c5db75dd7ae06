import { describe, expect, test } from 'vitest'
import type { Suggestion } from '../../../src/core/csi/suggestions.ts'
import type { Data } from '../../../src/core/record.ts'
import { csi } from '../../../src/reports/csi.ts'
import { facts, incident, reading, record } from '../../reports/web-shop.ts'
import { change, onDay, opened } from './shop.ts'

function suggestions(
  given: Omit<Parameters<typeof facts>[0], 'period' | 'since'> & { readonly period?: string },
): readonly Suggestion[] {
  const page = csi.model(facts({ period: '2026-03', since: '2026-01-01T00:00', ...given }))
  if (!('suggestions' in page) || !('lesserSuggestions' in page)) throw new Error('the page has no suggestions')
  return [...(page.suggestions as readonly Suggestion[]), ...(page.lesserSuggestions as readonly Suggestion[])]
}

const kinds = (found: readonly Suggestion[]) => found.map(({ kind }) => kind)

function clocks(met: number, n: number) {
  return Array.from({ length: n }, (_, index) => {
    const clock = { start: onDay(60), stop: onDay(62), used: index < met ? 1 : 41, of: 40 }
    return incident(`INC-${index}`, {}, [{ at: onDay(60), state: 'in_progress' }], [reading(`INC-${index}`, clock)])
  })
}

describe('a suggestion', () => {
  test('about a promise comes first where chance does not explain the miss, and is only to be watched where it may', () => {
    const [first] = suggestions({ incidents: clocks(15, 21) })
    expect(first).toMatchObject({ kind: 'commitment', title: 'Meet the objective for resolution of Gold support' })
    expect(first?.command).toBe(
      "gitsm new improvement --set 'title=Meet the objective for resolution of Gold support' --set practice=service_level --set 'source=gitsm report --period 2026-03, step 7'",
    )
    const may = suggestions({ incidents: clocks(14, 15) })
    expect(kinds(may)).not.toContain('commitment')
    expect(may.find(({ kind }) => kind === 'watch')).toMatchObject({ command: null })
    expect(kinds(suggestions({ incidents: clocks(20, 20) }))).not.toContain('watch')
  })

  test('about a KPI that an improvement is about already names it, comes last, and proposes none', () => {
    const kpi = record('kpi', 'repair', { title: 'Repair', unit: 'h', direction: 'down', target: 0.5, formula: 'mttr' })
    const improvement = (state: string) => {
      const {
        type: _,
        readings: __,
        ...rest
      } = incident('IMP-1', { title: 'Faster', kpi: 'repair' }, [{ at: onDay(30), state }])
      return rest
    }
    const given = (improvements: readonly ReturnType<typeof improvement>[]) =>
      suggestions({ incidents: [opened('INC-1', onDay(60))], improving: { kpis: [kpi], improvements } })
    expect(given([])[0]).toMatchObject({ kind: 'indicator', title: 'Reach 0.5 h in "Repair"', inHand: null })
    expect(given([])[0]?.command).toContain('--set kpi=repair')
    expect(given([improvement('in_progress')]).at(-1)).toMatchObject({
      kind: 'indicator',
      command: null,
      inHand: { id: 'IMP-1' },
    })
    expect(given([improvement('rejected')])[0]).toMatchObject({ kind: 'indicator', inHand: null })
  })

  describe('that is in the register already', () => {
    const improvement = (title: string, state = 'in_progress') => {
      const { type: _, readings: __, ...rest } = incident('IMP-1', { title }, [{ at: onDay(30), state }])
      return rest
    }
    const ten = Array.from({ length: 10 }, (_, index) => opened(`INC-${index}`, onDay(60, 8, index)))
    const field = (title: string, state?: string) =>
      suggestions({ incidents: ten, improving: { improvements: [improvement(title, state)] } }).find(
        (each) => each.title === 'Record detected_at of incidents',
      )

    test('by its title is in hand, until it has ended', () => {
      expect(field('Something else')).toMatchObject({ inHand: null })
      expect(field('record  detected_at of incidents')).toMatchObject({ inHand: { id: 'IMP-1' }, command: null })
      expect(field('Record detected_at of incidents', 'closed')).toMatchObject({ inHand: null })
    })

    test('by the name of its figure is pointed at', () => {
      const kpi = record('kpi', 'repair', {
        title: 'Time to repair',
        unit: 'h',
        direction: 'down',
        target: 0.5,
        formula: 'mttr',
      })
      const find = (title: string) =>
        suggestions({ incidents: ten, improving: { kpis: [kpi], improvements: [improvement(title)] } }).find(
          ({ kind }) => kind === 'indicator',
        )
      expect(find('Halve the time to repair')).toMatchObject({ inHand: null, related: { id: 'IMP-1' } })
      expect(find('Faster')).toMatchObject({ related: null })
    })
  })

  test('about a field that is left empty needs ten incidents, and a period that is over', () => {
    const several = (count: number) =>
      Array.from({ length: count }, (_, index) => opened(`INC-${index}`, onDay(60, 8, index)))
    const has = (given: Parameters<typeof suggestions>[0]) => kinds(suggestions(given)).includes('field')
    expect(has({ incidents: several(10) })).toBe(true)
    expect(has({ incidents: several(9) })).toBe(false)
    expect(has({ incidents: several(10), asOf: '2026-03-20T00:00' })).toBe(false)
  })

  test('about a part of the week is not made once it has become quiet, also while the next month is young', () => {
    const [usual, fridays] = [
      Array.from({ length: 90 }, (_, day) => [opened(`A${day}`, onDay(day, 9)), opened(`B${day}`, onDay(day, 20))]),
      (weeks: number) =>
        Array.from({ length: weeks }, (_, week) =>
          [0, 1, 2, 3].map((index) => opened(`F${week}-${index}`, onDay(1 + week * 7, 19, index))),
        ),
    ]
    const april = [opened('INC-L', onDay(91, 9))]
    const young = { period: '2026-04', asOf: '2026-04-03T00:00' }
    const has = (weeks: number) =>
      kinds(suggestions({ incidents: [...usual.flat(), ...fridays(weeks).flat(), ...april], ...young })).includes(
        'peak',
      )
    expect(has(12)).toBe(true)
    expect(has(8)).toBe(false)
  })

  test('about changes comes first only where incidents of the period came after one', () => {
    const web = { cis: ['web-1'] }
    const given = (days: readonly number[]) => {
      const found = suggestions({
        lives: [5, 20, 40, 70].map((day) => change(`CHG-${day}`, onDay(day, 0), web)),
        incidents: days.map((day) => opened(`INC-${day}`, onDay(day), web)),
      })
      return found.map(({ title }) => title)
    }
    expect(given([6, 21, 41, 71])[0]).toBe('Cut incidents after changes')
    expect(given([6, 21, 41])).toContain('Cut incidents after changes')
  })

  test('about what comes back asks for a problem, or to look again into one that was closed in vain', () => {
    const again = [60, 63, 66, 69].map((day) => opened(`INC-${day}`, onDay(day), { cis: ['printer-3'] }))
    const find = (fields?: Data, closed = 61) => {
      const { readings: _, ...life } = incident('PRB-1', { title: 'Labels', cis: ['printer-3'], ...fields }, [
        { at: onDay(50), state: 'new' },
        { at: onDay(closed), state: 'closed' },
      ])
      return suggestions({ incidents: again, lives: fields ? [{ ...life, type: 'problem' }] : [] }).find(
        ({ kind }) => kind === 'repeats',
      )
    }
    expect(find()?.command).toContain("gitsm new problem --set 'title=Repeated incidents of printer-3'")
    expect(find({})?.command).toBe(
      "gitsm move PRB-1 root_cause_analysis --set 'reanalyse_reason=3 incidents of printer-3 since it was closed'",
    )
    expect(find({}, 67)).toBeUndefined()
  })

  test('is quoted for the shell, whatever the title says', () => {
    const hostile = record('sla', 'webshop-gold', { title: "Gold'; rm -rf / #", objective: 95, state: 'active' })
    const [first] = suggestions({ incidents: clocks(15, 21), slas: [hostile] })
    expect(first?.command).toContain(`'title=Meet the objective for resolution of Gold'\\''; rm -rf / #'`)
  })
})
