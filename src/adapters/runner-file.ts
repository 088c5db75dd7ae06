import { appendFileSync, statSync } from 'node:fs'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'

/** The environment of a step, and chance that nobody who wrote a record could foresee. */
export interface Runner {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly random: (count: number) => Uint8Array
}

/** GitHub shows a job summary up to 1 MiB a step, and takes outputs of as much a job. */
const largest = 900 * 1024

/** A value that later steps could not be handed whole. */
export type TooLarge = readonly string[]

/**
 * Hands values to later steps as outputs of this one; does nothing outside of GitHub Actions. Values are data: they
 * stand between delimiters that nobody can foresee. Gives back the names of those that are too large, which are left
 * out.
 */
export function setOutputs({ env, random }: Runner, values: Readonly<Record<string, string>>): TooLarge {
  const file = env['GITHUB_OUTPUT']
  if (file === undefined || file === '') return []
  let room = largest
  const left: string[] = []
  const lines = Object.entries(values).flatMap(([name, value]) => {
    if (Buffer.byteLength(value) > room) {
      left.push(name)
      return []
    }
    room -= Buffer.byteLength(value)
    const delimiter = `gitsm_${Buffer.from(random(16)).toString('hex')}`
    return [`${name}<<${delimiter}\n${value}\n${delimiter}\n`]
  })
  append(file, lines.join(''))
  return left
}

/**
 * Adds Markdown to the summary of the job; does nothing outside of GitHub Actions. What would make the summary too
 * large to be shown is cut between two paragraphs, and the summary says so.
 */
export function addSummary({ env }: Pick<Runner, 'env'>, markdown: string): void {
  const file = env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return
  const taken = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  append(file, cut(markdown.endsWith('\n') ? markdown : `${markdown}\n`, largest - taken))
}

const note = '\n*The rest is left out: it is more than GitHub shows.*\n'

function cut(markdown: string, room: number): string {
  if (Buffer.byteLength(markdown) <= room) return markdown
  const bytes = Buffer.from(markdown).subarray(0, Math.max(0, room - Buffer.byteLength(note) - 8))
  const kept = bytes.subarray(0, Math.max(0, bytes.lastIndexOf('\n\n') + 1)).toString('utf8')
  const isOpen = (kept.match(/^```/gm)?.length ?? 0) % 2 === 1
  return room < Buffer.byteLength(note) + 8 ? '' : `${kept}${isOpen ? '```\n' : ''}${note}`
}

function append(file: string, text: string): void {
  if (text === '') return
  try {
    appendFileSync(file, text)
  } catch (cause) {
    throw new Fault('The file in which the runner takes outputs and summaries cannot be written', {
      cure: 'Check GITHUB_OUTPUT and GITHUB_STEP_SUMMARY, and the space on the runner',
      code: exit.outside,
      cause,
    })
  }
}
