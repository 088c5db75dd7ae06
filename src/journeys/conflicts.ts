import { conflictFacts } from '../core/conflict-facts.ts'
import { type ChangeConflicts, changeConflicts } from '../core/conflict-report.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { findByName } from '../core/find-record.ts'
import type { Instant } from '../core/instant.ts'
import { laidOver, type Tentative } from '../core/tentative.ts'
import { type ConflictList, conflictsJson, conflictsMarkdown, conflictsText } from '../render/conflicts.ts'
import { gitHubOf } from './github-connection.ts'
import { withOpenPulls } from './open-pulls.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm conflicts` is asked: one change or all that are open, and from when on free time is looked for. */
export interface ConflictsOptions {
  readonly id?: string
  readonly asOf: Instant
  readonly failOnOpen: boolean
  /** Whether what open pull requests propose is looked at, too. */
  readonly pulls?: boolean
}

/**
 * What one change collides with, or all open changes do, as the working tree stands, with what is proposed on GitHub.
 */
export async function conflicts(
  world: World,
  { id, asOf, failOnOpen, pulls = false }: ConflictsOptions,
  connect: typeof gitHubOf = gitHubOf,
): Promise<Outcome> {
  const { snapshot } = await openRepository(world)
  const { rulebook, unreadable } = snapshot
  const tentative = pulls ? await proposedOnGitHub(world, connect) : []
  const records = pulls ? laidOver(snapshot.records, tentative) : snapshot.records
  const facts = conflictFacts(records, rulebook)
  const asked = id === undefined ? facts.changes.all.map(({ record }) => record) : [findByName(id, records.all)]
  const [wrong] = asked.filter(({ type }) => type !== 'change')
  if (wrong) {
    throw new Fault(`${wrong.id} is a ${wrong.type}, and only changes collide`, {
      cure: 'gitsm windows tells when windows last, gitsm impact what hangs on an item or a service',
    })
  }
  const unread = [...unreadable].filter((key) => key.startsWith('change/') || key.startsWith('window/')).length
  if (unread > 0) world.say(`${unread} changes and windows cannot be read: gitsm validate tells why`)
  const found = asked.map((change) => changeConflicts(change, facts, id === undefined ? undefined : asOf))
  const proposedIn = pullsOf(tentative)
  const list = { asOf, zone: rulebook.config.timezone, one: id !== undefined, changes: found, proposedIn }
  const failing = failOnOpen && found.some(({ open }) => open > 0)
  return { code: failing ? exit.findings : exit.pass, out: rendered(world, list) }
}

async function proposedOnGitHub(world: World, connect: typeof gitHubOf): Promise<readonly Tentative[]> {
  return withOpenPulls(world, await connect(world), undefined, async ({ tentative }) => tentative)
}

/** The pull request that proposes a change, by its id; the first where several do. */
function pullsOf(tentative: readonly Tentative[]): ReadonlyMap<string, number> {
  const changes = tentative.flatMap(({ pull, records }) =>
    records.flatMap(({ type, id }) => (type === 'change' ? [[id, pull] as const] : [])),
  )
  return new Map(changes.toReversed())
}

function rendered(world: World, list: ConflictList & { readonly changes: readonly ChangeConflicts[] }): string {
  if (world.format === 'json') return conflictsJson(list)
  return world.format === 'markdown' ? conflictsMarkdown(list) : conflictsText(list, world.colour)
}
