import type { Decision } from '../core/approval/decide.ts'
import type { Demand } from '../core/approval/demand.ts'
import type { ChangeAssessment } from '../core/change-assessment.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { type ExitCode, exit, exitOf } from '../core/exit.ts'
import type { ChangeSummary, Judgement } from '../core/judgement.ts'
import { mergeRules, readingRules } from '../core/reading-rules.ts'
import type { SlaEffect } from '../core/simulation.ts'
import type { TentativeFindings } from '../core/tentative.ts'
import type { TreeFile } from '../core/tree.ts'
import { judgementGithub } from '../render/github.ts'
import { judgementJson } from '../render/judgement-json.ts'
import { judgementMarkdown } from '../render/judgement-markdown.ts'
import { judgementSarif } from '../render/sarif.ts'
import { judgementText } from '../render/text.ts'
import { changeRules, dueRules, treeRules } from '../rules/index.ts'
import { locateDiagnostics, textOf } from './locate.ts'
import type { Outcome, World } from './world.ts'

/** What was found, before it is placed and counted. */
export interface Found {
  readonly diagnostics: readonly Diagnostic[]
  /** The files that diagnostics point into. */
  readonly files: ReadonlyMap<string, TreeFile>
  /** How many records were judged. */
  readonly records: number
  /** Of a gate: what the records go through. */
  readonly changes?: readonly ChangeSummary[]
  /** Of a gate: what is known of the changes that it brings, for those who weigh them. */
  readonly assessments?: readonly ChangeAssessment[]
  /** Of a gate: the approvals that it needs. */
  readonly decisions?: readonly Decision[]
  /** Of a gate: those that its records will need at a later step. */
  readonly foreseen?: readonly Demand[]
  /** Of a gate: whether reviews are known, so that a missing approval stops the change. */
  readonly mustBeApproved?: boolean
  /** Of a gate: people who are only taken to have approved. */
  readonly assumed?: readonly string[]
  /** Of a gate: what of it other open pull requests collide with. */
  readonly tentative?: TentativeFindings
  /** Of a gate: what the change would have made of the clocks of a past period. */
  readonly slaEffect?: SlaEffect
}

/** Places and counts what was found. */
export function judgementOf(found: Found): Judgement {
  const { diagnostics, files, records, changes } = found
  const { assessments = [], decisions = [], foreseen = [], assumed = [], slaEffect, tentative } = found
  const located = locateDiagnostics(diagnostics, files)
  const errors = located.filter(({ severity }) => severity === 'error').length
  const warnings = located.filter(({ severity }) => severity === 'warning').length
  const missing = decisions.some(({ met, until }) => !met && until === undefined)
  const verdict = errors > 0 ? 'fail' : missing ? 'pending' : 'pass'
  const more = { ...(slaEffect && { slaEffect }), ...(tentative && { tentative }) }
  return {
    diagnostics: located,
    summary: { records, errors, warnings },
    ...(changes && { gate: { verdict, changes, assessments, decisions, foreseen, assumed, ...more } }),
    sources: new Map(located.map(({ place }) => [place.file, textOf(files.get(place.file))])),
  }
}

/** The exit code that a judgement calls for; a missing approval stops only where reviews are known. */
export function codeOf({ diagnostics, gate }: Judgement, mustBeApproved: boolean): ExitCode {
  const code = exitOf(diagnostics)
  const stopped = code === exit.pass && gate?.verdict === 'pending' && mustBeApproved
  return stopped ? exit.findings : code
}

/** Places and counts what was found, and renders it in the format asked for. */
export function conclude(world: World, found: Found): Outcome {
  const judgement = judgementOf(found)
  const verdict = judgement.gate?.verdict
  const code = codeOf(judgement, found.mustBeApproved ?? false)
  return { code, out: render(world, judgement), ...(verdict && { verdict }) }
}

function render({ format, colour, version }: World, judgement: Judgement): string {
  switch (format) {
    case 'json':
      return judgementJson(judgement)
    case 'github':
      return judgementGithub(judgement)
    case 'markdown':
      return judgementMarkdown(judgement)
    case 'sarif':
      return judgementSarif(
        judgement,
        [...readingRules, ...treeRules, ...dueRules, ...changeRules, ...mergeRules],
        version,
      )
    default:
      return judgementText(judgement, colour)
  }
}
