import { servicesOfItems } from './clock.ts'
import {
  type Answer,
  type Asked,
  belongs,
  count,
  first,
  hours,
  isIn,
  lastOf,
  medianHours,
  none,
  ofType,
  share,
  startOf,
  stays,
  type ToldRecord,
  texts,
  when,
} from './told.ts'

function changes(asked: Asked): readonly ToldRecord[] {
  return ofType(asked, 'change').filter((change) =>
    belongs(lastOf(change), asked.where, servicesOfItems(asked, change)),
  )
}

const closedIn = (asked: Asked) => changes(asked).filter((change) => isIn(asked, first(change, 'closed')))
const endedIn = (asked: Asked) => changes(asked).filter((change) => isIn(asked, first(change, 'review', 'closed')))
const scheduledIn = (asked: Asked) => changes(asked).filter((change) => isIn(asked, first(change, 'scheduled')))

function doneIn(asked: Asked): readonly ToldRecord[] {
  return changes(asked).filter((change) =>
    isIn(
      asked,
      lastOf(change)['unauthorised'] === true
        ? change.steps.find(({ fields }) => fields['unauthorised'] === true)?.at
        : first(change, 'implement', 'review', 'closed'),
    ),
  )
}

/** The incidents that a change caused, by either side; those that are known to be cancelled are none. */
function harm(asked: Asked, change: ToldRecord): readonly string[] {
  const told = new Set(texts(lastOf(change)['incidents_caused']))
  const counted = ofType(asked, 'incident')
  for (const incident of counted) if (lastOf(incident)['caused_by'] === change.id) told.add(incident.id)
  const known = asked.told.filter(({ type, steps }) => type === 'incident' && (steps[0]?.at ?? 0) <= asked.asOf)
  return [...told].filter((id) => !known.some((each) => each.id === id) || counted.some((each) => each.id === id))
}

function failed(change: ToldRecord): boolean {
  return ['unsuccessful_backed_out', 'unsuccessful_not_backed_out'].includes(String(lastOf(change)['outcome']))
}

function part(among: (asked: Asked) => readonly ToldRecord[], holds: (change: ToldRecord, asked: Asked) => boolean) {
  return (asked: Asked): Answer => {
    const all = among(asked)
    return share(all.filter((change) => holds(change, asked)).length, all.length)
  }
}

const says = (field: string, value: unknown) => (change: ToldRecord) => lastOf(change)[field] === value

function score(asked: Asked): Answer {
  const all = closedIn(asked)
  if (all.length === 0) return none
  let points = 0
  for (const change of all) {
    const outcome = lastOf(change)['outcome']
    if (outcome === 'successful') points += 3
    if (outcome === 'successful_with_issues') points -= 2
    if (failed(change)) points -= 5
    for (const id of harm(asked, change)) {
      const incident = ofType(asked, 'incident').find((each) => each.id === id)
      const priority = incident && lastOf(incident)['priority']
      if (priority === 'P1') points -= 10
      if (priority === 'P2') points -= 5
      if (priority === 'P3') points -= 2
    }
  }
  return { ...none, value: points, n: all.length }
}

/** Planned and actual times of a change, as far as it tells them. */
function times(change: ToldRecord): readonly (number | undefined)[] {
  return ['planned_start', 'planned_end', 'actual_start', 'actual_end'].map((field) => when(lastOf(change)[field]))
}

function lengths(states: readonly string[]) {
  return (asked: Asked): Answer =>
    hours(
      changes(asked).flatMap((change) =>
        stays(change, ...states).flatMap(([length, at]) => (isIn(asked, at) ? [length] : [])),
      ),
    )
}

export const changeAnswers: { readonly [id: string]: (asked: Asked) => Answer } = {
  'change-success': part(closedIn, says('outcome', 'successful')),
  'changes-with-issues': part(closedIn, says('outcome', 'successful_with_issues')),
  'change-failure': part(closedIn, failed),
  'change-score': score,
  'emergency-changes': part(closedIn, says('change_type', 'emergency')),
  'standard-changes': part(closedIn, says('change_type', 'standard')),
  'normal-changes': part(closedIn, says('change_type', 'normal')),
  'unauthorised-changes': part(doneIn, says('unauthorised', true)),
  'harmful-changes': part(doneIn, (change, asked) => harm(asked, change).length > 0),
  'conflict-waivers': part(scheduledIn, (change) => Array.isArray(lastOf(change)['waivers'])),
  'changes-without-window': part(endedIn, (change) => times(change).slice(0, 2).includes(undefined)),
  'changes-outside-window': part(
    (asked) => endedIn(asked).filter((change) => !times(change).includes(undefined)),
    (change) => {
      const [plannedStart = 0, plannedEnd = 0, start = 0, end = 0] = times(change)
      return start < plannedStart || end > plannedEnd
    },
  ),
  'changes-carried-out': (asked) => count(doneIn(asked).length),
  'change-lead-time': (asked) =>
    hours(closedIn(asked).map((change) => (first(change, 'closed') ?? 0) - startOf(change))),
  'change-approval-wait': lengths(['assess', 'authorize']),
  'change-implementation-time': lengths(['implement']),
}

/** The changes of one service that were carried out in production and allowed. */
function deployments(asked: Asked): readonly ToldRecord[] {
  return changes(asked).filter((change) => {
    const data = lastOf(change)
    if (data['unauthorised'] === true || first(change, 'review', 'closed') === undefined) return false
    const items = asked.told.flatMap((item) => {
      const known = item.type === 'ci' ? item.steps.filter(({ at }) => at <= asked.asOf).at(-1) : undefined
      return known && texts(data['cis']).includes(item.id) ? [known.fields] : []
    })
    const serving = items.filter((item) => texts(item['services']).includes(asked.where.service ?? ''))
    const looked = serving.length > 0 ? serving : items
    if (texts(data['cis']).length === 0) return true
    return looked.some((item) => (item['environment'] ?? 'production') === 'production')
  })
}

const deployedIn = (asked: Asked) =>
  deployments(asked).filter((change) => isIn(asked, first(change, 'review', 'closed')))

/** When an incident was resolved for good, as of the as-of instant. */
function resolution(incident: ToldRecord): number | undefined {
  let at: number | undefined
  for (const { state, at: now } of incident.steps) {
    if (state !== 'resolved' && state !== 'closed') at = undefined
    else if (at === undefined) at = now
  }
  return at
}

function recoveries(asked: Asked): readonly number[] {
  const found: number[] = []
  for (const change of deployments(asked)) {
    const known = ofType(asked, 'incident').filter(({ id }) => harm(asked, change).includes(id))
    const ends = known.map((incident) => {
      const at = resolution(incident)
      return at === undefined ? undefined : Math.min(at, when(lastOf(incident)['restored_at']) ?? at)
    })
    if (ends.length === 0 || ends.includes(undefined)) continue
    const end = Math.max(...ends.map((at) => at ?? 0))
    const begin = Math.min(first(change, 'review', 'closed') ?? 0, ...known.map(startOf))
    if (isIn(asked, end)) found.push(Math.max(0, end - begin))
  }
  return found
}

/** Answers that hold of one service only. */
export const deploymentAnswers: { readonly [id: string]: (asked: Asked) => Answer } = {
  'deployment-frequency': (asked) => {
    const seconds = Math.min(asked.until, asked.asOf) - Math.max(asked.from, asked.since)
    const n = deployedIn(asked).length
    return seconds <= 0 ? none : { ...none, value: n / (seconds / 86_400 / 7), n }
  },
  'deployment-lead-time': (asked) =>
    medianHours(
      deployedIn(asked).flatMap((change) => {
        const from = when(lastOf(change)['committed_at'])
        return from === undefined ? [] : [Math.max(0, (first(change, 'review', 'closed') ?? 0) - from)]
      }),
    ),
  'change-fail-rate': part(deployedIn, (change, asked) => failed(change) || harm(asked, change).length > 0),
  'failed-deployment-recovery-time': (asked) => medianHours(recoveries(asked)),
  'deployment-rework-rate': part(
    deployedIn,
    (change, asked) =>
      texts(lastOf(change)['incidents']).length > 0 ||
      asked.told.some(({ type, steps }) => {
        const known = steps.filter(({ at }) => at <= asked.asOf).at(-1)
        return type === 'incident' && known?.fields['change'] === change.id
      }),
  ),
}
