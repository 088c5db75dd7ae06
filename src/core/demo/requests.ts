import { formatInstant, type Instant } from '../instant.ts'
import { type Data, isData, listAt, textAt } from '../record.ts'
import { processId } from '../record-id.ts'
import { days, inBerlin } from './berlin.ts'
import { type Chance, chance } from './chance.ts'
import type { Shop } from './incident-telling.ts'
import { after } from './pace.ts'
import { type Wish, wishes } from './request-wish.ts'
import { dayAfter, firstDay } from './story.ts'
import type { Told, ToldStep } from './told.ts'
import { reporters } from './words.ts'

/**
 * The requests of the year: each fills in the form of an item of the catalogue and goes the way that the item asks for.
 */
export function requests(shop: Shop, catalogue: ReadonlyMap<string, Data>): readonly Told[] {
  const luck = chance(40_2026)
  return days(firstDay, dayAfter)
    .filter(({ weekday }) => weekday > 0 && weekday < 6 && luck.percent(17))
    .map(({ date }) => {
      const possible = wishes.filter(({ item, until }) => catalogue.has(item) && (until === undefined || date <= until))
      const [first = wishes[0], ...others] = possible.flatMap((wish) => Array.from({ length: wish.weight }, () => wish))
      const wish = luck.pick([first, ...others])
      return request(
        wish,
        inBerlin(date, luck.between(7 * 60 + 40, 16 * 60)),
        catalogue.get(wish.item) ?? {},
        shop,
        luck,
      )
    })
}

function request(wish: Wish, at: Instant, item: Data, { crew, hours }: Shop, luck: Chance): Told {
  const bytes = Uint8Array.from({ length: 4 }, () => luck.between(0, 255))
  const team = textAt(item, 'team') ?? 'service-desk'
  const desk = crew.someone('service-desk', luck)
  const worker = crew.someone(team, luck)
  const requester = luck.pick(reporters)
  const [title, isWithoutApproval] = [luck.pick(wish.titles), wish.approvals === 0]
  const steps: ToldStep[] = [
    [
      at,
      desk.login,
      {
        state: 'submitted',
        title,
        item: wish.item,
        service: textAt(item, 'service'),
        requester,
        origin: luck.pick(['portal', 'portal', 'mail', 'phone']),
        opened_at: formatInstant(at),
        ...(wish.form && { form: wish.form(at, luck) }),
      },
      title,
    ],
  ]
  let now = at
  const then = (least: number, most: number, by: string, set: Data, say: string): void => {
    now = after(hours.office, now, luck.between(least, most))
    steps.push([now, by, set, say])
  }
  const told = { type: 'request', id: processId('REQ', at, bytes), steps }
  if (luck.percent(6)) {
    then(
      20,
      400,
      desk.login,
      { state: 'cancelled', cancel_reason: 'No longer needed, says the requester.\n' },
      'no longer needed',
    )
    return told
  }
  if (!isWithoutApproval) {
    then(10, 90, desk.login, { state: 'awaiting_approval' }, `needs ${wish.approvals} of ${wish.approvers.join(', ')}`)
    const approvers = approversOf(wish, crew, luck)
    const [first = desk.login] = approvers
    if (luck.percent(12)) {
      then(60, 900, first, { state: 'rejected', reject_reason: `${wish.refusal}\n` }, wish.refusal)
      return told
    }
    const set = { state: 'approved', approved_by: approvers }
    now = after(hours.office, now, luck.between(60, 1000))
    steps.push([now, first, { ...set, approved_at: formatInstant(now) }, `approved by ${approvers.join(' and ')}`])
  }
  const tasks = (done: boolean): readonly Data[] =>
    listAt(item, 'tasks')
      .filter(isData)
      .map((task) => ({ ...task, done }))
  then(20, 300, worker.login, { state: 'in_fulfilment', team, assignee: worker.login, tasks: tasks(false) }, 'taken up')
  if (wish.waits && luck.percent(40)) {
    then(30, 200, worker.login, { state: 'on_hold', hold_reason: wish.waits }, wish.waits.replace('_', ' '))
    then(300, 2400, worker.login, { state: 'in_fulfilment', hold_reason: undefined }, 'goes on')
  }
  now = after(hours.office, now, luck.between(...wish.takes))
  const fulfilled = {
    state: 'fulfilled',
    fulfilled_at: formatInstant(now),
    fulfilment: `${wish.fulfilment}\n`,
    tasks: tasks(true),
  }
  steps.push([now, worker.login, fulfilled, wish.fulfilment])
  const satisfaction = luck.percent(50) ? { satisfaction: luck.pick([3, 4, 4, 5, 5]) } : {}
  then(1300, 2300, desk.login, { state: 'closed', ...satisfaction }, 'no objection came')
  return told
}

/** As many different people as must agree. */
function approversOf({ approvers, approvals }: Wish, crew: Shop['crew'], luck: Chance): readonly string[] {
  const [first = 'operations', second = first] = approvers
  const one = crew.someone(first, luck).login
  return approvals < 2
    ? [luck.percent(50) ? one : crew.someone(second, luck).login]
    : [one, crew.someone(second, luck).login]
}
