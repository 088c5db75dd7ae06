import { type Registry, readRegistry } from '../adapters/registry.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { Fault } from '../core/fault.ts'
import type { MainlineCommit } from '../core/history.ts'
import type { TreeFile } from '../core/tree.ts'
import { isInRecords, isJudged } from './mainline-files.ts'

/** What a commit left of the rules. */
export interface RulesRead {
  /** The rules, where it touched them and they can be read. */
  readonly own?: Registry
  readonly broken: readonly Diagnostic[]
}

/** The rules that a commit left, if it touched any; where nobody can read them, those before it stay in force. */
export function rulesAfter(
  touched: readonly { readonly path: string }[],
  files: ReadonlyMap<string, TreeFile>,
): RulesRead {
  return touched.some(({ path }) => isRule(path)) ? rulesOf(files) : { broken: [] }
}

function rulesOf(files: ReadonlyMap<string, TreeFile>): RulesRead {
  try {
    const own = readRegistry([...files.values()].filter(({ path }) => isRule(path)))
    own.proveSchemas()
    return { own, broken: [] }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    const broken: Diagnostic = {
      rule: 'rules-readable',
      severity: 'error',
      message: fault.message,
      place: { file: /^[\w./-]+/.exec(fault.message)?.[0] ?? 'gitsm.yaml', route: [] },
      hint: 'Those before it stay in force until they can be read again',
    }
    return { broken: [broken] }
  }
}

function isRule(path: string): boolean {
  return isJudged(path) && !isInRecords(path)
}

/** A history that was brought in from another tool. */
export interface Import {
  readonly system: string
  /** Its last commit. */
  readonly until: MainlineCommit
}

/** What a commit says of imports that it did not find: those that end with its parent, and findings about others. */
export interface NewImports {
  readonly imports: readonly Import[]
  readonly found: readonly Diagnostic[]
}

/** The imports that a commit ends. One that is named later could hide whatever came between. */
export function newImports(before: Registry, { rulebook }: Registry, parent: MainlineCommit | undefined): NewImports {
  const known = new Set(before.rulebook.config.imports.map(({ until }) => until))
  const fresh = rulebook.config.imports.filter(({ until }) => !known.has(until))
  return {
    imports: fresh.flatMap(({ system, until }) => (parent?.commit === until ? [{ system, until: parent }] : [])),
    found: fresh.filter(({ until }) => parent?.commit !== until).map(lateImport),
  }
}

function lateImport({ system, until }: { readonly system: string; readonly until: string }): Diagnostic {
  return {
    rule: 'import-boundary',
    severity: 'error',
    message: `The import from ${system} cannot have ended with ${until.slice(0, 10)}, which is not the commit before this one`,
    place: { file: 'gitsm.yaml', route: ['imports'], at: 'key' },
    hint: 'Only the commit that ends an import names it; what came after it is judged',
  }
}
