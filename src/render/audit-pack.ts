import type { Audit } from '../core/audit/audit.ts'
import { auditText } from './audit.ts'
import { json } from './json.ts'
import { oneLine } from './terminal.ts'

/** A pack that was written. */
export interface AuditPack {
  readonly audit: Audit
  readonly out: string
  /** Paths in the folder. */
  readonly files: readonly string[]
}

/** What was written, as JSON. */
export function packJson({ audit, out, files }: AuditPack): string {
  const { commit, findings, ledgerFindings } = audit
  return json({ commit, out, files, findings: findings.length + ledgerFindings.length })
}

/** What was written, for people. */
export function packText({ audit, out, files }: AuditPack, colour: boolean): string {
  return `${auditText(audit, colour)}${files.length} files written to ${oneLine(out)}; begin with audit.md\n`
}
