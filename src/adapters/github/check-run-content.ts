import type { Annotation } from '../../core/annotation.ts'
import { cutMarkdown } from '../../core/cut-text.ts'
import type { Parameters } from './connection.ts'
import { sameBody } from './marker.ts'

/** What a check run says. It is never neutral or skipped, because GitHub lets both pass where a check is required. */
export interface CheckRunText {
  readonly name: string
  /** The commit that it stands on. */
  readonly head: string
  /** Parts joined by colons. A run whose id differs in the last part only is taken over. */
  readonly externalId: string
  /** `undefined` while it waits for somebody. */
  readonly conclusion: 'success' | 'failure' | undefined
  readonly title: string
  readonly summary: string
  readonly text?: string
  readonly annotations: readonly Annotation[]
}

/** What a check run that stands says, as far as it is compared. */
interface Said {
  readonly externalId: string
  readonly conclusion: string | null
  readonly title: string | null
  readonly summary: string | null
  readonly text: string | null
}

/** GitHub takes so many annotations in one request, and so many characters in a summary or a text. */
export const batch = 50
const longest = 65_000
const longestTitle = 250
const longestMessage = 16_000

/** Whether a check run says this already, but for its annotations. */
export function saysAlready(run: Said, wanted: CheckRunText): boolean {
  const { external_id, conclusion, output } = contentOf(wanted, 0)
  return (
    run.externalId === external_id &&
    run.conclusion === (conclusion ?? null) &&
    run.title === output.title &&
    sameBody(run.summary, output.summary) &&
    sameBody(run.text, output.text ?? '')
  )
}

interface Content extends Parameters {
  readonly external_id: string
  readonly conclusion?: string
  readonly output: {
    readonly title: string
    readonly summary: string
    readonly text?: string
    readonly annotations: readonly Annotation[]
  }
}

/** A check run as GitHub takes it, with the annotations from there on. */
export function contentOf(
  { externalId, conclusion, title, summary, text, annotations }: CheckRunText,
  from: number,
): Content {
  return {
    external_id: externalId,
    ...(conclusion ? { status: 'completed', conclusion } : { status: 'in_progress' }),
    output: {
      title: title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title,
      summary: cutMarkdown(summary, longest, tooLong),
      ...(text && { text: cutMarkdown(text, longest, tooLong) }),
      annotations: annotations.slice(from, from + batch).map(annotationOf),
    },
  }
}

const tooLong = 'The rest is left out, because GitHub shows no more here.'

function annotationOf(annotation: Annotation): Annotation {
  const { start_column, end_column, message, title, ...rest } = annotation
  const single = annotation.start_line === annotation.end_line
  return {
    ...rest,
    message: message.slice(0, longestMessage),
    ...(title && { title: title.slice(0, longestTitle) }),
    ...(single && start_column && { start_column }),
    ...(single && end_column && { end_column }),
  }
}
