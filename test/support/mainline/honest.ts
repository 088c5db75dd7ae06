import type { Commit } from '../../../src/adapters/fast-import.ts'
import type { Instant } from '../../../src/core/instant.ts'
import { formatInstant, parseInstant } from '../../../src/core/instant.ts'
import type { Data } from '../../../src/core/record.ts'
import { demoHistory } from '../../../src/journeys/demo-history.ts'
import { projectRoot } from '../shipped.ts'
import { incident, solved } from './offence.ts'

const [minute, hour, day] = [60, 3600, 86_400]
const begin = parseInstant('2025-11-12T06:00:00Z') ?? 0
const days = 350

/**
 * So many commits in which everything goes by the rules: the year of the example organisation with all its practices,
 * and incidents of customers besides, six commits each.
 */
export function honestCommits(total: number): readonly Commit[] {
  const { commits } = demoHistory({ packageRoot: projectRoot })
  const lives = Math.max(0, Math.ceil((total - commits.length) / 6))
  const more = Array.from({ length: lives }, (_, index) =>
    life(index, begin + Math.floor((index * days * day) / lives)),
  )
  return [...commits, ...more.flat()].toSorted((a, b) => a.at - b.at)
}

/** An incident that is reported, taken, put on hold, taken up again, resolved and closed. */
function life(index: number, opened: Instant): readonly Commit[] {
  const id = `INC-HONEST-${String(index).padStart(5, '0')}`
  const steps: readonly (readonly [state: string, after: number, more?: Data])[] = [
    ['new', 0],
    ['in_progress', 20 * minute + (index % 7) * minute, { team: 'operations' }],
    ['on_hold', hour, { team: 'operations', hold_reason: 'awaiting_caller' }],
    ['in_progress', 5 * hour, { team: 'operations' }],
    ['resolved', 2 * hour, solved],
    ['closed', 3 * day, solved],
  ]
  const log: Data[] = []
  let at = opened
  return steps.map(([state, after, more = {}]): Commit => {
    at += after
    log.push({ at: formatInstant(at), by: 'bob', state })
    const files = incident(id, state, formatInstant(opened - (index % 5) * minute), { ...more, log: [...log] })
    return {
      at,
      by: { name: 'bob', email: 'bob@example.invalid' },
      message: `${id}: ${state}`,
      files: Object.entries(files).map(([path, content]) => ({
        path: path.replace('/planted/', `/${formatInstant(opened).slice(0, 7)}/`),
        content,
      })),
    }
  })
}
