import { type Command, Option } from 'commander'
import type { Publication } from '../journeys/publish.ts'

/** The options of a command that can bring what it writes to a remote; `true` where no remote is named. */
export interface PublicationArguments {
  readonly push?: string | true
  readonly pr?: string | true
}

/** Adds `--push` and `--pr` to a command. */
export function withPublication(command: Command): Command {
  return command
    .addOption(
      new Option('--push [remote]', 'commit it straight to the mainline of a remote, as far as policies allow'),
    )
    .addOption(new Option('--pr [remote]', 'open a pull request for it').conflicts('push'))
}

/** Where the arguments say that something goes; `undefined` for the working tree. */
export function publicationOf({ push, pr }: PublicationArguments): Publication | undefined {
  const named = push ?? pr
  if (named === undefined) return undefined
  return { lane: push === undefined ? 'pull_request' : 'direct', ...(named !== true && { remote: named }) }
}
