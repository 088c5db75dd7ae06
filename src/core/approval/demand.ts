import type { RecordIndex, Rulebook } from '../facts.ts'
import type { Place } from '../place.ts'
import { type Change, type Data, isData, textAt } from '../record.ts'
import { isSame } from '../same.ts'
import { affectedServices, baseFirst, type Lookup, serviceOwners } from './affected.ts'
import { governancePolicies, isGoverned, ownerOf } from './guarded.ts'
import { type Involved, involvedIn, renamedPart } from './involved-field.ts'
import { isJudgingFile } from './judging-file.ts'
import { anyEdit, editedFields, type Occasion, occasionsOf } from './occasion.ts'
import { governance, type Policy, type PolicyRule, policyOf } from './policy.ts'
import { type Requirement, requirementOf } from './requirement.ts'
import { matchingRule, ruleFacts } from './rule-match.ts'

/** A file that is no record, by the ids of its contents. */
export interface ChangedFile {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** What a pull request changes, between its base and what merging it would give. */
export interface Proposal {
  readonly rulebook: Rulebook
  readonly base: RecordIndex
  readonly result: RecordIndex
  readonly changes: readonly Change[]
  /** Files other than records. */
  readonly files: readonly ChangedFile[]
  /** By `<type>/<id>`, what is known of a record by computation: `risk`, `impact`, `conflicts`, `windows`. */
  readonly computed: ReadonlyMap<string, Data>
}

/** One approval that a pull request needs: a record or file, and the rule that speaks about it. */
export interface Demand {
  /** `<type>/<id>`, or the path of a file. */
  readonly key: string
  readonly id: string
  readonly type?: string
  readonly place: Place
  /** What asks for it, in words: `authorize → scheduled`. */
  readonly reason: string
  readonly policy: Policy
  /** Absent where no rule of the policy matches: then nothing can be approved. */
  readonly rule?: PolicyRule
  /** All that an approval is given for: what is written, what is computed of it, and the rule. */
  readonly subject: Data
  readonly owner?: string
  readonly serviceOwners: readonly string[]
  /** What the catalogue item of a request requires. */
  readonly itemApproval?: Requirement
  /** People who may not approve it, as the record names them, with the field that does. */
  readonly involved: readonly Involved[]
}

/**
 * Every approval that a pull request needs by the policies of its base. A record of a type without a policy is
 * unguarded; what judges others asks governance beside the policy of its type, and so does naming somebody else as the
 * one who asked for something.
 */
export function demandsOf(proposal: Proposal): readonly Demand[] {
  const policies = proposal.base.ofType('policy').map(policyOf)
  const governing = governancePolicies(policies, proposal.base)
  // Where only the data beside a record changed, the file asks for itself.
  const written = proposal.changes.filter(
    (change) => change.kind !== 'edited' || !isSame(change.before.data, change.after.data),
  )
  const ofRecords = written.flatMap((change) => {
    const { type } = change.kind === 'removed' ? change.before : change.after
    const governed = isGoverned(change, policies)
    const own = policies.filter(({ guards }) => guards.includes(type) && !guards.includes(governance))
    // Until somebody governs, nobody could let the first ones in.
    if (governed && governing.length === 0) return []
    const asking = own.flatMap((policy) =>
      occasionsOf(change, proposal.rulebook).map((each) => [policy, each] as const),
    )
    const { lifecycle } = proposal.rulebook.types.get(type) ?? {}
    const renamed = own.length > 0 ? renamedPart(change, lifecycle, { isAsked: asking.length > 0 }) : undefined
    const governs = governed ? anyEdit(change) : renamed
    const all = [...asking, ...(governs ? governing.map((policy) => [policy, governs] as const) : [])]
    return all.map(([policy, occasion]) => recordDemand(proposal, change, policy, occasion))
  })
  return merged([...ofRecords, ...fileDemands(proposal, policies, governing)])
}

/** What a policy asks of a change of a record, on one occasion. */
export function recordDemand(proposal: Proposal, change: Change, policy: Policy, occasion: Occasion): Demand {
  const now = change.kind === 'removed' ? change.before : change.after
  const stood = change.kind === 'added' ? now : change.before
  const { type, id, file } = now
  const key = `${type}/${id}`
  const find: Lookup = baseFirst(proposal.base, proposal.result)
  const computed = proposal.computed.get(key) ?? {}
  const services = affectedServices(type, id, now.data, find)
  const edited = editedFields(change)
  const about = { type, id, event: change.kind, path: file, states: occasion.states, data: now.data, edited, computed }
  const matching = matchingRule(policy, ruleFacts(about, services, proposal.base))
  const rule = matching && occasion.ratifies ? atOnce(matching) : matching
  const owner = ownerOf(type, id, stood.data)
  return {
    key,
    id,
    type,
    place: { file, route: occasion.route },
    reason: occasion.reason,
    policy,
    ...(rule && { rule }),
    subject: { ...computed, record: change.kind === 'removed' ? null : now.data, rule: rule?.data ?? null },
    ...(owner !== undefined && { owner }),
    serviceOwners: serviceOwners(services, find),
    ...itemApproval(now.data, find),
    involved: [...new Set([stood.data, now.data])].flatMap(involvedIn),
  }
}

/** A rule whose approval may not follow. */
function atOnce({ retroactive, ...rule }: PolicyRule): PolicyRule {
  return rule
}

/** What the catalogue item that a record names requires; nothing where it names none. */
function itemApproval(data: Data, find: Lookup): Pick<Demand, 'itemApproval'> {
  const item = find('catalogue-item', textAt(data, 'item') ?? '')
  if (!item) return {}
  const { approval } = item.data
  if (!isData(approval)) return { itemApproval: { kind: 'none' } }
  return { itemApproval: requirementOf({ approvals: approval['approvals'] ?? 1, from: approval['from'] }) }
}

/** Files that judge others ask governance; data beside a record asks whoever guards the record. */
function fileDemands(proposal: Proposal, policies: readonly Policy[], governing: readonly Policy[]): readonly Demand[] {
  return proposal.files.flatMap(({ path, before, after }) => {
    const beside = recordBeside(proposal, path)
    const asked = beside ? policies.filter(({ guards }) => guards.includes(beside.type)) : []
    const event = before === null ? 'added' : after === null ? 'removed' : 'edited'
    const data = beside?.data ?? {}
    const owner = beside && ownerOf(beside.type, beside.id, data)
    const about = {
      id: path,
      event,
      path,
      states: [],
      data,
      edited: [],
      computed: {},
      ...(beside && { type: beside.type }),
    } as const
    return (isJudgingFile(path) ? governing : asked).map((policy): Demand => {
      const rule = matchingRule(policy, ruleFacts(about, [], proposal.base))
      return {
        key: path,
        id: path,
        place: { file: path, route: [] },
        reason: event,
        policy,
        ...(rule && { rule }),
        subject: { content: after, rule: rule?.data ?? null },
        ...(owner !== undefined && { owner }),
        serviceOwners: [],
        involved: [],
      }
    })
  })
}

/** The record that a file of data lies beside: of the same name, or the one whose `data` names it. */
function recordBeside({ base, result }: Proposal, path: string) {
  if (!path.startsWith('records/')) return undefined
  const [folder, stem] = [path.slice(0, path.lastIndexOf('/') + 1), path.replace(/\.[^./]+$/, '')]
  return [...base.all, ...result.all].find(
    ({ file, data }) => file === `${stem}.yaml` || `${folder}${textAt(data, 'file') ?? ''}` === path,
  )
}

/** A rule that several steps of one record ask is one demand. */
function merged(demands: readonly Demand[]): readonly Demand[] {
  const found = new Map<string, Demand>()
  for (const demand of demands) {
    const key = JSON.stringify([demand.key, demand.policy.id, demand.rule?.name ?? null])
    const other = found.get(key)
    found.set(key, other ? { ...other, reason: `${other.reason}, ${demand.reason}` } : demand)
  }
  return [...found.values()]
}
