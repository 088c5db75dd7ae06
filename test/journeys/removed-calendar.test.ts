import { describe, expect, test } from 'vitest'
import { explain } from '../../src/journeys/explain.ts'
import { sla } from '../../src/journeys/sla.ts'
import { worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { shippedText } from '../support/shipped.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const calendar = 'records/calendar/store-hours.yaml'
const at = (time: string) => `2026-03-02T${time}:00Z`
const asOf = instant(at('13:00'))
const opened = (time: string) => incident('INC-2', 'new', { opened_at: at(time) })

/** An incident opened at nine, a calendar removed at eleven, and an incident opened at noon. */
function shop() {
  const repo = webshop({ at: at('09:00'), write: { [incidentFile('INC-1')]: incident('INC-1', 'new') } })
  const removal = repo.commit({ at: at('11:00'), write: { [calendar]: null } })
  repo.commit({ at: at('12:00'), write: { [incidentFile('INC-2')]: opened('12:00') } })
  const heard: string[] = []
  return { repo, removal, heard, world: { ...worldOf(repo.dir), say: (line: string) => void heard.push(line) } }
}

describe('a calendar that was removed', () => {
  test('goes on for the clocks that name it, and their accounts say who removed it', async () => {
    const { world, removal } = shop()
    for (const id of ['INC-1', 'INC-2']) {
      const { clocks } = JSON.parse((await explain(world, id, asOf)).out)
      expect(clocks[0].calendars).toMatchObject([
        { id: 'store-hours', removed: { commit: removal, by: 'ada', at: at('11:00') } },
      ])
      for (const format of ['text', 'markdown'] as const) {
        const { out } = await explain({ ...world, format }, id, asOf)
        expect(out).toContain(`; removed 2026-03-02 11:00 by ada in ${removal.slice(0, 10)}, its hours go on`)
      }
    }
    const before = JSON.parse((await explain(world, 'INC-1', instant(at('10:00')))).out)
    expect(before.clocks[0].calendars[0]).not.toHaveProperty('removed')
    expect(before.warnings).toEqual([])
  })

  test('is what readers of clocks are warned of, on stderr and in JSON', async () => {
    const { world, heard, removal } = shop()
    const warning = {
      rule: 'calendar-removed',
      message: expect.stringMatching(
        /webshop-gold names? the calendar store-hours, which ada removed at 2026-03-02 11:00 UTC/,
      ),
      hint: expect.stringMatching(/^Write records\/calendar\/store-hours\.yaml again/),
      commit: removal,
    }
    for (const run of [
      () => sla(world, { ids: [], asOf }),
      () => sla(world, { ids: ['INC-2'], asOf }),
      () => explain(world, 'INC-2', asOf),
    ]) {
      heard.length = 0
      const { warnings } = JSON.parse((await run()).out)
      expect(warnings).toContainEqual(warning)
      expect(heard.join('\n')).toMatch(/^warning: .*store-hours, which ada removed .*\(calendar-removed\)$/m)
    }
  })

  test('is no matter any more once it was written again', async () => {
    const { world, repo, heard } = shop()
    repo.commit({ at: at('12:30'), write: { [calendar]: shippedText(calendar) } })
    expect(JSON.parse((await sla(world, { ids: [], asOf })).out).warnings).toEqual([])
    expect(heard).toEqual([])
  })
})
