import { type Instant, parseInstant } from '../instant.ts'
import { type Data, textAt } from '../record.ts'
import { incidentLife } from './incident-life.ts'
import type { Shop } from './incident-telling.ts'
import { occurrences } from './occurrence.ts'
import type { StoryRecord, Version } from './record-telling.ts'

/** All incidents of the year, as far as they are recorded before an instant. No two have one id. */
export function storyIncidents(shop: Shop, until: Instant): readonly StoryRecord[] {
  const taken = new Set<string>()
  const lives: (readonly Version[])[] = []
  const all = occurrences()
  for (const [index, occurrence] of all.entries()) {
    const behind = occurrence.about === undefined ? undefined : behindOf(lives[occurrence.about] ?? [])
    let [number, life] = [index, incidentLife(occurrence, index, shop, behind)]
    while (taken.has(idOf(life))) {
      number += all.length
      life = incidentLife(occurrence, number, shop, behind)
    }
    taken.add(idOf(life))
    lives.push(life)
  }
  return lives
    .map((life) => life.filter(({ at }) => at < until))
    .filter((life) => life.length > 0)
    .map((versions) => ({
      type: 'incident',
      id: idOf(versions),
      openedAt: openedAt(versions[0]?.data ?? {}),
      versions,
    }))
}

function idOf(life: readonly Version[]): string {
  return textAt(life[0]?.data ?? {}, 'id') ?? ''
}

function openedAt(data: Data): Instant {
  return parseInstant(textAt(data, 'opened_at') ?? '') ?? 0
}

function behindOf(life: readonly Version[]): { readonly id: string; readonly resolvedAt: Instant } {
  const resolved = life.findLast(({ data }) => textAt(data, 'state') === 'resolved')
  return { id: idOf(life), resolvedAt: resolved?.at ?? life.at(-1)?.at ?? 0 }
}
