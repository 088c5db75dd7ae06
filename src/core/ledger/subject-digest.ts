import { compare } from '../diagnostic.ts'
import { textOfValue } from '../plain-text.ts'
import { type Data, isData } from '../record.ts'

/** Makes the digest of a text: `sha256:` and 64 hexadecimal digits. */
export type Sha256 = (text: string) => string

/** What an approval was given for, as digests: of each part of it, and of all of them together. */
export interface SubjectDigest {
  readonly digest: string
  /** By the name of the part: `record`, `rule`, `risk`, …. */
  readonly parts: Readonly<Record<string, string>>
}

/**
 * Parts that say what somebody wrote. All others are computed, and another version of GitSM may compute them otherwise.
 */
const written: readonly string[] = ['record', 'content', 'rule']

/** Whether a part of a subject says what somebody wrote, and not what was computed of it. */
export function isWritten(part: string): boolean {
  return written.includes(part)
}

/**
 * The digest of what an approval is given for, the same wherever it is made: the order of fields plays no part, nor
 * does that of what was computed. Each part has its own, so that a digest that does not match says what is another.
 */
export function subjectDigest(subject: Data, sha256: Sha256): SubjectDigest {
  const parts = Object.fromEntries(
    Object.entries(subject)
      .filter(([, value]) => value !== undefined)
      .toSorted(([a], [b]) => compare(a, b))
      .map(([part, value]) => [part, sha256(canonicalText(asOneWrites(part, value)))]),
  )
  return { digest: digestOfParts(parts, sha256), parts }
}

function asOneWrites(part: string, value: unknown): unknown {
  if (part === 'content') return contentId(value)
  return isWritten(part) ? value : inAnyOrder(value)
}

/** The id of the content of an ordinary file, with or without its mode before it; `null` of anything else. */
function contentId(content: unknown): string | null {
  return (typeof content === 'string' && /^(?:100\d{3} )?([0-9a-f]{40}(?:[0-9a-f]{24})?)$/.exec(content)?.[1]) || null
}

/** The digest of the parts of a subject together. */
export function digestOfParts(parts: SubjectDigest['parts'], sha256: Sha256): string {
  return sha256(canonicalText(parts))
}

/** The one text of a value: fields in the order of their names. */
export function canonicalText(value: unknown): string {
  return textOfValue(inOrder(value))
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isData(value)) return value
  const fields = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(fields.toSorted(([a], [b]) => compare(a, b)).map(([name, each]) => [name, inOrder(each)]))
}

function inAnyOrder(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((each) => canonicalText(each)).toSorted(compare)
}
