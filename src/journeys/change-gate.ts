import { cloneRemotes } from '../adapters/git/remotes.ts'
import { refuseShallow } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { conflictFacts } from '../core/conflict-facts.ts'
import { type GateAnswer, gateAnswer } from '../core/deployment/answer.ts'
import { authorisedStates } from '../core/deployment/authorised-state.ts'
import { type Clearance, type ClearanceFacts, clearanceBefore, clearanceWith } from '../core/deployment/clearance.ts'
import { type DeploymentTarget, environmentsFor, knownEnvironments } from '../core/deployment/target.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { findByName } from '../core/find-record.ts'
import type { Instant } from '../core/instant.ts'
import { nearest } from '../core/nearest.ts'
import { claimsTime } from '../core/planned-change.ts'
import { type RecordDoc, textAt } from '../core/record.ts'
import { judge } from '../core/rule.ts'
import { windowsOf } from '../core/window.ts'
import { changeGateJson, changeGateMarkdown, changeGateText } from '../render/change-gate.ts'
import { standardFollowsModel } from '../rules/standard-follows-model.ts'
import { changeAuthority } from './change-authority.ts'
import { decisionLedger } from './decision-ledger.ts'
import { deploymentRecords } from './deployment-records.ts'
import { mainlineHere, shortRef } from './ledger-source.ts'
import type { Snapshot } from './load.ts'
import { inRepository } from './other-repository.ts'
import { plainReader, sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/**
 * What `gitsm change-gate` is asked: whether a service may be deployed to an environment, when, and under which change.
 */
export interface ChangeGateOptions extends DeploymentTarget {
  readonly at: Instant
  /** The one change that is to clear it; any that is about it where left out. */
  readonly change?: string
  /** A folder or address of the service repository, where it is not the one that the command works in. */
  readonly repo?: string
  /** Whether what no ledger vouches for counts as approved, because nothing else gets onto the mainline. */
  readonly trustMainline: boolean
  /** Whether a change may go ahead whose approval its policy lets follow, until that is due. */
  readonly acceptEmergency: boolean
}

/**
 * Says whether an authorised change clears a deployment now. Whatever is not known refuses; nothing passes by default.
 */
export async function changeGate(world: World, options: ChangeGateOptions): Promise<Outcome> {
  return inRepository(world, options.repo, async (git) => {
    const answer = await answerFrom(world, git, options)
    const code = answer.met ? exit.pass : exit.findings
    if (world.format === 'json') return { code, out: changeGateJson(answer) }
    const out = world.format === 'markdown' ? changeGateMarkdown(answer) : changeGateText(answer, world.colour)
    return { code, out }
  })
}

async function answerFrom(world: World, git: GitDir, options: ChangeGateOptions): Promise<GateAnswer> {
  const { service, environment, at, trustMainline, acceptEmergency } = options
  const target = { service, environment }
  await refuseShallow(git)
  const { branch } = await mainlineHere(git, await cloneRemotes(git))
  if (!branch) throw new Fault('Nobody can tell which branch is the mainline', { cure: noMainline })
  const reader = sharingReader()
  const snapshot = await deploymentRecords(git, branch.tip, world.reader ?? plainReader, options.change)
  refuseUnknown(snapshot, target)
  const facts = clearanceFacts(snapshot, target, at)
  const asked = changesAsked(snapshot, facts, options.change)
  const ledger = await decisionLedger(git, branch.tip)
  for (const note of ledger.notes) world.say(`note: ${note}`)
  const unread = [...snapshot.unreadable].filter((key) => key.startsWith('change/')).toSorted()
  if (unread.length > 0) world.say(`note: ${unread.join(', ')} cannot be read, and clears nothing`)
  const search = {
    git,
    tip: branch.tip,
    reader,
    ledger,
    trustMainline,
    acceptPending: acceptEmergency,
    at,
    now: world.now,
  }
  const changes: Clearance[] = []
  for (const change of asked) {
    const before = clearanceBefore(change, facts)
    changes.push(before.met ? clearanceWith(before, await changeAuthority(search, change)) : before)
  }
  if (!acceptEmergency && changes.some(({ met, authority }) => !met && authority?.until !== undefined)) {
    world.say('note: --accept-emergency lets a change pass whose approval may still follow')
  }
  return gateAnswer({
    target,
    at,
    branch: shortRef(branch.ref),
    commit: branch.tip,
    ...(ledger.believed && { ledger: ledger.believed }),
    doubts: [...doubtsAbout(snapshot), ...ledger.doubts],
    changes,
  })
}

const noMainline = 'Fetch it: git fetch origin main:refs/remotes/origin/main; git remote set-head origin --auto'

function clearanceFacts(snapshot: Snapshot, target: DeploymentTarget, at: Instant): ClearanceFacts {
  const { records, rulebook, unreadable } = snapshot
  const lifecycle = rulebook.types.get('change')?.lifecycle
  if (!lifecycle) {
    throw new Fault('The service repository has no lifecycle of changes', {
      cure: 'gitsm init writes schemas/change/lifecycle.yaml; its practices must include change',
    })
  }
  return {
    target,
    at,
    conflict: conflictFacts(records, rulebook),
    states: lifecycle.states,
    authorised: new Set([...authorisedStates(lifecycle)].filter((state) => claimsTime(state, lifecycle))),
    unreadable,
    faultsOf: (change) =>
      judge([standardFollowsModel], { rulebook, records, unreadable, changes: [{ kind: 'added', after: change }] })
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => message),
  }
}

/** The changes that are about the target and not over; or the one that was named, whatever it is about. */
function changesAsked({ records, rulebook }: Snapshot, facts: ClearanceFacts, name?: string): readonly RecordDoc[] {
  const { service, environment } = facts.target
  const about = (change: RecordDoc): boolean => environmentsFor(change.data, service, records).includes(environment)
  if (name === undefined) {
    const lifecycle = rulebook.types.get('change')?.lifecycle
    const open = ({ data }: RecordDoc): boolean => lifecycle?.states.get(textAt(data, 'state') ?? '')?.final !== true
    return records.ofType('change').filter((change) => open(change) && about(change))
  }
  const change = findByName(name, records.ofType('change'))
  if (about(change)) return [change]
  const where = environmentsFor(change.data, service, records)
  throw new Fault(
    where.length === 0
      ? `${change.id} is not about ${service}`
      : `${change.id} is about ${service} in ${where.join(', ')}, not in ${environment}`,
    { cure: 'Name the change that covers this deployment, or leave --change out', code: exit.findings },
  )
}

/** A misspelt name would never be cleared, and nobody would know why. */
function refuseUnknown({ records, unreadable }: Snapshot, { service, environment }: DeploymentTarget): void {
  const services = records.ofType('service').map(({ id }) => id)
  if (!records.find('service', service)) {
    const guess = nearest(service, services)
    throw new Fault(
      `${unreadable.has(`service/${service}`) ? 'Nobody can read' : 'There is no'} service ${JSON.stringify(service)}`,
      { cure: guess ? `Did you mean ${guess}?` : 'gitsm list service shows what there is' },
    )
  }
  const environments = knownEnvironments(records)
  if (environments.includes(environment)) return
  throw new Fault(`Nothing is in the environment ${JSON.stringify(environment)}`, {
    cure: `Items are in ${environments.join(', ')}`,
  })
}

/** What could hide a freeze, or who may approve: then nothing passes. */
function doubtsAbout({ records, unreadable }: Snapshot): readonly string[] {
  const broken = [...unreadable].filter((key) => /^(window|policy|team)\//.test(key)).toSorted()
  const windows = records.ofType('window')
  const read = new Set(windowsOf(windows).map(({ id }) => id))
  const senseless = windows.filter(({ id }) => !read.has(id)).map(({ id }) => `window/${id}`)
  return [...broken, ...senseless].map((key) => `${key} cannot be read (gitsm validate tells why)`)
}
