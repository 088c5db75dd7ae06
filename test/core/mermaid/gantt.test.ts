import { describe, expect, test } from 'vitest'
import { diagramBlock, diagramLimits } from '../../../src/core/mermaid/diagram.ts'
import { type GanttTask, gantts } from '../../../src/core/mermaid/gantt.ts'
import { naughtyTexts } from '../../reports/naughty.ts'

const at = (text: string): number => Date.parse(text) / 1000

const task = (name: string, more: Partial<GanttTask> = {}): GanttTask => ({
  ...{ name, from: at('2026-10-03T20:00:00Z'), until: at('2026-10-04T02:00:00Z'), look: 'usual' },
  ...more,
})

const zone = 'Europe/Berlin'

describe('a schedule', () => {
  test('is drawn on the wall clock of its zone', () => {
    const tasks = [
      task('Faster disks', { look: 'critical' }),
      task('Freeze begins', { from: at('2026-10-10T22:00:00Z'), until: at('2026-10-10T22:00:00Z'), look: 'pale' }),
    ]
    expect(gantts({ title: 'Coming weeks', zone, sections: [{ name: 'Web shop', tasks }] })).toEqual([
      {
        title: 'Coming weeks',
        source: [
          'gantt',
          '  dateFormat YYYY-MM-DD HH:mm',
          '  axisFormat %a %d',
          '  tickInterval 1day',
          '  todayMarker off',
          '  section #87;eb shop',
          '  #70;aster disks :crit, 2026-10-03 22:00, 2026-10-04 04:00',
          '  #70;reeze begins :done, milestone, 2026-10-11 00:00, 0min\n',
        ].join('\n'),
      },
    ])
  })

  test('of nothing is no diagram', () => {
    expect(gantts({ title: 'x', zone, sections: [{ name: 'Web shop', tasks: [] }] })).toEqual([])
  })

  test('goes on in another diagram under the same heading', () => {
    const tasks = Array.from({ length: 25 }, (_, index) => task(`Change ${index}`))
    const parts = gantts(
      {
        title: 'Plan',
        zone,
        sections: [
          { name: 'Web', tasks },
          { name: 'Mail', tasks: [task('z')] },
        ],
      },
      10,
    )
    expect(parts.map(({ title }) => title)).toEqual(['Plan (1 of 3)', 'Plan (2 of 3)', 'Plan (3 of 3)'])
    expect(parts.map(({ source }) => source.match(/ :2026/g)?.length)).toEqual([10, 10, 6])
    expect(parts.map(({ source }) => source.match(/section .*/g))).toEqual([
      ['section #87;eb'],
      ['section #87;eb'],
      ['section #87;eb', 'section #77;ail'],
    ])
  })

  test('keeps within the limits of GitHub', () => {
    const tasks = Array.from({ length: 500 }, () => task('"'.repeat(500)))
    const parts = gantts({ title: 'Plan', zone, sections: [{ name: 'x', tasks }] }, 500)
    expect(parts.length).toBeGreaterThan(1)
    for (const { source } of parts) expect(source.length).toBeLessThan(diagramLimits.characters + 1000)
  })

  test.each([...naughtyTexts, 'section x', 'click x href "y"', '2026-10-03', 'title', 'a:b', '%% x'])(
    'says %j in its place',
    (text) => {
      const [diagram] = gantts({ title: text, zone, sections: [{ name: text, tasks: [task(text)] }] })
      const lines = diagram?.source.split('\n').slice(5) ?? []
      expect(lines[0]).toMatch(/^ {2}section #\d+;[^:\n"`<>%]*$/)
      expect(lines[1]).toMatch(/^ {2}#\d+;[^:\n"`<>%]* :2026-10-03 22:00, 2026-10-04 04:00$/)
      expect(lines.slice(2)).toEqual([''])
    },
  )
})

test('only what GitHub draws becomes a diagram', () => {
  expect(diagramBlock({ source: 'gantt\n  todayMarker off\n' })).toBe('```mermaid\ngantt\n  todayMarker off\n```')
  for (const source of ['x', 'graph TD', 'xychart-beta', 'gantt\n```\n# x']) {
    expect(() => diagramBlock({ source })).toThrow('this is no source of a diagram')
  }
})
