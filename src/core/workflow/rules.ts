import { isData, textAt } from '../record.ts'
import {
  checkoutsOf,
  eventsOf,
  jobsOf,
  mayWrite,
  scriptsOf,
  stepsOf,
  textsBelow,
  usesOf,
  type WorkflowFile,
} from './workflow.ts'

/** What a workflow should hold to, so that nobody who may open a pull request or an issue can turn it. */
export interface WorkflowRule {
  readonly id: string
  /** What is at stake, in one sentence; how it would be right is said in each finding. */
  readonly why: string
  /** Whether breaking it hands over the repository: asked of every workflow, not only of those that GitSM brings. */
  readonly grave: boolean
  readonly find: (file: WorkflowFile) => readonly string[]
}

/** A finding about a workflow. */
export interface WorkflowFinding {
  readonly rule: string
  readonly path: string
  readonly message: string
  readonly why: string
}

/** Expressions that stand for what anybody may have written: titles, bodies, names of branches, inputs, comments. */
const eventData =
  /\$\{\{[^}]*\b(github\.event\b|github\.head_ref|github\.ref_name|github\s*\[|toJSON\(\s*github\s*\)|inputs\.|needs\.|steps\.)[^}]*\}\}/i

/** Events whose run has the rights of the repository though a stranger caused it. */
const privileged = [
  'pull_request_target',
  'workflow_run',
  'issues',
  'issue_comment',
  'discussion',
  'discussion_comment',
]

/** Commands that put what a pull request proposes where later steps run it. */
const proposedCode = /\bgh pr checkout\b|\brefs\/pull\/|\bpull\/\S+\/(head|merge)\b/

/** Every rule, the grave ones first. */
export const workflowRules: readonly WorkflowRule[] = [
  {
    id: 'no-event-data-in-scripts',
    why: 'What somebody wrote into a title or a branch name would be run as a part of the script.',
    grave: true,
    find: (file) =>
      scriptsOf(file)
        .filter((script) => eventData.test(script))
        .map(() => 'a script holds data of an event; hand it over by env instead'),
  },
  {
    id: 'no-pull-request-target',
    why: 'It runs with the rights of the repository for whatever a stranger proposes, and GitHub blocks it in public ones.',
    grave: true,
    find: (file) =>
      eventsOf(file).includes('pull_request_target')
        ? [
            'it is started by pull_request_target; use workflow_run or schedule, which take this file from the default branch',
          ]
        : [],
  },
  {
    id: 'no-proposed-code',
    why: 'Code of a pull request would run with rights that its author does not have.',
    grave: true,
    find: (file) =>
      jobsOf(file).flatMap((job) => {
        const isPrivileged = eventsOf(file).some((event) => privileged.includes(event))
        const foreign = checkoutsOf(job.steps).filter(
          (given) => given['ref'] !== undefined || given['repository'] !== undefined,
        )
        const fetched = isPrivileged && scriptsOf(file).some((script) => proposedCode.test(script))
        const unsafe = stepsOf(file).some((step) => textsBelow(step['with']).includes('allow-unsafe-pr-checkout'))
        return [
          ...(isPrivileged && foreign.length > 0
            ? [`job ${job.name} checks out something else than the default branch`]
            : []),
          ...(fetched ? ['a script gets what a pull request proposes into the working tree'] : []),
          ...(unsafe ? ['allow-unsafe-pr-checkout is set; leave it out'] : []),
        ]
      }),
  },
  {
    id: 'actions-are-pinned',
    why: 'A tag can be moved to other code; a commit cannot.',
    grave: true,
    find: (file) =>
      usesOf(file)
        .filter((uses) => !uses.startsWith('./') && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses))
        .map((uses) => `${uses} is not pinned by a full commit id`),
  },
  {
    id: 'no-self-hosted-runner',
    why: 'A machine of one’s own keeps what a run left there for the next one.',
    grave: true,
    find: (file) =>
      jobsOf(file)
        .filter(({ data }) => textsBelow(data['runs-on']).some((label) => /self-hosted/i.test(label)))
        .map(({ name }) => `job ${name} runs on a machine of one’s own; use one of GitHub`),
  },
  {
    id: 'no-actor-decides',
    why: 'github.actor is whoever touched it last, and a login can be taken over; ids in the event cannot.',
    grave: true,
    find: (file) =>
      textsBelow(file.data).some((text) => /github\.(actor|triggering_actor)\b/.test(text))
        ? ['something rests on github.actor; let the engine decide by ids']
        : [],
  },
  {
    id: 'no-rights-by-default',
    why: 'What is not asked for cannot be stolen.',
    grave: false,
    find: ({ data }) =>
      data['jobs'] !== undefined && !(isData(data['permissions']) && Object.keys(data['permissions']).length === 0)
        ? ['the top lacks "permissions: {}"']
        : [],
  },
  {
    id: 'rights-by-job',
    why: 'A reader should see what each job may do, and why.',
    grave: false,
    find: (file) =>
      jobsOf(file).flatMap(({ name, data }) =>
        isData(data['permissions']) ? [] : [`job ${name} does not name its permissions one by one`],
      ),
  },
  {
    id: 'rights-are-explained',
    why: 'A right without a reason is never taken back.',
    grave: false,
    find: ({ text }) =>
      Array.from(
        text.matchAll(/^ {6}([a-z-]+): (?:read|write)[ \t]*$/gm),
        ([, right]) => `"${right}" has no comment that says what for`,
      ),
  },
  {
    id: 'no-identity-token',
    why: 'With id-token a run can speak for the repository elsewhere.',
    grave: false,
    find: (file) =>
      jobsOf(file).flatMap(({ name, data }) =>
        isData(data['permissions']) && data['permissions']['id-token'] !== undefined
          ? [`job ${name} asks for id-token`]
          : [],
      ),
  },
  {
    id: 'versions-are-named',
    why: 'A commit id alone does not tell a reader how old it is.',
    grave: false,
    find: ({ text }) =>
      Array.from(
        text.matchAll(/^\s*(?:- )?uses: (\S+@[0-9a-f]{40})(?! # v\d)/gm),
        ([, uses]) => `${uses} has no "# v1.2.3"`,
      ),
  },
  {
    id: 'no-credentials-left',
    why: 'A token in .git/config can be read by every later step.',
    grave: false,
    find: (file) =>
      checkoutsOf(stepsOf(file))
        .filter((given) => given['persist-credentials'] !== false)
        .map(() => 'a checkout lacks "persist-credentials: false"'),
  },
  {
    id: 'no-expressions-in-scripts',
    why: 'What a script needs comes by env, where no quoting can go wrong.',
    grave: false,
    find: (file) =>
      scriptsOf(file)
        .filter((script) => script.includes('${{'))
        .map(() => 'a script holds an expression; hand it over by env'),
  },
  {
    id: 'nothing-is-installed',
    why: 'Packages and downloads are code that nobody reviewed.',
    grave: false,
    find: (file) =>
      scriptsOf(file)
        .flatMap((script) => /\b(npm|npx|yarn|pnpm|pip|pipx|curl|wget|eval|source)\b/.exec(script)?.[0] ?? [])
        .map((program) => `a script runs ${program}`),
  },
  {
    id: 'no-cache-with-rights',
    why: 'A pull request can leave in a cache what a run with rights then reads.',
    grave: false,
    find: (file) =>
      usesOf(file)
        .filter((uses) => /^actions\/(cache|setup-)/.test(uses))
        .map((uses) => `${uses} keeps or restores a cache`),
  },
  {
    id: 'jobs-end',
    why: 'A run that hangs holds up all that wait behind it.',
    grave: false,
    find: (file) =>
      jobsOf(file)
        .filter(({ data }) => typeof data['timeout-minutes'] !== 'number')
        .map(({ name }) => `job ${name} lacks timeout-minutes`),
  },
  {
    id: 'runs-do-not-overlap',
    why: 'Two runs that write at once get into each other’s way, and one that is cancelled leaves half of its work.',
    grave: false,
    find: (file) => {
      const { concurrency } = { concurrency: file.data['concurrency'] }
      if (file.data['jobs'] === undefined) return []
      if (!isData(concurrency) || textAt(concurrency, 'group') === undefined) return ['it names no concurrency group']
      const writes = jobsOf(file).some((job) => mayWrite(file, job))
      return writes && concurrency['cancel-in-progress'] !== false
        ? ['it writes, and lacks "cancel-in-progress: false"']
        : []
    },
  },
  {
    id: 'secrets-are-guarded',
    why: 'Only an environment can be limited to the default branch.',
    grave: false,
    find: (file) =>
      jobsOf(file)
        .filter(
          ({ data }) => textsBelow(data).some((text) => /\bsecrets\b/.test(text)) && data['environment'] === undefined,
        )
        .map(({ name }) => `job ${name} reads a secret without an environment`),
  },
  {
    id: 'tokens-are-near',
    why: 'What stands in the environment of a job or workflow reaches every step of it.',
    grave: false,
    find: (file) =>
      [file.data, ...jobsOf(file).map(({ data }) => data)]
        .filter(({ env }) => textsBelow(env).some((text) => /github\.token|secrets/.test(text)))
        .map(() => 'a token stands in the environment of more than one step'),
  },
  {
    id: 'failures-fail',
    why: 'A check that may fail without anybody noticing is none.',
    grave: false,
    find: (file) =>
      [...stepsOf(file), ...jobsOf(file).map(({ data }) => data)]
        .filter((each) => each['continue-on-error'] !== undefined)
        .map(() => 'something goes on after an error'),
  },
]

/** What a workflow does that it should not, by some of the rules. */
export function judgeWorkflow(file: WorkflowFile, rules: readonly WorkflowRule[]): readonly WorkflowFinding[] {
  return rules.flatMap(({ id, why, find }) =>
    [...new Set(find(file))].map((message) => ({ rule: id, path: file.path, message, why })),
  )
}
