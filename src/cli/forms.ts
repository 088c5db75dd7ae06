import type { AddCommand } from './command.ts'

/** `gitsm forms`. */
export const addForms: AddCommand = (program, run) => {
  program
    .command('forms')
    .summary("write GitHub's issue forms from schemas and catalogue")
    .description(
      "Writes an issue form for each record type whose schema says what to ask (x-form), and one for each published catalogue item: choices from schemas, services, items and categories. What people answer becomes a record by 'gitsm intake'.",
    )
    .argument('[types...]', 'record types, such as incident; all of them when left out')
    .option('--out <folder>', 'the folder of the forms, from the root of the repository', '.github/ISSUE_TEMPLATE')
    .option('--check', 'write nothing, and exit with 1 when the forms are out of date', false)
    .action(async (types: readonly string[], options: { readonly out: string; readonly check: boolean }) => {
      await run(['text', 'json'], async (world) => {
        const { forms } = await import('../journeys/forms.ts')
        return forms(world, { types, ...options })
      })
    })
}
