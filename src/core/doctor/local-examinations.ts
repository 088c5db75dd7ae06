import { type Examination, fine, given, weak } from './examination.ts'
import type { Known } from './known.ts'

/** What a clone, its configuration and its workflows are, as far as this machine can tell. */
export interface LocalFacts {
  /** What `git --version` and Node say of themselves. */
  readonly git: string
  readonly node: string
  readonly shallow: boolean
  /** What is wrong with `gitsm.yaml`, the schemas or the lifecycles; empty where nothing is. */
  readonly configuration: string
  /** How many people govern; unknown where the configuration cannot be read. */
  readonly governors: Known<number>
  /** The branch of the ledger that is believed, or `undefined` where this clone has none. */
  readonly ledger: string | undefined
  /** How the copy of the program in the repository compares with the one that asks; both by their digests. */
  readonly engine: Known<{ readonly own: string; readonly asking: string }>
  /** Workflows of GitSM that are not there, and those that are not as it ships them. */
  readonly shipped: Known<{ readonly missing: readonly string[]; readonly changed: readonly string[] }>
  /** What workflows of the repository do that they should not, in words. */
  readonly unsafe: readonly string[]
  /** Places of configuration that nobody owns in CODEOWNERS. */
  readonly unowned: readonly string[]
}

/** What is looked at on this machine, in the order in which one would mend it. */
export const localExaminations: readonly (Examination<LocalFacts> & { readonly area: string })[] = [
  {
    id: 'git-is-new-enough',
    area: 'clone',
    severity: 'high',
    summary: 'git is 2.38 or newer, which can merge without a working tree',
    cure: 'Install a newer git',
    look: ({ git }) => (isAtLeast(git, 2, 38) ? fine(`git ${git}`) : weak(`git ${git}`)),
  },
  {
    id: 'node-is-new-enough',
    area: 'clone',
    severity: 'high',
    summary: 'Node is 20.19 or newer',
    cure: 'Install a newer Node',
    look: ({ node }) => (isAtLeast(node, 20, 19) ? fine(`Node ${node}`) : weak(`Node ${node}`)),
  },
  {
    id: 'clone-is-whole',
    area: 'clone',
    severity: 'high',
    summary: 'The clone holds the whole history, which all clocks run on',
    cure: 'git fetch --unshallow; in a workflow, fetch-depth: 0',
    look: ({ shallow }) => (shallow ? weak('the clone is shallow') : fine('nothing is cut off')),
  },
  {
    id: 'ledger-is-here',
    area: 'clone',
    severity: 'low',
    summary: 'The ledger is here, so that times can be attested',
    cure: 'git fetch origin gitsm-ledger; where the remote has none, let gitsm-record.yml run once',
    look: ({ ledger }) =>
      ledger === undefined ? weak('all times are what commits claim') : fine(`${ledger} is believed`),
  },
  {
    id: 'configuration-can-judge',
    area: 'configuration',
    severity: 'high',
    summary: 'gitsm.yaml, schemas and lifecycles can be read',
    cure: 'Correct the file that is named',
    look: ({ configuration }) => (configuration === '' ? fine('they can') : weak(configuration)),
  },
  {
    id: 'somebody-governs',
    area: 'configuration',
    severity: 'high',
    summary: 'Somebody governs: the teams that the policy on governance names have two members or more',
    cure: 'Fill the team that the policy with guards: governance names (as gitsm init leaves it, records/team/governance.yaml) by pull request; one alone cannot approve what they propose themselves',
    look: ({ governors }) =>
      given(governors, (count) => {
        if (count === 0) return weak('nobody does: whoever may write can change every rule')
        return count === 1 ? weak('one person does, who can approve nothing of their own') : fine(`${count} people do`)
      }),
  },
  {
    id: 'rules-have-owners',
    area: 'configuration',
    severity: 'medium',
    summary: 'CODEOWNERS gives .github/, schemas/, templates/ and gitsm.yaml to somebody',
    cure: 'Fill in .github/CODEOWNERS with a team that may write here',
    look: ({ unowned }) => (unowned.length === 0 ? fine('they have owners') : weak(`${unowned.join(', ')} have none`)),
  },
  {
    id: 'engine-is-as-released',
    area: 'workflows',
    severity: 'medium',
    summary: 'The engine that workflows run is the one that was released',
    cure: 'Take the dist/gitsm.js of a release as .github/gitsm/gitsm.mjs, by pull request',
    look: ({ engine }) =>
      given(engine, ({ own, asking }) =>
        own === asking ? fine(`sha256 ${own}`) : weak(`it is sha256 ${own}; the program that asks is sha256 ${asking}`),
      ),
  },
  {
    id: 'workflows-are-as-shipped',
    area: 'workflows',
    severity: 'medium',
    summary: 'The workflows of GitSM are there as it ships them',
    cure: 'Take them over again: gitsm init adds those that are missing; compare the others, and keep your changes only on purpose',
    look: ({ shipped }) =>
      given(shipped, ({ missing, changed }) => {
        const said = [
          ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
          ...(changed.length > 0 ? [`changed: ${changed.join(', ')}`] : []),
        ]
        return said.length === 0 ? fine('they are') : weak(said.join('; '))
      }),
  },
  {
    id: 'workflows-are-safe',
    area: 'workflows',
    severity: 'high',
    summary: 'No workflow lets a stranger act with the rights of the repository',
    cure: 'Mend what is named; docs/setup.md tells what each rule is for',
    look: ({ unsafe }) => (unsafe.length === 0 ? fine('none does') : weak(unsafe.join('; '))),
  },
]

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [, first = '0', second = '0'] = /^(\d+)\.(\d+)/.exec(version) ?? []
  return Number(first) > major || (Number(first) === major && Number(second) >= minor)
}
