import type { Known } from './known.ts'

/** What rules ask of pushes to a branch: those of rulesets together, or those of classic branch protection. */
export interface BranchRules {
  /** Whether changes come by pull request only. */
  readonly pullRequest: boolean
  /** Approvals that GitHub itself asks for. */
  readonly approvals: number
  readonly dismissesStale: boolean
  readonly asksCodeOwners: boolean
  /** Whether somebody else than the last pusher must approve. */
  readonly asksForLastPush: boolean
  /** Checks that must succeed; `app` is the id of the App that must have made them, `null` where any will do. */
  readonly checks: readonly { readonly name: string; readonly app: number | null }[]
  /** Whether a branch must be up to date, or go through a queue, before it is merged. */
  readonly upToDate: boolean
  /** Whether nobody pushes but whoever is named as an exception. */
  readonly forbidsPushes: boolean
  readonly forbidsForce: boolean
  readonly forbidsDeletion: boolean
}

/** Somebody whom rules do not hold. */
export interface Bypass {
  readonly kind: 'app' | 'role' | 'team' | 'person' | 'deploy key' | 'administrators'
  /** What GitHub knows them by; `null` where it does not tell. */
  readonly id: number | null
  /** Whether only pull requests can be merged in spite of the rules, so that nothing is pushed past them. */
  readonly onlyPullRequests: boolean
}

/** The rules of a branch, by where they come from; GitHub applies both. */
export interface Protection {
  readonly rulesets: Known<BranchRules>
  readonly classic: Known<BranchRules>
  readonly bypass: Known<readonly Bypass[]>
}

/** An environment that jobs may use. */
export interface Environment {
  readonly name: string
  /** Branches whose runs may use it: all, those that are protected, or those that these patterns name. */
  readonly branches: 'all' | 'protected' | readonly string[]
}

/** What a repository on GitHub is set to, as far as the token may read it. */
export interface RepositorySettings {
  readonly repository: string
  readonly defaultBranch: string
  readonly mainline: Protection
  readonly ledger: Protection
  /** What the token of a run may do where a workflow does not say. */
  readonly runToken: Known<{ readonly mayWrite: boolean; readonly mayApprove: boolean }>
  readonly actions: Known<{ readonly allowed: string; readonly mustBePinned: boolean }>
  readonly environments: Known<readonly Environment[]>
  /** Names of the secrets that runs of every branch can read: those of the repository, and of its organisation. */
  readonly openSecrets: Known<readonly string[]>
  /** The variable GITSM_APP_ID as the gate gets it: which App it writes checks as. `null` where there is none. */
  readonly gateApp: Known<string | null>
  /** Workflows by their path, and whether they are started at all: `active`, `disabled_inactivity`, `disabled_manually`. */
  readonly workflows: Known<ReadonlyMap<string, string>>
}
