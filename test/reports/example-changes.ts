import type { Data, RecordDoc } from '../../src/core/record.ts'
import type { LifeFacts } from '../../src/core/report.ts'
import { life, record, type Step } from './web-shop.ts'

/**
 * The changes of the example, with the windows, the items and the policy that judge them: some month for month; in
 * November one that fails, one beyond its time, one in a freeze, an emergency, one found out; and the weeks ahead.
 */
export function exampleChanges(say: (usual: string) => string): {
  readonly lives: readonly LifeFacts[]
  readonly tree: readonly RecordDoc[]
} {
  const monthly = ['04', '05', '06', '07', '08', '09', '10'].map((month) =>
    change(say, `CHG-${month}`, { change_type: 'standard', ...outcome(say, 'successful') }, [
      { at: `2026-${month}-03T08:00`, state: 'scheduled' },
      { at: `2026-${month}-05T20:00`, state: 'implement' },
      { at: `2026-${month}-05T20:40`, state: 'review' },
      { at: `2026-${month}-09T08:00`, state: 'closed' },
    ]),
  )
  return { lives: [...monthly, ...november(say), ...ahead(say)], tree: surroundings(say) }
}

function november(say: (usual: string) => string): readonly LifeFacts[] {
  const steps = (day: string, ...last: readonly Step[]): readonly Step[] => [
    { at: `2026-11-${day}T08:00`, state: 'assess' },
    { at: `2026-11-${day}T10:00`, state: 'authorize' },
    { at: `2026-11-${day}T16:00`, state: 'scheduled' },
    ...last,
  ]
  const late = {
    ...times('planned', '2026-11-06T20:00', '2026-11-06T21:00'),
    ...times('actual', '2026-11-06T20:00', '2026-11-06T23:30'),
  }
  return [
    change(
      say,
      'CHG-11-A',
      {
        ...late,
        ...outcome(say, 'unsuccessful_backed_out'),
        window_deviation_reason: say('The backup took two hours'),
        incidents_caused: ['INC-20261126-0010'],
        review: 'PIR-1',
      },
      steps(
        '03',
        { at: '2026-11-06T20:05', state: 'implement' },
        { at: '2026-11-06T23:35', state: 'review' },
        { at: '2026-11-12T08:00', state: 'closed' },
      ),
    ),
    change(
      say,
      'CHG-11-B',
      {
        ...times('planned', '2026-11-20T20:00', '2026-11-20T22:00'),
        ...times('actual', '2026-11-20T20:10', '2026-11-20T21:00'),
        ...outcome(say, 'successful_with_issues'),
        waivers: [
          { conflict: 'ci_in_blackout', with: 'promotion', approver: say('lena'), reason: say('Sales agreed') },
        ],
      },
      steps(
        '16',
        { at: '2026-11-20T20:10', state: 'implement' },
        { at: '2026-11-20T21:05', state: 'review' },
        { at: '2026-11-24T08:00', state: 'closed' },
      ),
    ),
    change(
      say,
      'CHG-11-C',
      {
        ...times('planned', '2026-11-13T18:00', '2026-11-13T19:00'),
        ...times('actual', '2026-11-13T18:00', '2026-11-13T18:30'),
        change_type: 'emergency',
        log: [
          { at: '2026-11-13T18:00:00Z', by: say('ada'), state: 'implement' },
          {
            at: '2026-11-16T18:00:00Z',
            by: 'gitsm',
            note: 'The approval of commit aaaaaaaaaa was due by 2026-11-15 18:00 UTC and did not come: it counts as unauthorised',
          },
        ],
      },
      [
        { at: '2026-11-13T18:00', state: 'implement' },
        { at: '2026-11-13T18:35', state: 'review' },
      ],
    ),
    change(
      say,
      'CHG-11-D',
      {
        change_type: 'emergency',
        unauthorised: true,
        services: [],
        cis: [],
        implementer: say('ada'),
        log: [{ at: '2026-11-18T08:00:00Z', by: say('ada'), ratifies: 'a'.repeat(39).concat('0') }],
      },
      [
        { at: '2026-11-17T08:00', state: 'authorize', set: { log: [] } },
        {
          at: '2026-11-18T08:00',
          state: 'review',
          set: {
            outcome: 'successful',
            log: [{ at: '2026-11-18T08:00:00Z', by: say('ada'), ratifies: '0'.padStart(40, 'a') }],
          },
        },
      ],
    ),
  ]
}

function ahead(say: (usual: string) => string): readonly LifeFacts[] {
  return [
    change(say, 'CHG-12-A', times('planned', '2026-12-02T20:00', '2026-12-02T22:00'), [
      { at: '2026-11-25T08:00', state: 'scheduled' },
    ]),
    change(say, 'CHG-12-B', { ...times('planned', '2026-12-02T21:00', '2026-12-02T23:00'), outage: true }, [
      { at: '2026-11-26T08:00', state: 'authorize' },
    ]),
    change(say, 'CHG-12-C', times('planned', '2026-12-20T20:00', '2026-12-20T22:00'), [
      { at: '2026-11-26T08:00', state: 'assess' },
    ]),
    change(say, 'CHG-12-D', {}, [{ at: '2026-11-27T08:00', state: 'assess' }]),
    change(say, 'CHG-12-E', times('planned', '2026-11-27T20:00', '2026-11-27T22:00'), [
      { at: '2026-11-20T08:00', state: 'scheduled' },
    ]),
    change(say, 'CHG-12-F', times('planned', '2026-12-03T20:00', '2026-12-03T22:00'), [
      { at: '2026-11-20T08:00', state: 'authorize' },
      { at: '2026-11-21T08:00', state: 'cancelled' },
    ]),
  ]
}

function surroundings(say: (usual: string) => string): readonly RecordDoc[] {
  const promotion = { from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' }
  const christmas = { from: '2026-12-18T18:00:00Z', to: '2027-01-04T06:00:00Z' }
  return [
    record('ci', 'web-0', { title: say('Web server'), state: 'operational', services: [say('webshop')] }),
    record('window', 'promotion', { title: say('Promotion'), kind: 'freeze', ...promotion, applies_to: {} }),
    record('window', 'christmas', {
      ...{ title: say('Christmas'), kind: 'freeze', ...christmas },
      applies_to: { environments: ['production'], change_types: ['normal', 'standard'] },
      allows: [],
    }),
    record('window', 'sunday-night', {
      ...{ title: say('Sunday night'), kind: 'maintenance' },
      recurs: { rule: 'FREQ=WEEKLY;BYDAY=SU', timezone: 'UTC', start: '2026-01-04T02:00', duration: 'PT3H' },
      applies_to: { cis: ['db-1'] },
    }),
    record('review', 'PIR-1', { title: say('Why the update failed') }),
    record('policy', 'change-authorisation', {
      guards: 'change',
      rules: [
        { name: say('emergency'), when: { change_type: ['emergency'] }, require: 'none', retroactive: 'PT48H' },
        { name: say('other'), when: {}, require: 'none' },
      ],
    }),
  ]
}

function change(say: (usual: string) => string, id: string, fields: Data, steps: readonly Step[]): LifeFacts {
  return life(
    'change',
    id,
    {
      ...{ title: say(`Update ${id}`), change_type: 'normal', cis: ['web-0'], services: [say('webshop')] },
      ...{ implementer: say('hugo'), opened_at: undefined },
      ...fields,
    },
    steps,
  )
}

function times(which: 'planned' | 'actual', from: string, until: string): Data {
  return { [`${which}_start`]: `${from}:00Z`, [`${which}_end`]: `${until}:00Z` }
}

function outcome(say: (usual: string) => string, how: string): Data {
  return { outcome: how, review_notes: say('As planned') }
}
