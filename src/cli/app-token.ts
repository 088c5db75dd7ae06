import { Fault } from '../core/fault.ts'
import type { AddCommand } from './command.ts'

/** `gitsm app-token`. */
export const addAppToken: AddCommand = (program, run) => {
  program
    .command('app-token')
    .summary('hand a token of the GitHub App to the next steps of a workflow')
    .description(
      'Makes a token of the GitHub App that GITSM_APP_ID and GITSM_APP_KEY name, for this repository and the permissions asked for, and hands it to the next steps as the output "token". Where no App is set up, the output is empty.',
    )
    .option('--permission <name=level>', 'a right that the token has, such as checks=write', permission, {})
    .action(async (options: { readonly permission: Readonly<Record<string, string>> }) => {
      await run(['text'], async (world) => {
        const { appToken } = await import('../journeys/app-token.ts')
        return appToken(world, options.permission)
      })
    })
}

function permission(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, name = '', level = ''] = /^([a-z][a-z_]*)=(read|write)$/.exec(text) ?? []
  if (name !== '') return { ...before, [name]: level }
  throw new Fault(`${JSON.stringify(text)} is no permission`, { cure: 'Write as contents=read or checks=write' })
}
