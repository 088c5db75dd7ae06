import { fragment } from '../fragment.ts'
import { type Examination, fine, given, type Opinion, weak } from './examination.ts'
import type { BranchRules, Bypass, Protection, RepositorySettings } from './repository-settings.ts'

/** The check that the gate makes. */
export const gateCheck = 'gitsm/gate'

/** The App under which GitHub runs every workflow: a check of it may come from any of them. */
const everyWorkflow = 15_368

/** What is looked at on GitHub, the gravest first. */
export const githubExaminations: readonly Examination<RepositorySettings>[] = [
  {
    id: 'gate-is-required',
    severity: 'high',
    summary: 'Nothing is merged into the default branch without the check gitsm/gate',
    cure: 'In the ruleset of the default branch, require the status check gitsm/gate',
    look: ({ mainline }) =>
      held(mainline, (rules) => gatesOf(rules).length > 0, 'the check is required', 'no rule requires the check'),
  },
  {
    id: 'gate-has-a-source',
    severity: 'high',
    summary: 'The check gitsm/gate counts only when the App of the gate made it',
    cure: 'Choose the App of the gate as the expected source of the required check; without an App anybody who may write can make the check green',
    look: ({ mainline }) =>
      held(
        mainline,
        (rules) => gatesOf(rules).some(({ app }) => app !== null && app !== everyWorkflow),
        'an App of its own is expected as the source',
        'any workflow, or anybody who may write, can make this check',
      ),
  },
  {
    id: 'gate-source-is-our-app',
    severity: 'high',
    summary: 'The App that the check gitsm/gate is expected from is the one that the gate runs as',
    cure: 'Choose the App whose id is in the variable GITSM_APP_ID as the expected source of the required check, or put the id of the expected App there',
    look: ({ mainline, gateApp }) => {
      const sources = [mainline.rulesets, mainline.classic].flatMap((rules) =>
        rules.known ? gatesOf(rules.value).map(({ app }) => app) : [],
      )
      const apps = [...new Set(sources.filter((app) => app !== null && app !== everyWorkflow))]
      const unread = [mainline.rulesets, mainline.classic].find((rules) => !rules.known)
      if (unread && !unread.known && apps.length === 0) return { standing: 'unknown', because: unread.why }
      return apps.length === 0 ? fine('no App is expected as the source') : given(gateApp, sourceOpinion(apps))
    },
  },
  {
    id: 'changes-come-by-pull-request',
    severity: 'high',
    summary: 'The default branch takes changes by pull request only',
    cure: 'In the ruleset of the default branch, require a pull request before merging',
    look: ({ mainline }) =>
      held(mainline, ({ pullRequest }) => pullRequest, 'a pull request is required', 'whoever may write can push'),
  },
  {
    id: 'mainline-is-not-forced',
    severity: 'high',
    summary: 'The history of the default branch cannot be rewritten or deleted',
    cure: 'In the ruleset of the default branch, block force pushes and restrict deletions',
    look: ({ mainline }) => kept(mainline),
  },
  {
    id: 'ledger-is-not-forced',
    severity: 'high',
    summary: 'The branch gitsm-ledger cannot be rewritten or deleted',
    cure: 'Make a ruleset for gitsm-ledger that blocks force pushes and restricts deletions',
    look: ({ ledger }) => kept(ledger),
  },
  {
    id: 'ledger-has-one-writer',
    severity: 'high',
    summary: 'Only the App of GitSM writes the branch gitsm-ledger',
    cure: 'In the ruleset for gitsm-ledger, restrict updates, and put the App on its bypass list, and nobody else; without an App evidence can be forged by whoever may write',
    look: ({ ledger }) => {
      const open = 'whoever may write, and any run of any branch, can add evidence there that nobody gave'
      const closed = held(ledger, ({ forbidsPushes }) => forbidsPushes, 'an App alone may push', open)
      return closed.standing === 'fine' ? given(ledger.bypass, writerOpinion) : closed
    },
  },
  {
    id: 'nobody-passes-by',
    severity: 'medium',
    summary: 'Rules hold for everybody but Apps and at most two people for emergencies',
    cure: 'Take roles, teams and deploy keys off the bypass list, and do not let administrators bypass',
    look: ({ mainline }) => given(mainline.bypass, bypassOpinion),
  },
  {
    id: 'rules-are-reviewed-by-owners',
    severity: 'medium',
    summary: 'Code owners must review what CODEOWNERS gives them',
    cure: 'In the ruleset of the default branch, require review from code owners, with at least one approval',
    look: ({ mainline }) =>
      held(
        mainline,
        ({ asksCodeOwners, approvals }) => asksCodeOwners && approvals > 0,
        'code owners are asked',
        'no rule asks code owners',
      ),
  },
  {
    id: 'stale-approvals-go',
    severity: 'medium',
    summary: 'GitHub dismisses approvals when the change is another one',
    cure: 'In the ruleset of the default branch, dismiss stale approvals and require approval of the most recent push',
    look: ({ mainline }) =>
      held(
        mainline,
        ({ dismissesStale, asksForLastPush }) => dismissesStale && asksForLastPush,
        'stale approvals are dismissed, and the last push needs somebody else’s',
        'approvals stay when somebody pushes',
      ),
  },
  {
    id: 'merges-are-up-to-date',
    severity: 'medium',
    summary: 'What is merged was judged together with what the branch holds now',
    cure: 'Require branches to be up to date before merging, or use a merge queue',
    look: ({ mainline }) =>
      held(
        mainline,
        ({ upToDate }) => upToDate,
        'branches must be up to date',
        'two changes that exclude each other can both be merged',
      ),
  },
  {
    id: 'runs-only-read',
    severity: 'medium',
    summary: 'The token of a run may only read where a workflow does not say more',
    cure: 'Settings, Actions, General: read repository contents permission',
    look: ({ runToken }) =>
      given(runToken, ({ mayWrite }) => (mayWrite ? weak('it may write everything') : fine('it may only read'))),
  },
  {
    id: 'runs-approve-nothing',
    severity: 'medium',
    summary: 'No run can approve a pull request',
    cure: 'Settings, Actions, General: do not allow GitHub Actions to create and approve pull requests; let the App create them',
    look: ({ runToken }) =>
      given(runToken, ({ mayApprove }) =>
        mayApprove ? weak('runs may create and approve them') : fine('runs may not'),
      ),
  },
  {
    id: 'secrets-are-for-the-mainline',
    severity: 'high',
    summary: 'The environments of GitSM are for runs of the default branch only',
    cure: 'Settings, Environments: limit gitsm-gate and gitsm-write to the default branch',
    look: ({ environments, defaultBranch }) =>
      given(environments, (list) => {
        const ours = list.filter(({ name }) => name.startsWith('gitsm'))
        const open = ours.filter(
          ({ branches }) => !(Array.isArray(branches) && branches.length === 1 && branches[0] === defaultBranch),
        )
        if (ours.length === 0) return fine('there are none, so no secret can be in one')
        return open.length === 0
          ? fine(`${ours.map(({ name }) => name).join(', ')}: ${defaultBranch} only`)
          : weak(`${open.map(({ name }) => name).join(', ')} can be used by runs of other branches`)
      }),
  },
  {
    id: 'key-is-guarded',
    severity: 'high',
    summary: 'The key of the App is a secret of environments, which no other branch can read',
    cure: 'Make the secret GITSM_APP_KEY in the environments gitsm-gate and gitsm-write, and delete that of the repository or organisation; then make a new key',
    look: ({ openSecrets }) =>
      given(openSecrets, (names) =>
        names.includes('GITSM_APP_KEY')
          ? weak('GITSM_APP_KEY is a secret of the repository or organisation: a run of any branch can read it')
          : fine('no secret of the repository or organisation is called GITSM_APP_KEY'),
      ),
  },
  {
    id: 'actions-are-few',
    severity: 'low',
    summary: 'Only actions that were chosen can run, pinned by commit',
    cure: 'Settings, Actions, General: allow selected actions, and require actions to be pinned to a full-length commit SHA',
    look: ({ actions }) =>
      given(actions, ({ allowed, mustBePinned }) => {
        if (allowed === 'all') return weak('every action of anybody can run')
        return mustBePinned ? fine(`${allowed} actions, pinned`) : weak('actions need not be pinned')
      }),
  },
  {
    id: 'sweeps-run',
    severity: 'high',
    summary: 'No workflow of GitSM was switched off',
    cure: 'Actions, choose the workflow, Enable; GitHub switches schedules off after 60 days without a commit',
    look: ({ workflows }) =>
      given(workflows, (list) => {
        const off = [...list].filter(([path, state]) => /\/gitsm-[^/]+$/.test(path) && state !== 'active')
        return off.length === 0
          ? fine('all that are there are active')
          : weak(off.map(([path, state]) => `${path} is ${state.replaceAll('_', ' ')}`).join(', '))
      }),
  },
]

/** Whether rulesets or classic protection hold something; either is enough, because GitHub applies both. */
function held(
  { rulesets, classic }: Protection,
  holds: (rules: BranchRules) => boolean,
  because: string,
  otherwise: string,
): Opinion {
  for (const rules of [rulesets, classic]) if (rules.known && holds(rules.value)) return fine(because)
  for (const rules of [rulesets, classic]) if (!rules.known) return { standing: 'unknown', because: rules.why }
  return weak(otherwise)
}

function kept(protection: Protection): Opinion {
  const [force, deletion] = [
    held(protection, ({ forbidsForce }) => forbidsForce, '', 'it can be forced'),
    held(protection, ({ forbidsDeletion }) => forbidsDeletion, '', 'it can be deleted'),
  ]
  const worst = [force, deletion].toSorted(
    (one, other) => order.indexOf(one.standing) - order.indexOf(other.standing),
  )[0]
  return worst === undefined || worst.standing === 'fine' ? fine('it can neither be forced nor deleted') : worst
}

const order = ['weak', 'unknown', 'fine']

function gatesOf({ checks }: BranchRules): BranchRules['checks'] {
  return checks.filter(({ name }) => name === gateCheck)
}

/** Whether the gate runs as each of the Apps that its check is expected from. */
function sourceOpinion(apps: readonly (number | null)[]): (variable: string | null) => Opinion {
  return (variable) => {
    const expected = `the check is expected from App ${apps.join(' and from App ')}`
    if (variable === null)
      return weak(`${expected}, and no variable GITSM_APP_ID tells the gate to run as one: it can never make it green`)
    return apps.every((app) => String(app) === variable)
      ? fine(`${expected}, as GITSM_APP_ID says`)
      : weak(`${expected}, but GITSM_APP_ID is ${JSON.stringify(fragment(variable))}`)
  }
}

function told(list: readonly Bypass[]): string {
  return list.map(({ kind, id }) => (id === null ? kind : `${kind} ${id}`)).join(', ')
}

function writerOpinion(all: readonly Bypass[]): Opinion {
  const others = all.filter(({ kind, id }) => kind !== 'app' || id === everyWorkflow)
  return others.length === 0 ? fine('an App alone may push') : weak(`${told(others)} may push there as well`)
}

function bypassOpinion(all: readonly Bypass[]): Opinion {
  const pushers = all.filter(({ onlyPullRequests }) => !onlyPullRequests)
  const people = pushers.filter(({ kind }) => kind === 'person')
  const crowds = pushers.filter(({ kind }) => kind !== 'person' && kind !== 'app')
  if (crowds.length > 0) return weak(`${told(crowds)} may push past them`)
  if (people.length > 2) return weak(`${people.length} people may push past them`)
  return fine(pushers.length === 0 ? 'nobody may push past them' : `${told(pushers)} may push past them, nobody else`)
}
