import { basename } from 'node:path'
import { ask } from '../adapters/prompt.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { Fault } from '../core/fault.ts'
import { nearest } from '../core/nearest.ts'
import { type Data, isData, textAt, textsAt } from '../core/record.ts'
import { practicesNamed, practicesOf, type StarterChoices } from '../core/starter.ts'
import { isTimeZone } from '../core/time-zone.ts'
import type { TreeFile } from '../core/tree.ts'
import type { Brought } from './init-files.ts'
import type { World } from './world.ts'

/** What `gitsm init` is told on the command line. */
export interface InitOptions {
  readonly dir: string
  readonly practices?: string
  readonly organisation?: string
  readonly timezone?: string
  /** IANA zone of this machine, the likely one. */
  readonly zoneHere: string
  readonly withExample: boolean
  /** Ask nothing, take what is likely. */
  readonly yes: boolean
}

/**
 * What is to be made: as the options say, else as the `gitsm.yaml` that stands there, else as the person at the terminal
 * answers, else what is likely. Where there is a `gitsm.yaml` nothing is asked: it would not be changed by the answers.
 */
export async function starterChoices(
  { questions }: Pick<World, 'questions'>,
  { types, texts }: Brought,
  { root, standing }: { readonly root: string; readonly standing?: TreeFile },
  options: InitOptions,
): Promise<StarterChoices> {
  const known = practicesOf(types)
  const said = standing ? saidIn(standing) : {}
  const asking = options.yes || options.withExample || standing ? undefined : questions
  const answer = async (
    given: string | undefined,
    likely: string,
    question: { readonly field: string; readonly title: string; readonly description: string },
    read: (text: string) => unknown,
  ): Promise<string> => {
    if (given !== undefined) return given
    if (!asking) return likely
    return ask(asking, { ...question, choices: [], suggestion: likely }, (text) => problemOf(() => read(text)))
  }
  const example = (field: string): string | undefined =>
    options.withExample
      ? new RegExp(`^${field}: ([^#\\n]+)`, 'm').exec(texts.get('gitsm.yaml') ?? '')?.[1]?.trim()
      : undefined
  const organisation = await answer(
    options.organisation,
    textAt(said, 'organisation') ?? example('organisation') ?? (basename(root) || 'Our organisation'),
    { field: 'organisation', title: 'Organisation', description: 'Its name, as reports print it' },
    organisationNamed,
  )
  const timezone = await answer(
    options.timezone,
    textAt(said, 'timezone') ?? example('timezone') ?? options.zoneHere,
    { field: 'timezone', title: 'Time zone', description: 'Where its days begin and end, as Europe/Berlin' },
    zoneNamed,
  )
  const used = textsAt(said, 'practices').filter((practice) => known.includes(practice))
  const practices = await answer(
    options.practices ?? (known.length === 1 ? known[0] : undefined),
    (used.length > 0 ? used : known).join(','),
    { field: 'practices', title: 'Practices', description: `Those to begin with, of ${known.join(', ')}` },
    (text) => practicesNamed(text, known),
  )
  return {
    organisation: organisationNamed(organisation),
    timezone: zoneNamed(timezone),
    practices: practicesNamed(practices, known),
    withExample: options.withExample,
  }
}

/** What a `gitsm.yaml` says; nothing where it cannot be read, which `validate` tells. */
function saidIn({ path, bytes }: TreeFile): Data {
  const { data } = readYaml(path, bytes ?? new Uint8Array())
  return isData(data) ? data : {}
}

function problemOf(read: () => unknown): string | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (error instanceof Fault) return `${error.message}. ${error.cure}`
    throw error
  }
}

/** A name of an organisation: one line, as the schema of `gitsm.yaml` wants it. */
function organisationNamed(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= 250 && !/\p{Cc}/u.test(name)) return name
  throw new Fault('The name of the organisation must be one line of up to 250 characters', {
    cure: 'Give one with --organisation',
  })
}

function zoneNamed(text: string): string {
  if (isTimeZone(text)) return text
  const guess = nearest(text, Intl.supportedValuesOf('timeZone'))
  throw new Fault(`${JSON.stringify(text)} is no time zone`, {
    cure: guess === undefined ? 'Give a name of the IANA database: Europe/Berlin, UTC' : `Did you mean ${guess}?`,
  })
}
