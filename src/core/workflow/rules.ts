import { carefulRules } from './careful-rules.ts'
import { graveRules } from './grave-rules.ts'
import type { WorkflowRule } from './rule.ts'
import type { WorkflowFile } from './workflow.ts'

/** A finding about a workflow. */
export interface WorkflowFinding {
  readonly rule: string
  readonly path: string
  readonly message: string
  readonly why: string
}

/** Every rule, the grave ones first. */
export const workflowRules: readonly WorkflowRule[] = [...graveRules, ...carefulRules]

/** What a workflow does that it should not, by some of the rules. */
export function judgeWorkflow(file: WorkflowFile, rules: readonly WorkflowRule[]): readonly WorkflowFinding[] {
  return rules.flatMap(({ id, why, find }) =>
    [...new Set(find(file))].map((message) => ({ rule: id, path: file.path, message, why })),
  )
}
