import type { WorkflowRule } from './rule.ts'
import { checkoutsOf, eventsOf, jobsOf, scriptsOf, stepsOf, textsBelow, usesOf } from './workflow.ts'

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

/** Rules whose breach hands over the repository: they are asked of every workflow. */
export const graveRules: readonly WorkflowRule[] = [
  {
    id: 'no-event-data-in-scripts',
    why: 'What somebody wrote into a title or a branch name would be run as a part of the script.',
    find: (file) =>
      scriptsOf(file)
        .filter((script) => eventData.test(script))
        .map(() => 'a script holds data of an event; hand it over by env instead'),
  },
  {
    id: 'no-pull-request-target',
    why: 'It runs with the rights of the repository for whatever a stranger proposes, and GitHub blocks it in public ones.',
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
    find: (file) =>
      usesOf(file)
        .filter((uses) => !uses.startsWith('./') && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses))
        .map((uses) => `${uses} is not pinned by a full commit id`),
  },
  {
    id: 'no-self-hosted-runner',
    why: 'A machine of one’s own keeps what a run left there for the next one.',
    find: (file) =>
      jobsOf(file)
        .filter(({ data }) => textsBelow(data['runs-on']).some((label) => /self-hosted/i.test(label)))
        .map(({ name }) => `job ${name} runs on a machine of one’s own; use one of GitHub`),
  },
  {
    id: 'no-actor-decides',
    why: 'github.actor is whoever touched it last, and a login can be taken over; ids in the event cannot.',
    find: (file) =>
      textsBelow(file.data).some((text) => /github\.(actor|triggering_actor)\b/.test(text))
        ? ['something rests on github.actor; let the engine decide by ids']
        : [],
  },
]
