import { type Data, isData, textsAt } from '../record.ts'
import { type Quorum, quorumOf, quorumText } from './quorum.ts'

/** Which approvals something needs. */
export type Requirement =
  | { readonly kind: 'none' }
  | { readonly kind: 'approvals'; readonly approvals: Quorum; readonly from: readonly string[] }
  /** That it was opened, and every commit of it written, by members of these teams. */
  | { readonly kind: 'author'; readonly author: readonly string[] }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Requirement[] }
  /** It contradicts itself, so nothing meets it. */
  | { readonly kind: 'unreadable'; readonly because: string }

/** Words of `from` that stand for teams which depend on the record. */
export const approverWords: readonly string[] = [
  'owner',
  'service-owner',
  'each-service-owner',
  'catalogue-item',
  'named-author',
]

/** The word of `author` for whoever the record itself names as its author. */
export const namedAuthor = 'named-author'

/** Those of them that stand for requirements of their own, so that no others stand beside them. */
const alone: readonly string[] = ['each-service-owner', 'catalogue-item']

/**
 * The requirement that the data of a rule's `require` describes. What is not exactly one of its forms is unreadable: an
 * approval must never be given because a policy was written carelessly.
 */
export function requirementOf(data: unknown): Requirement {
  if (data === 'none') return { kind: 'none' }
  if (!isData(data)) return { kind: 'unreadable', because: 'it is neither none nor a mapping' }
  const given = (['approvals', 'author', 'all', 'any'] as const).filter((form) => isGiven(data, form))
  const [form, other] = given
  if (form === undefined)
    return { kind: 'unreadable', because: 'it names neither approvals nor author nor all nor any' }
  if (other !== undefined) return { kind: 'unreadable', because: `it names both ${form} and ${other}` }
  if (form === 'approvals') return approvalsOf(data)
  return form === 'author' ? authorOf(data) : partsOf(form, data)
}

/** Templates fill what a record leaves out with `null`. */
function isGiven(data: Data, field: string): boolean {
  return data[field] !== undefined && data[field] !== null
}

function approvalsOf(data: Data): Requirement {
  const approvals = quorumOf(data['approvals'])
  const from = textsAt(data, 'from')
  if (approvals === undefined) {
    return { kind: 'unreadable', because: 'approvals is neither a number of people nor a share of them' }
  }
  if (from.length === 0) return { kind: 'unreadable', because: 'it does not say from whom' }
  const single = from.find((name) => alone.includes(name))
  if (from.includes(namedAuthor)) {
    return { kind: 'unreadable', because: `${namedAuthor} has a part in the record, and approves nothing of it` }
  }
  if (single !== undefined && from.length > 1) {
    return { kind: 'unreadable', because: `${single} stands beside other approvers` }
  }
  return { kind: 'approvals', approvals, from }
}

function authorOf(data: Data): Requirement {
  const author = textsAt(data, 'author')
  if (isGiven(data, 'from')) return { kind: 'unreadable', because: 'from stands beside author' }
  if (author.length === 0) return { kind: 'unreadable', because: 'it does not say of which team the author must be' }
  const single = author.find((name) => alone.includes(name))
  if (single !== undefined) return { kind: 'unreadable', because: `${single} says nothing about an author` }
  return { kind: 'author', author }
}

function partsOf(kind: 'all' | 'any', data: Data): Requirement {
  if (isGiven(data, 'from')) return { kind: 'unreadable', because: `from stands beside ${kind}` }
  const parts = data[kind]
  if (!Array.isArray(parts) || parts.length === 0) return { kind: 'unreadable', because: `${kind} of nothing` }
  return { kind, parts: parts.map(requirementOf) }
}

/** A requirement in words: `1 approval from cab or ecab`. */
export function requirementText(requirement: Requirement): string {
  switch (requirement.kind) {
    case 'none':
      return 'no approval'
    case 'unreadable':
      return `nothing that could be met (${requirement.because})`
    case 'approvals':
      return `${quorumText(requirement.approvals)} ${fromText(requirement.from)}`
    case 'author':
      return `a pull request by ${fromText(requirement.author)}`
    default: {
      const joint = requirement.kind === 'all' ? ', and ' : ', or '
      return requirement.parts.map(innerText).join(joint)
    }
  }
}

function innerText(part: Requirement): string {
  const nested = part.kind === 'all' || part.kind === 'any'
  return nested ? `(${requirementText(part)})` : requirementText(part)
}

function fromText(from: readonly string[]): string {
  const words: Readonly<Record<string, string>> = {
    owner: 'the owner',
    'service-owner': 'the owner of an affected service',
    'each-service-owner': 'the owner of each affected service',
    'catalogue-item': 'those whom the catalogue item names',
    [namedAuthor]: 'whoever it names as its author',
  }
  return from.map((who) => words[who] ?? who).join(' or ')
}

/** Every name that a requirement trusts, as approvers or as authors, teams and words alike. */
export function approversOf(requirement: Requirement): readonly string[] {
  switch (requirement.kind) {
    case 'approvals':
      return requirement.from
    case 'author':
      return requirement.author
    case 'all':
    case 'any':
      return [...new Set(requirement.parts.flatMap(approversOf))]
    default:
      return []
  }
}
