import type { Proposal } from '../approval/demand.ts'
import { governancePolicies, isGoverned } from '../approval/guarded.ts'
import { isJudgingFile } from '../approval/judging-file.ts'
import { policyOf } from '../approval/policy.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { Place } from '../place.ts'
import { isSame } from '../same.ts'

/** Something that judges others and was changed while nobody governed. */
export interface Ungoverned {
  /** The id of a record, or the path of a file. */
  readonly id: string
  readonly place: Place
}

/**
 * What a mainline commit changed of the rules, agreements and teams that judge others while the tree that it found had
 * nobody to govern them; empty where somebody does, or where policies are not in use.
 */
export function ungoverned({ rulebook, base, changes, files }: Omit<Proposal, 'computed'>): readonly Ungoverned[] {
  const policies = base.ofType('policy').map(policyOf)
  if (!rulebook.types.has('policy') || governancePolicies(policies, base).length > 0) return []
  const records = changes
    .filter((change) => change.kind !== 'edited' || !isSame(change.before.data, change.after.data))
    .filter((change) => isGoverned(change, policies))
    .map((change) => (change.kind === 'removed' ? change.before : change.after))
    .map(({ id, file }): Ungoverned => ({ id, place: { file, route: [] } }))
  const judging = files.map(({ path }) => path).filter(isJudgingFile)
  return [...records, ...judging.map((path): Ungoverned => ({ id: path, place: { file: path, route: [] } }))]
}

/** The finding about it, for whoever wants to be strict. */
export function bootstrapFinding({ id, place }: Ungoverned): Diagnostic {
  return {
    rule: 'bootstrap',
    severity: 'error',
    message: `${id} judges others, and it was changed while nobody governed this repository`,
    place,
    hint: 'Look at it, fill the team that a policy with `guards: governance` names, and verify from there on with --base',
  }
}
