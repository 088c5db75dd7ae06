import type { WorkflowFile } from './workflow.ts'

/** What a workflow should hold to, so that nobody who may open a pull request or an issue can turn it. */
export interface WorkflowRule {
  readonly id: string
  /** What is at stake, in one sentence; how it would be right is said in each finding. */
  readonly why: string
  readonly find: (file: WorkflowFile) => readonly string[]
}
