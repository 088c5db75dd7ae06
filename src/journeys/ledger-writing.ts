import { setTimeout } from 'node:timers/promises'
import {
  commitAddition,
  fetchLedger,
  type LedgerAddition,
  moveLedger,
  pushLedger,
} from '../adapters/git/ledger-write.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { type Ledger, readFurthestLedger } from './ledger-reading.ts'
import { ledgerSource } from './ledger-source.ts'
import type { World } from './world.ts'

/** What is to be written on a ledger as it stands; nothing where it knows all of it already. */
export interface LedgerAdditionMade<T> {
  readonly told: T
  readonly addition?: Omit<LedgerAddition, 'parent'>
}

/** How often it is made anew because another run was faster. */
const rounds = 8

/**
 * Adds to the ledger in one commit. Only its branch moves, and only from where it was read: when another run is faster,
 * what that wrote stands, and the addition is made anew on top of it. Nothing is ever forced.
 */
export async function addToLedger<T>(
  { random }: Pick<World, 'random'>,
  git: GitDir,
  remote: string | undefined,
  make: (ledger: Ledger | undefined) => Promise<LedgerAdditionMade<T>>,
): Promise<T> {
  for (let round = 1; round <= rounds; round++) {
    const added = await tryOnce(git, remote, make)
    if (added) return added.told
    const [jitter = 0] = random(1)
    await setTimeout(20 * round + jitter * round)
  }
  throw new Fault(`The ledger moved on ${rounds} times while an entry was written`, {
    cure: 'Run the command again',
    code: exit.outside,
  })
}

/** One attempt; `undefined` when another run was faster. */
async function tryOnce<T>(
  git: GitDir,
  remote: string | undefined,
  make: (ledger: Ledger | undefined) => Promise<LedgerAdditionMade<T>>,
): Promise<{ readonly told: T } | undefined> {
  if (remote !== undefined) await fetchLedger(git, remote)
  const source = await ledgerSource(git, remote)
  const ledger = await readFurthestLedger(git, source)
  if (ledger) refuseUnsound(ledger)
  const { told, addition } = await make(ledger)
  if (!addition) {
    // What this clone wrote before it could be pushed is pushed now.
    if (ledger && remote !== undefined && !(await pushLedger(git, remote, ledger.commit))) return undefined
    return { told }
  }
  const commit = await commitAddition(git, { ...(ledger && { parent: ledger.commit }), ...addition })
  // The remote decides who was first; a branch of this clone follows it.
  if (remote !== undefined && !(await pushLedger(git, remote, commit))) return undefined
  const moved = await moveLedger(git, commit, source.own?.tip)
  return moved || remote !== undefined ? { told } : undefined
}

function refuseUnsound({ broken, diverged }: Ledger): void {
  if (!broken && diverged === undefined) return
  throw new Fault(`The ledger cannot go on: ${broken?.message ?? diverged}`, {
    cure: 'gitsm ledger verify tells more; put right what was changed, from a clone that still has it',
    code: exit.findings,
  })
}
