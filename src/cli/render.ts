import { Fault } from '../core/fault.ts'
import type { AddCommand } from './command.ts'

interface RenderArguments {
  readonly all: boolean
  readonly out?: string
}

/** `gitsm render`. */
export const addRender: AddCommand = (program, run) => {
  program
    .command('render')
    .summary('the page of a record as Markdown')
    .description(
      'Renders a record by the template of its type, with what it refers to, its clocks and its timeline, as committed.',
    )
    .argument('[ID]', 'the id of a record')
    .option('--all', 'write the pages of all records to records/ in the folder of the reports', false)
    .option('--out <path>', 'the file to write to, with --all the folder; printed if left out')
    .action(async (name: string | undefined, { all, out }: RenderArguments) => {
      await run(['text', 'json'], async (world) => {
        if (all === (name !== undefined)) {
          throw new Fault('Name a record, or ask for all', { cure: 'gitsm render INC-…, or gitsm render --all' })
        }
        const { render } = await import('../journeys/render.ts')
        return render(world, { ...(name !== undefined && { name }), ...(out !== undefined && { out }) })
      })
    })
}
