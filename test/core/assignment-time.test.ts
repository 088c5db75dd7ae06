import { describe, expect, test } from 'vitest'
import { assignments, teamTimes } from '../../src/core/assignment-time.ts'
import { formatInstant } from '../../src/core/instant.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { instant, type LifeStep, lifeOf, slaRecord, standing } from '../support/life.ts'

const on = (time: string): string => `2026-03-02T${time}:00Z`
const given = (time: string, team: string, state = 'in_progress'): LifeStep => ({ at: on(time), state, set: { team } })

/** Back and forth between two teams, then resolved, reopened with a third. */
const life = lifeOf([
  { at: on('08:00'), state: 'new' },
  given('09:00', 'desk', 'new'),
  given('10:00', 'platform'),
  given('10:30', 'platform', 'on_hold'),
  given('11:00', 'desk'),
  given('13:00', 'platform'),
  given('16:00', 'platform', 'resolved'),
  given('17:00', 'network', 'new'),
])

describe('the assignments of a record', () => {
  test('are the stretches that each team had it, while it was open', () => {
    const told = assignments(life).map(({ team, from, until, commit }) => [
      team,
      formatInstant(from),
      until === null ? null : formatInstant(until),
      commit.at === from,
    ])
    expect(told).toEqual([
      ['desk', on('09:00'), on('10:00'), true],
      ['platform', on('10:00'), on('11:00'), true],
      ['desk', on('11:00'), on('13:00'), true],
      ['platform', on('13:00'), on('16:00'), true],
      ['network', on('17:00'), null, true],
    ])
  })

  test('add up by team, the open one until the as-of instant', () => {
    expect(teamTimes(assignments(life), instant(on('17:30')))).toEqual([
      { team: 'desk', seconds: 3 * 3600, assignments: 2 },
      { team: 'platform', seconds: 4 * 3600, assignments: 2 },
      { team: 'network', seconds: 1800, assignments: 1 },
    ])
  })

  test('that last for no time are none: a record born with all its steps was with nobody', () => {
    const born = lifeOf([given('09:00', 'desk', 'new'), given('09:00', 'desk'), given('09:00', 'desk', 'resolved')])
    expect(assignments(born)).toEqual([])
  })

  test('are what the clocks of OLAs with these teams count, cycle by cycle', () => {
    const ola = (team: string) =>
      slaRecord(`${team}-ola`, {
        kind: 'ola',
        targets: { [`with_${team}`]: { while: { team: [team] }, stop: ['resolved'], target: 'PT2H' } },
      })
    const found = readings(
      { type: 'incident', id: 'INC-1', moments: life },
      standing(['desk', 'platform', 'network'].map(ola)),
      instant(on('17:30')),
    )
    expect(found.map(({ sla, cycle, status, elapsed }) => [sla, cycle, status, elapsed / 3600])).toEqual([
      ['desk-ola', 1, 'met', 1],
      ['desk-ola', 2, 'met', 2],
      ['network-ola', 1, 'running', 0.5],
      ['platform-ola', 1, 'met', 1],
      ['platform-ola', 2, 'breached', 3],
    ])
    for (const { team, seconds } of teamTimes(assignments(life), instant(on('17:30')))) {
      const own = found.filter(({ sla }) => sla === `${team}-ola`)
      expect([team, own.reduce((sum, { elapsed }) => sum + elapsed, 0)]).toEqual([team, seconds])
    }
  })
})
