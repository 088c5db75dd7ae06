import { parseInstant } from '../core/instant.ts'
import { type Data, isData, isFilled, listAt, textAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/** By method, the field that holds its steps. */
const steps = new Map([
  ['five_whys', 'whys'],
  ['fishbone', 'causes'],
  ['timeline', 'events'],
])

/**
 * An analysis has the steps of its method, and ends in what the problem calls its root cause.
 *
 * A root cause without the way to it is an opinion: the next person can neither follow nor doubt it.
 */
export const problemAnalysisFollowsMethod: Rule = {
  id: 'problem-analysis-follows-method',
  severity: 'error',
  summary: 'The analysis of a problem has the steps of its method',
  local: true,
  *check({ records }) {
    for (const { id, file, data } of records.ofType('problem')) {
      const analysis = data['analysis']
      const method = isData(analysis) ? textAt(analysis, 'method') : undefined
      if (!isData(analysis) || method === undefined) continue
      const wanted = steps.get(method)
      if (wanted !== undefined && !isFilled(analysis[wanted])) {
        yield {
          message: `${id} is analysed by ${method}, but has no ${wanted}`,
          place: { file, route: ['analysis', 'method'] },
          hint: `Add analysis.${wanted}, or name the method that was used`,
        }
      }
      for (const [other, field] of steps) {
        if (other === method || !Object.hasOwn(analysis, field)) continue
        yield {
          message: `${field} belong to the method ${other}, not to ${method}`,
          place: { file, route: ['analysis', field], at: 'key' },
          hint: `Write method: ${other}, or leave ${field} out`,
        }
      }
      yield* rootOfFishbone(file, data, analysis)
      yield* orderOfEvents(file, analysis)
    }
  },
}

function* rootOfFishbone(file: string, data: Data, analysis: Data): Generator<Finding> {
  const causes = listAt(analysis, 'causes').filter(isData)
  if (causes.length === 0 || !isFilled(data['root_cause'])) return
  if (causes.some((cause) => cause['verdict'] === 'root')) return
  yield {
    message: 'A root cause is given, but no cause of the analysis has the verdict root',
    place: { file, route: ['analysis', 'causes'], at: 'key' },
    hint: 'Give the cause that it is the verdict root',
  }
}

function* orderOfEvents(file: string, analysis: Data): Generator<Finding> {
  let latest = Number.NEGATIVE_INFINITY
  for (const [index, event] of listAt(analysis, 'events').entries()) {
    const at = isData(event) ? parseInstant(textAt(event, 'at') ?? '') : undefined
    if (at === undefined) continue
    if (at < latest) {
      yield {
        message: 'This event lies before the one above it',
        place: { file, route: ['analysis', 'events', index, 'at'] },
        hint: 'List events from the oldest to the newest',
      }
    }
    latest = Math.max(latest, at)
  }
}
