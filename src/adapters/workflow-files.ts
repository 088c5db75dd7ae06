import { parseDocument } from 'yaml'
import { isData } from '../core/record.ts'
import type { WorkflowFile } from '../core/workflow/workflow.ts'
import { readWorkingTree } from './working-tree.ts'

/** The workflows of a working tree, and the paths of those that are none to a reader of YAML. */
export interface Workflows {
  readonly files: readonly WorkflowFile[]
  readonly unreadable: readonly string[]
}

/**
 * Reads the workflows and composite actions of a working tree as data. They may use all of YAML, as GitHub lets them.
 */
export function readWorkflows(root: string): Workflows {
  const files: WorkflowFile[] = []
  const unreadable: string[] = []
  for (const { path, bytes } of readWorkingTree(root, [
    '.github/workflows',
    '.github/actions',
    'actions',
    'action.yml',
  ])) {
    if (!/^\.github\/workflows\/[^/]+\.ya?ml$|(^|\/)action\.ya?ml$/.test(path)) continue
    const text = bytes ? new TextDecoder().decode(bytes) : undefined
    const data = text === undefined ? undefined : dataIn(text)
    if (text === undefined || !isData(data)) unreadable.push(path)
    else files.push({ path, text, data })
  }
  return { files, unreadable }
}

function dataIn(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent', stringKeys: true })
  if (document.errors.length > 0) return undefined
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    // Too many aliases.
    return undefined
  }
}
