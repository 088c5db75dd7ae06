import { compare } from '../diagnostic.ts'
import type { HistoryFinding } from './history-finding.ts'

/** The findings about one commit. */
export interface CommitFindings {
  readonly commit: HistoryFinding['commit']
  readonly findings: readonly HistoryFinding[]
}

/** Findings by commit, in the order of the mainline. */
export function byCommit(findings: readonly HistoryFinding[]): readonly CommitFindings[] {
  const groups = new Map<number, { readonly commit: HistoryFinding['commit']; readonly findings: HistoryFinding[] }>()
  for (const finding of findings) {
    const group = groups.get(finding.commit.position)
    if (group) group.findings.push(finding)
    else groups.set(finding.commit.position, { commit: finding.commit, findings: [finding] })
  }
  return [...groups.values()].toSorted((a, b) => a.commit.position - b.commit.position)
}

/** How many findings and commits a rule has. */
export interface RuleCount {
  readonly rule: string
  readonly findings: number
  readonly commits: number
}

/** How often each rule was broken, the most broken first. */
export function byRule(findings: readonly HistoryFinding[]): readonly RuleCount[] {
  const counts = new Map<string, { findings: number; readonly commits: Set<number> }>()
  for (const { rule, commit } of findings) {
    const count = counts.get(rule) ?? { findings: 0, commits: new Set() }
    count.findings += 1
    counts.set(rule, count)
    count.commits.add(commit.position)
  }
  return [...counts]
    .map(([rule, { findings: found, commits }]) => ({ rule, findings: found, commits: commits.size }))
    .toSorted((a, b) => b.findings - a.findings || compare(a.rule, b.rule))
}
