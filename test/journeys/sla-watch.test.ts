import { expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import { textAt } from '../../src/core/record.ts'
import { addresseesOf } from '../../src/core/sla-notice/mention.ts'
import { clockNotices, comingInstants, type Watch } from '../../src/core/sla-notice/notice.ts'
import { readings } from '../../src/core/sla-reading.ts'
import { gatherClocks } from '../../src/journeys/clocks.ts'
import { watchReport } from '../../src/journeys/sla-watch.ts'
import { openTip } from '../../src/journeys/tip.ts'
import { sharingReader } from '../../src/journeys/tree-reader.ts'
import { worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import type { DeclaredCommit, TestRepo } from '../support/repo.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const start = instant('2026-03-02T06:00:00Z')
const hour = 3600

/** What becomes of an incident, hours after it was opened. */
const lives: readonly (readonly (readonly [
  hours: number,
  state: string,
  more?: Readonly<Record<string, string>>,
])[])[] = [
  [[0, 'new']],
  [
    [0, 'new'],
    [1, 'in_progress'],
  ],
  [
    [0, 'new'],
    [2, 'on_hold', { hold_reason: 'awaiting_caller' }],
  ],
  [
    [0, 'new'],
    [3, 'resolved', { resolution_code: 'fixed', resolution: 'Done' }],
  ],
  [
    [0, 'new'],
    [90, 'resolved', { resolution_code: 'fixed', resolution: 'Done' }],
  ],
  [
    [0, 'new'],
    [5, 'cancelled'],
  ],
  [[0, 'resolved', { resolution_code: 'fixed', resolution: 'Done' }]],
]
const priorities = [
  { impact: 'high', urgency: 'high', priority: 'P1' },
  { impact: 'medium', urgency: 'medium', priority: 'P3' },
]

/** A month of incidents that end in every way, one that was moved and one that nobody can read any more. */
function month(): TestRepo {
  const commits = lives.flatMap((life, kind) =>
    [0, 24 * hour, 20 * 24 * hour].flatMap((later, round) =>
      priorities.flatMap((priority, level) =>
        life.map(([hours, state, more = {}]) => {
          const id = `INC-${kind}${round}${level}`
          const opened = start + later + kind * hour
          const own = { ...priority, ...(level === 0 && { team: 'operations' }), opened_at: formatInstant(opened) }
          const write = { [incidentFile(id)]: incident(id, state, { ...own, ...more }) }
          return { at: formatInstant(opened + hours * hour), by: 'ada', write }
        }),
      ),
    ),
  )
  const moved = incident('INC-000', 'new', { ...priorities[0], opened_at: formatInstant(start), team: 'operations' })
  const last: DeclaredCommit = {
    at: '2026-03-29T00:00:00Z',
    write: {
      [incidentFile('INC-000')]: null,
      'records/incident/moved/INC-000.yaml': moved,
      [incidentFile('INC-001')]: 'id: [\n',
    },
  }
  return webshop(...commits.toSorted((a, b) => (a.at < b.at ? -1 : 1)), last)
}

/** The same, worked out from the clocks of every record and the whole tree. */
async function plainly(repo: TestRepo, watch: Watch) {
  const world = worldOf(repo.dir)
  const { tip, records, levels } = await gatherClocks(world)
  const { snapshot } = await openTip({ dir: repo.dir, env: world.env }, tip, sharingReader())
  const watched = records.flatMap((record) => {
    const stands = snapshot.records.find(record.type, record.id)
    if (!stands) return []
    const { type, file, data } = stands
    return readings(record, levels, watch.asOf).map((reading) => {
      const agreement = snapshot.records.find('sla', reading.sla)?.data
      return {
        reading,
        type,
        file,
        title: textAt(data, 'title') ?? '',
        ...addresseesOf(data, agreement, snapshot.records),
      }
    })
  })
  return { notices: clockNotices(watched, watch), next: comingInstants(watched, watch) }
}

test('a look at the clocks that may call for a notice finds what one at all of them does', async () => {
  const repo = month()
  const [told, coming]: [number[], number[]] = [[], []]
  for (const [day, back] of [
    [2, 7],
    [3, 7],
    [8, 0],
    [22, 7],
    [30, 20],
  ] as const) {
    const asOf = start + day * 24 * hour
    const watch = { asOf, within: 1800, back: back * 24 * hour }
    const { notices, next } = await watchReport({ ...worldOf(repo.dir), now: asOf }, watch)
    expect({ notices, next }).toEqual(await plainly(repo, watch))
    told.push(notices.length)
    coming.push(next.length)
  }
  // What is compared is something.
  expect(Math.min(...told)).toBeGreaterThan(0)
  expect(Math.max(...coming)).toBeGreaterThan(0)
})
