import type { Demand } from './demand.ts'
import type { Requirement } from './requirement.ts'

/** A name in `from` or `author` as the teams that it means for a demand. */
export function teamsMeant(name: string, { owner, serviceOwners }: Demand): readonly string[] {
  if (name === 'owner') return owner === undefined ? [] : [owner]
  return name === 'service-owner' ? serviceOwners : [name]
}

/** The requirement with the words written out that stand for requirements of their own. */
export function expanded(require: Requirement, demand: Demand): Requirement {
  if (require.kind === 'all' || require.kind === 'any') {
    return { kind: require.kind, parts: require.parts.map((part) => expanded(part, demand)) }
  }
  if (require.kind !== 'approvals') return require
  const { approvals, from } = require
  if (from.includes('catalogue-item')) return demand.itemApproval ?? noItem
  if (!from.includes('each-service-owner')) return require
  if (demand.serviceOwners.length === 0) return { kind: 'unreadable', because: 'no affected service has an owner' }
  return { kind: 'all', parts: demand.serviceOwners.map((team) => ({ kind: 'approvals', approvals, from: [team] })) }
}

const noItem: Requirement = { kind: 'unreadable', because: 'there is no catalogue item that could say who agrees' }
