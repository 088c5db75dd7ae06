/** How many people must approve: a number of them, or a share of the members of the teams that are asked. */
export type Quorum = number | 'majority' | { readonly percent: number }

const percentForm = /^(100|[1-9]\d?)%$/

/** Reads `2`, `majority` or `60%`; `undefined` for anything else. */
export function quorumOf(value: unknown): Quorum | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 1 ? value : undefined
  if (value === 'majority') return value
  const percent = typeof value === 'string' ? percentForm.exec(value)?.[1] : undefined
  return percent === undefined ? undefined : { percent: Number(percent) }
}

/**
 * How many approvals a quorum is among so many members, never none. Members count who may not approve this one, too:
 * otherwise whoever made others take part in a change would need fewer of the rest.
 */
export function approvalsNeeded(quorum: Quorum, members: number): number {
  if (typeof quorum === 'number') return quorum
  if (quorum === 'majority') return Math.floor(members / 2) + 1
  return Math.max(1, Math.ceil((members * quorum.percent) / 100))
}

/** A quorum in words, up to the name of whom it is asked: `2 approvals from`, `approvals from 60% of`. */
export function quorumText(quorum: Quorum): string {
  if (typeof quorum === 'number') return `${countText(quorum)} from`
  return `approvals from ${quorum === 'majority' ? 'a majority' : `${quorum.percent}%`} of`
}

/** `1 approval`, `2 approvals`. */
export function countText(approvals: number): string {
  return `${approvals} approval${approvals === 1 ? '' : 's'}`
}
