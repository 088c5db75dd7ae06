import type { Rulebook } from './facts.ts'
import { missingFieldHint } from './missing-field-hint.ts'
import type { Route } from './place.ts'
import { routeText } from './place.ts'
import { isFilled, type RecordDoc, valueAt } from './record.ts'
import type { Finding } from './rule.ts'
import type { Step } from './steps.ts'

/** Where a step is written: the log entry that names it, else `state`. */
export function stepRoute(step: Step): Route {
  return step.entry === undefined ? ['state'] : ['log', step.entry, 'state']
}

/** A finding for each field that a step requires and the record, or the log entry of the step, does not carry. */
export function* missingFields(
  record: RecordDoc,
  step: Step,
  requires: readonly string[],
  without: string,
  rulebook: Rulebook,
): Generator<Finding> {
  for (const path of requires) {
    const route = path.split('.')
    const entry = step.entry === undefined ? undefined : valueAt(record.data, ['log', step.entry, ...route])
    if (isFilled(valueAt(record.data, route)) || isFilled(entry)) continue
    yield {
      message: `${without} ${routeText(route)}`,
      place: { file: record.file, route: stepRoute(step) },
      hint: missingFieldHint(record, route, rulebook),
    }
  }
}
