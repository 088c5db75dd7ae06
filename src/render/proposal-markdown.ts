import type { ChangeSummary } from '../core/judgement.ts'
import { cellText, codeText, inlineText } from '../core/markdown.ts'

/** What a pull request does that somebody had opened for them, and what it waits for. */
export interface ProposalTold {
  readonly changes: readonly ChangeSummary[]
  /** Approvals that it needs, in sentences. */
  readonly needs: readonly string[]
}

/** The text of a pull request that gitsm opens. What comes from records is data and shapes nothing. */
export function proposalMarkdown({ changes, needs }: ProposalTold): string {
  const rows = changes.map(
    ({ id, type, kind, from, to, file }) =>
      `| ${codeText(id)} | ${cellText(type)} | ${stepText({ kind, from, to })} | ${codeText(file)} |`,
  )
  const next = needs.length === 0 ? ['Nobody has to approve it.'] : needs.map((need) => `${inlineText(need)}.`)
  const table = ['| record | type | step | file |', '| --- | --- | --- | --- |', ...rows]
  const parts = [
    ...table,
    '',
    '### What happens next',
    '',
    ...next.map((line) => `- ${line}`),
    '- The check `gitsm/gate` judges it, and says in a comment what it found.',
  ]
  return `${parts.join('\n')}\n`
}

function stepText({ kind, from, to }: Pick<ChangeSummary, 'kind' | 'from' | 'to'>): string {
  if (kind === 'added') return to === null ? 'new' : `new, ${cellText(to)}`
  return from === to || from === null || to === null ? 'edited' : `${cellText(from)} → ${cellText(to)}`
}
