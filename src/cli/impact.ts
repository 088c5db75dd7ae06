import { Fault } from '../core/fault.ts'
import type { AddCommand } from './command.ts'

/** `gitsm impact`. */
export const addImpact: AddCommand = (program, run) => {
  program
    .command('impact')
    .summary('tell what the failure of an item, or a change, can reach')
    .description(
      'Tells which services and configuration items fail or degrade when an item fails, or all items that a change names, and what retiring it would orphan; `--format markdown` draws it.',
    )
    .argument('<ID>', 'the id of a service, configuration item, change or other record that names some')
    .option('--depth <steps>', 'look no further than so many steps', stepsArgument)
    .action(async (id: string, { depth }: { readonly depth?: number }) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { impact } = await import('../journeys/impact.ts')
        return impact(world, id, depth)
      })
    })
}

function stepsArgument(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new Fault(`${JSON.stringify(text)} is no number of steps`, { cure: 'Give a whole number from 1 on: --depth 2' })
}
