import { exit } from '../core/exit.ts'
import type { Seconds } from '../core/instant.ts'
import { repeatIncidents, usualRate } from '../core/repeat-incidents.ts'
import { suggestionsJson, suggestionsText } from '../render/suggestions.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm suggest problems` is asked; what is left out comes from `gitsm.yaml`. */
export interface SuggestOptions {
  readonly over?: Seconds
  readonly atLeast?: number
}

/** Finds the repeated incidents of the working tree that call for a problem. */
export async function suggestProblems(world: World, options: SuggestOptions): Promise<Outcome> {
  const { snapshot } = await openRepository(world)
  const usual = snapshot.rulebook.config.repeats ?? usualRate
  const rate = { over: options.over ?? usual.over, atLeast: options.atLeast ?? usual.atLeast }
  const asOf = world.asOf ?? world.now
  const suggestions = { asOf, rate, repeats: repeatIncidents(snapshot.records, rate, asOf) }
  return {
    code: exit.pass,
    out: world.format === 'json' ? suggestionsJson(suggestions) : suggestionsText(suggestions, world.colour),
  }
}
