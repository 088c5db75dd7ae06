import { describe, expect, test } from 'vitest'
import { incidentTrend } from '../../src/core/kpi-incident.ts'
import type { IncidentFacts, LifeFacts, ReportFacts } from '../../src/core/report.ts'
import { causedIncidents, majorIncidents, restless, timesByPriority } from '../../src/core/report-incident.ts'
import { weekdayHeatmap } from '../../src/core/report-incident-chart.ts'
import { at, facts, incident, life } from '../reports/web-shop.ts'

const month = (incidents: readonly IncidentFacts[], lives: readonly LifeFacts[] = []) => {
  const given: ReportFacts = facts({ period: '2026-03', incidents, lives })
  const figures = incidentTrend(given).at(-1)
  if (!figures) throw new Error('a trend has a last period')
  return { given, figures }
}

describe('times by priority', () => {
  test('stand in order of urgency, and those without a priority last', () => {
    const one = (id: string, priority: string | undefined, hour: string) =>
      incident(id, { priority }, [
        { at: '2026-03-02T08:00', state: 'new' },
        { at: '2026-03-02T09:00', state: 'in_progress' },
        { at: `2026-03-02T${hour}:00`, state: 'resolved' },
      ])
    const { figures } = month([one('INC-1', 'P3', '12'), one('INC-2', 'P1', '10'), one('INC-3', undefined, '11')])
    expect(
      timesByPriority(figures).map(({ priority, resolve, acknowledge }) => [
        priority,
        resolve.median,
        acknowledge.median,
      ]),
    ).toEqual([
      ['P1', 7200, 3600],
      ['P3', 14_400, 3600],
      [null, 10_800, 3600],
    ])
  })
})

describe('incidents that a change caused', () => {
  test('are those opened in the period that name one, here or in another tool', () => {
    const caused = (id: string, day: string, cause: string) =>
      incident(id, { caused_by: cause }, [{ at: `2026-${day}T08:00`, state: 'new' }])
    const change = life('change', 'CHG-1', { outcome: 'successful_with_issues' }, [
      { at: '2026-03-01T08:00', state: 'closed' },
    ])
    const { given, figures } = month(
      [
        caused('INC-1', '03-02', 'CHG-1'),
        caused('INC-2', '03-03', 'JIRA-7'),
        caused('INC-3', '02-03', 'CHG-1'),
        caused('INC-4', '03-04', ' '),
      ],
      [change],
    )
    expect(causedIncidents(given, 'incidents', figures)).toMatchObject([
      { id: 'INC-2', cause: 'JIRA-7', change: null, outcome: null },
      { id: 'INC-1', change: { id: 'CHG-1' }, outcome: 'successful with issues' },
    ])
  })
})

describe('a major incident', () => {
  const steps = [
    { at: '2026-03-02T08:00', state: 'new' },
    { at: '2026-03-02T10:00', state: 'resolved' },
  ]
  const review = life('review', 'PIR-1', {}, [{ at: '2026-03-05T08:00', state: 'held' }])

  test('is told with its times, its review and what its log says, in the order of time', () => {
    const log = [
      { at: '2026-03-02T09:30:00Z', by: 'ada', note: 'It works again' },
      { at: '2026-03-02T08:10:00Z', by: 'bob', state: 'in_progress', note: 'Looking' },
      { at: '2026-04-02T08:10:00Z', by: 'bob', note: 'Said in April' },
    ]
    const { given, figures } = month(
      [incident('INC-1', { major: true, review: 'PIR-1', restored_at: '2026-03-02T09:00:00Z', log }, steps)],
      [review],
    )
    expect(majorIncidents(given, 'incidents', figures)).toMatchObject([
      {
        ...{ id: 'INC-1', untilRestored: 3600, untilResolved: 7200, reviewState: 'held' },
        events: [
          { at: at('2026-03-02T08:10'), what: 'in progress: Looking', by: 'bob' },
          { at: at('2026-03-02T09:30'), what: 'It works again', by: 'ada' },
        ],
      },
    ])
  })

  test('without a log is told by its steps as they were recorded', () => {
    const { given, figures } = month([incident('INC-1', { major: true }, steps), incident('INC-2', {}, steps)])
    const [told, ...others] = majorIncidents(given, 'incidents', figures)
    expect(told?.events.map(({ what }) => what)).toEqual(['new', 'resolved'])
    expect(told).toMatchObject({ review: null, untilRestored: null })
    expect(others).toEqual([])
  })
})

describe('what gave most work', () => {
  test('was passed on or opened again most often', () => {
    const moved = (id: string, teams: readonly string[]) =>
      incident(
        id,
        {},
        teams.map((team, hour) => ({ at: `2026-03-02T1${hour}:00`, state: 'in_progress', set: { team } })),
      )
    const again = incident('INC-3', {}, [
      { at: '2026-03-02T08:00', state: 'resolved' },
      { at: '2026-03-03T08:00', state: 'in_progress' },
    ])
    const { given, figures } = month([moved('INC-1', ['a', 'b']), moved('INC-2', ['a', 'b', 'a']), again])
    const told = (by: 'reopens' | 'reassignments') =>
      restless(given, 'incidents', figures, by).map(({ id, times }) => [id, times])
    expect(told('reassignments')).toEqual([
      ['INC-2', 2],
      ['INC-1', 1],
    ])
    expect(told('reopens')).toEqual([['INC-3', 1]])
  })
})

describe('the map of weekdays and hours', () => {
  const words = { title: 'x', unit: 'incidents', kpi: 'opened' }

  test('counts on the wall clock of the zone, Monday first', () => {
    // 2 March 2026 is a Monday; 23:30 UTC is half past midnight on Tuesday in Berlin.
    const { values, rows, description } = weekdayHeatmap([at('2026-03-02T23:30')], 'Europe/Berlin', words)
    expect(rows[1]).toBe('Tue')
    expect(values[1]?.[0]).toBe(1)
    expect(values.flat().reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(1)
    expect(description).toBe('Most in one hour of the week: 1, on Tue from 00:00.')
  })

  test('claims no peak without data', () => {
    expect(weekdayHeatmap([], 'UTC', words).description).toBe('There is no data.')
  })
})
