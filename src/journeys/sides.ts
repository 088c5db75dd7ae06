import type { Registry } from '../adapters/registry.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { Fault } from '../core/fault.ts'
import type { TreeFile } from '../core/tree.ts'
import { load, type Snapshot } from './load.ts'
import type { TreeReader } from './tree-reader.ts'

/** The base of a change and what merging it would give, both read, and by which rules. */
export interface Sides {
  /** Whether the base holds nothing yet, so that the change is judged by its own rules. */
  readonly first: boolean
  readonly base: Snapshot
  /** The merge result, by the rules of the base. */
  readonly result: Snapshot
  /** The merge result by its own rules, where the change edits them. */
  readonly byOwnRules?: Snapshot
  /** What is wrong with the rules that a change brings. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads both sides of a change from their files, with a reader that shares. The base judges; what judges types that are
 * new is their own schema.
 */
export function sidesOf(before: readonly TreeFile[], after: readonly TreeFile[], reader: TreeReader): Sides {
  const first = before.length === 0
  const ofBase = reader.registry(first ? after : before)
  const { registry, diagnostics } = first
    ? { registry: ofBase, diagnostics: [] }
    : registryOfResult(after, ofBase, reader)
  return {
    first,
    base: load(before, ofBase, reader),
    result: load(after, withNewTypes(ofBase, registry), reader),
    ...(registry !== ofBase && { byOwnRules: load(after, registry, reader) }),
    diagnostics,
  }
}

/** The rules of the merge result where it changes them; rules that cannot be read are a finding about the change. */
function registryOfResult(
  after: readonly TreeFile[],
  ofBase: Registry,
  reader: TreeReader,
): { readonly registry: Registry; readonly diagnostics: readonly Diagnostic[] } {
  try {
    const registry = reader.registry(after)
    if (registry === ofBase) return { registry, diagnostics: [] }
    registry.proveSchemas()
    // Some schemas show only on records that they cannot judge.
    load(after, registry, reader)
    return { registry, diagnostics: [] }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    const file = /^[\w./-]+/.exec(fault.message)?.[0] ?? 'gitsm.yaml'
    const place = { file: after.some(({ path }) => path === file) ? file : 'gitsm.yaml', route: [] }
    const diagnostic: Diagnostic = {
      rule: 'rules-readable',
      severity: 'error',
      message: fault.message,
      place,
      hint: fault.cure,
    }
    return { registry: ofBase, diagnostics: [diagnostic] }
  }
}

/** The base judges every type that it knows; a type that the change brings is judged by its own schema. */
export function withNewTypes(base: Registry, result: Registry): Registry {
  if (base === result) return base
  const types = new Map([...result.rulebook.types, ...base.rulebook.types])
  const judging = (type: string): Registry => (base.rulebook.types.has(type) ? base : result)
  return {
    ...base,
    rulebook: { config: base.rulebook.config, types },
    schemaDiagnostics: (type, file, data) => judging(type).schemaDiagnostics(type, file, data),
  }
}
