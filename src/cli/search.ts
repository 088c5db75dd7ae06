import { countArgument } from './argument.ts'
import type { AddCommand } from './command.ts'

interface Options {
  readonly limit: number
  readonly service?: string
  readonly all: boolean
}

/** `gitsm search`. */
export const addSearch: AddCommand = (program, run) => {
  program
    .command('search')
    .summary('look for articles, known errors and solved incidents')
    .description(
      'Looks for words in articles, known errors and solved incidents, best first. Beginnings of words count, and small slips are forgiven.',
    )
    .argument('<words...>', 'what to look for')
    .option('--limit <n>', 'show so many at most', countArgument, 10)
    .option('--service <id>', 'only what is about this service')
    .option('--all', 'articles that are not in use, too', false)
    .action(async (words: readonly string[], options: Options) => {
      await run(['text', 'json'], async (world) => {
        const { searchRecords } = await import('../journeys/search.ts')
        return searchRecords(world, { words, ...options })
      })
    })
}
