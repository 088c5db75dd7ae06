import { type Lifecycle, requiredIn, type Transition } from '../lifecycle.ts'
import { meets } from '../lifecycle-when.ts'
import { type Data, isFilled, textAt, valueAt } from '../record.ts'

/**
 * The fields that a record lacks on its shortest way to being authorised: those of every state up to that, and of each
 * step.
 */
export function missingUntilAuthorised(lifecycle: Lifecycle, data: Data): readonly string[] {
  const here = textAt(data, 'state') ?? ''
  const steps = wayToApproval(lifecycle, here, data)
  const states = [here, ...steps.map(({ to }) => to)].flatMap((name) => lifecycle.states.get(name) ?? [])
  const required = [...states.flatMap((state) => requiredIn(state, data)), ...steps.flatMap(({ requires }) => requires)]
  return [...new Set(required)].filter((path) => !isFilled(valueAt(data, path.split('.'))))
}

/** The steps to the nearest one that asks for approval, that one last; none where no way leads there. */
function wayToApproval({ transitions }: Lifecycle, here: string, data: Data): readonly Transition[] {
  const seen = new Set([here])
  let ways: readonly (readonly Transition[])[] = [[]]
  while (ways.length > 0) {
    const longer = ways.flatMap((way) =>
      transitions
        .filter(({ from, when }) => from === (way.at(-1)?.to ?? here) && meets(when, data))
        .map((step) => [...way, step]),
    )
    const found = longer.find((way) => way.at(-1)?.guard === 'approval')
    if (found) return found
    ways = longer.filter((way) => {
      const to = way.at(-1)?.to ?? here
      if (seen.has(to)) return false
      seen.add(to)
      return true
    })
  }
  return []
}
