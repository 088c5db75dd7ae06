import { isData, textAt } from '../record.ts'
import type { WorkflowRule } from './rule.ts'
import { checkoutsOf, jobsOf, mayWrite, scriptsOf, stepsOf, textsBelow, usesOf } from './workflow.ts'

/** Rules that keep the damage small where something else went wrong: they are asked of what GitSM brings. */
export const carefulRules: readonly WorkflowRule[] = [
  {
    id: 'no-rights-by-default',
    why: 'What is not asked for cannot be stolen.',
    find: ({ data }) =>
      data['jobs'] !== undefined && !(isData(data['permissions']) && Object.keys(data['permissions']).length === 0)
        ? ['the top lacks "permissions: {}"']
        : [],
  },
  {
    id: 'rights-by-job',
    why: 'A reader should see what each job may do, and why.',
    find: (file) =>
      jobsOf(file).flatMap(({ name, data }) =>
        isData(data['permissions']) ? [] : [`job ${name} does not name its permissions one by one`],
      ),
  },
  {
    id: 'rights-are-explained',
    why: 'A right without a reason is never taken back.',
    find: ({ text }) =>
      Array.from(
        text.matchAll(/^ {6}([a-z-]+): (?:read|write)[ \t]*$/gm),
        ([, right]) => `"${right}" has no comment that says what for`,
      ),
  },
  {
    id: 'no-identity-token',
    why: 'With id-token a run can speak for the repository elsewhere.',
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
    find: ({ text }) =>
      Array.from(
        text.matchAll(/^\s*(?:- )?uses: (\S+@[0-9a-f]{40})(?! # v\d)/gm),
        ([, uses]) => `${uses} has no "# v1.2.3"`,
      ),
  },
  {
    id: 'no-credentials-left',
    why: 'A token in .git/config can be read by every later step.',
    find: (file) =>
      checkoutsOf(stepsOf(file))
        .filter((given) => given['persist-credentials'] !== false)
        .map(() => 'a checkout lacks "persist-credentials: false"'),
  },
  {
    id: 'no-expressions-in-scripts',
    why: 'What a script needs comes by env, where no quoting can go wrong.',
    find: (file) =>
      scriptsOf(file)
        .filter((script) => script.includes('${{'))
        .map(() => 'a script holds an expression; hand it over by env'),
  },
  {
    id: 'nothing-is-installed',
    why: 'Packages and downloads are code that nobody reviewed.',
    find: (file) =>
      scriptsOf(file)
        .flatMap((script) => /\b(npm|npx|yarn|pnpm|pip|pipx|curl|wget|eval|source)\b/.exec(script)?.[0] ?? [])
        .map((program) => `a script runs ${program}`),
  },
  {
    id: 'no-cache-with-rights',
    why: 'A pull request can leave in a cache what a run with rights then reads.',
    find: (file) =>
      usesOf(file)
        .filter((uses) => /^actions\/(cache|setup-)/.test(uses))
        .map((uses) => `${uses} keeps or restores a cache`),
  },
  {
    id: 'jobs-end',
    why: 'A run that hangs holds up all that wait behind it.',
    find: (file) =>
      jobsOf(file)
        .filter(({ data }) => typeof data['timeout-minutes'] !== 'number')
        .map(({ name }) => `job ${name} lacks timeout-minutes`),
  },
  {
    id: 'runs-do-not-overlap',
    why: 'Two runs that write at once get into each other’s way, and one that is cancelled leaves half of its work.',
    find: (file) => {
      const concurrency = file.data['concurrency']
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
    find: (file) =>
      [file.data, ...jobsOf(file).map(({ data }) => data)]
        .filter(({ env }) => textsBelow(env).some((text) => /github\.token|secrets/.test(text)))
        .map(() => 'a token stands in the environment of more than one step'),
  },
  {
    id: 'failures-fail',
    why: 'A check that may fail without anybody noticing is none.',
    find: (file) =>
      [...stepsOf(file), ...jobsOf(file).map(({ data }) => data)]
        .filter((each) => each['continue-on-error'] !== undefined)
        .map(() => 'something goes on after an error'),
  },
]
