import { type Instant, parseInstant } from './instant.ts'
import { type Data, isData, listAt, textAt } from './record.ts'

/**
 * When a record last entered a state: as the log says, of its first entries only where that is asked, else as the field
 * `<state>_at` does. `undefined` where nothing tells.
 */
export function enteredAt(data: Data, state: string, entries?: number): Instant | undefined {
  const into = listAt(data, 'log')
    .slice(0, entries)
    .findLast((each) => isData(each) && each['state'] === state)
  return parseInstant((isData(into) ? textAt(into, 'at') : textAt(data, `${state}_at`)) ?? '')
}
