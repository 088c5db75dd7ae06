import { type Data, isData, listAt, textAt } from '../record.ts'

/** A workflow of GitHub Actions, or the description of an action, read as data. Nothing of it is run. */
export interface WorkflowFile {
  readonly path: string
  readonly text: string
  readonly data: Data
}

/** A job of a workflow. */
export interface Job {
  readonly name: string
  readonly data: Data
  readonly steps: readonly Data[]
}

/** The jobs of a workflow, in the order of the file. */
export function jobsOf({ data }: WorkflowFile): readonly Job[] {
  const jobs = data['jobs']
  return Object.entries(isData(jobs) ? jobs : {}).flatMap(([name, job]) =>
    isData(job) ? [{ name, data: job, steps: listAt(job, 'steps').filter(isData) }] : [],
  )
}

/** The steps of all jobs, or those that a composite action is made of. */
export function stepsOf(file: WorkflowFile): readonly Data[] {
  const runs = file.data['runs']
  return [...jobsOf(file).flatMap(({ steps }) => steps), ...(isData(runs) ? listAt(runs, 'steps').filter(isData) : [])]
}

/** The events that start a workflow. */
export function eventsOf({ data }: WorkflowFile): readonly string[] {
  const on = data['on']
  if (typeof on === 'string') return [on]
  if (Array.isArray(on)) return on.filter((event) => typeof event === 'string')
  return isData(on) ? Object.keys(on) : []
}

/** What a workflow uses of others: actions and reusable workflows, as written. */
export function usesOf(file: WorkflowFile): readonly string[] {
  return [...stepsOf(file), ...jobsOf(file).map(({ data }) => data)].flatMap((each) => textAt(each, 'uses') ?? [])
}

/** The scripts that the steps run, those of `actions/github-script` included. */
export function scriptsOf(file: WorkflowFile): readonly string[] {
  return stepsOf(file).flatMap((step) => {
    const given = step['with']
    return [textAt(step, 'run'), isData(given) ? textAt(given, 'script') : undefined].filter(
      (text) => text !== undefined,
    )
  })
}

/** The checkouts among the steps, as what they are given. */
export function checkoutsOf(steps: readonly Data[]): readonly Data[] {
  return steps
    .filter((step) => /^actions\/checkout@/.test(textAt(step, 'uses') ?? ''))
    .map((step) => (isData(step['with']) ? step['with'] : {}))
}

/** Whether a job, or the workflow above it, is allowed to write something. */
export function mayWrite(file: WorkflowFile, { data }: Job): boolean {
  const rights = data['permissions'] ?? file.data['permissions']
  if (rights === undefined || typeof rights === 'string') return rights !== 'read-all'
  return isData(rights) && Object.values(rights).includes('write')
}

/** Everything that is said below a value, as texts; the names of fields included. */
export function textsBelow(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsBelow)
  return isData(value) ? Object.entries(value).flatMap(([name, each]) => [name, ...textsBelow(each)]) : []
}
