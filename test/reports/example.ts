import type { IncidentFacts, ReportFacts } from '../../src/core/report.ts'
import { facts, incident, reading, record, type Step } from './web-shop.ts'

const twoDigits = (count: number): string => String(count).padStart(2, '0')

/**
 * Some months of a web shop, every text of which is `text` where one is given. In the last month far more fails (`busy`
 * incidents), the network team is slow, and much waits for callers.
 */
export function exampleMonth(
  text?: string,
  months: readonly number[] = [4, 5, 6, 7, 8, 9, 10, 11],
  busy = 40,
): ReportFacts {
  const say = (usual: string): string => text ?? usual
  const incidents: IncidentFacts[] = []
  const add = (month: number, index: number, day: number): void => {
    const last = month === 11
    const slow = last && index % 3 === 0
    const date = `2026-${twoDigits(month)}-${twoDigits(day)}`
    const id = `INC-2026${twoDigits(month)}${twoDigits(day)}-${String(index).padStart(4, '0')}`
    const steps: Step[] = [
      { at: `${date}T${twoDigits(17 + (index % 3))}:${twoDigits((index * 7) % 60)}`, state: 'new' },
      { at: `${date}T21:00`, state: 'in_progress', set: { team: say('operations') } },
    ]
    if (slow) {
      steps.push({ at: `${date}T22:00`, state: 'on_hold', hold: say('awaiting_caller') })
      steps.push({ at: `${date}T23:50`, state: 'in_progress', set: { team: say('network') } })
    }
    const open = last && index % 11 === 5
    if (!open) steps.push({ at: `${date}T23:${twoDigits(55 + (index % 3))}`, state: 'resolved' })
    const end = steps.at(-1)?.at ?? ''
    const stopped = open ? {} : { stop: end }
    const priority = say(index % 5 === 0 ? 'P2' : 'P3')
    const clock = { start: steps[0]?.at ?? '', sla: 'webshop-gold', priority }
    incidents.push(
      incident(
        id,
        {
          title: say(`Checkout fails in step ${index % 4}`),
          priority,
          service: say('webshop'),
          category: say(index % 2 === 0 ? 'checkout' : 'search'),
          cis: [say(`web-${index % 4}`)],
        },
        steps,
        [
          reading(id, { ...clock, target: 'response', stop: steps[1]?.at ?? '', used: 1 + (index % 3), of: 4 }),
          reading(id, { ...clock, ...stopped, used: slow ? 50 : open ? 33 : 6, of: 40 }),
          reading(id, {
            ...clock,
            sla: 'network-ola',
            kind: 'ola',
            target: say('handover'),
            ...stopped,
            used: 1,
            of: 2,
          }),
        ],
      ),
    )
  }
  for (const month of months) {
    const count = month === 11 ? busy : 9 + (month % 3)
    for (let index = 0; index < count; index++) add(month, index, 1 + ((index * 7 + month) % 28))
  }
  return facts({
    period: '2026-11',
    since: `2026-${twoDigits(months[0] ?? 1)}-01T00:00`,
    organisation: say('Web shop'),
    incidents,
    services: [record('service', say('webshop'), { title: say('Web shop') })],
    teams: ['operations', 'network'].map((id) => record('team', say(id), { title: say(`The ${id} team`) })),
    slas: [
      record('sla', 'webshop-gold', {
        title: say('Gold support'),
        customer: say('retail'),
        objective: 95,
        state: 'active',
      }),
      record('sla', 'unused', { title: say('Silver support'), objective: 90, state: 'active' }),
    ],
    gaps: [{ file: say('records/incident/INC-0.yaml'), commit: 'b'.repeat(40), reason: say('duplicate key') }],
  })
}
