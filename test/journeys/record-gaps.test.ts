import { describe, expect, test } from 'vitest'
import { explain } from '../../src/journeys/explain.ts'
import { sla } from '../../src/journeys/sla.ts'
import { worldOf } from '../support/approval-world.ts'
import { instant } from '../support/life.ts'
import { incident, incidentFile, webshop } from '../support/webshop.ts'

const file = incidentFile('INC-1')
const at = (time: string) => `2026-03-02T${time}:00Z`
const born = incident('INC-1', 'new')
const asOf = instant(at('12:00'))

/** What a commit at ten made of an incident opened at nine, until one at eleven wrote it anew. */
function shop(broken: string | null) {
  const repo = webshop({ at: at('09:00'), write: { [file]: born } })
  const breaking = repo.commit({ at: at('10:00'), write: { [file]: broken } })
  repo.commit({ at: at('11:00'), write: { [file]: born } })
  return { world: worldOf(repo.dir), breaking }
}

describe('a record that could not be known for a time', () => {
  test.each([
    ['unreadable', 'id: [INC-1\n', /\S/],
    ['removed', null, /^the record was removed$/],
  ])('because it was %s has clocks that go on, and say so', async (_, broken, reason) => {
    const { world, breaking } = shop(broken)
    const { readings } = JSON.parse((await sla(world, { ids: ['INC-1'], asOf })).out)
    const gap = { from: at('10:00'), until: at('11:00'), reason: expect.stringMatching(reason), commit: breaking }
    expect(readings[0]).toMatchObject({ target: 'resolution', wall: 3 * 3600, gaps: [gap] })
    const { clocks } = JSON.parse((await explain(world, 'INC-1', asOf)).out)
    const marked = clocks[0].intervals.filter((each: object) => 'gaps' in each)
    expect(marked.flatMap(({ gaps }: { gaps: readonly object[] }) => gaps)).toEqual([gap])
    for (const format of ['text', 'markdown'] as const) {
      const { out } = await explain({ ...world, format }, 'INC-1', asOf)
      expect(out).toMatch(/running: new; not known from 2026-03-02 10:00 to 2026-03-02 11:00 /)
      expect(out).toMatch(new RegExp(`not known.*since ${breaking.slice(0, 10)} by .*; the clock went on as before`))
    }
    const { out } = await sla({ ...world, format: 'text' }, { ids: ['INC-1'], asOf })
    expect(out).toMatch(/^INC-1 .*, with gaps/m)
  })

  test('as of an instant before that knows nothing of it, and one within ends there', async () => {
    const { world } = shop(null)
    const early = JSON.parse((await sla(world, { ids: ['INC-1'], asOf: instant(at('09:30')) })).out)
    expect(early.readings[0]).not.toHaveProperty('gaps')
    const within = JSON.parse((await sla(world, { ids: ['INC-1'], asOf: instant(at('10:30')) })).out)
    expect(within.readings[0].gaps).toMatchObject([{ from: at('10:00'), until: at('10:30') }])
  })
})
