import type { Edge } from '../core/clock-account.ts'
import type { ExplainedStretch, Explanation } from '../core/explain.ts'
import { formatInstant, humanHours, humanInstant, type Instant } from '../core/instant.ts'
import { cellText, inlineText } from '../core/markdown.ts'
import { skewText } from '../core/recording-skew.ts'
import { json } from './json.ts'
import { readingJson } from './readings.ts'
import { columns, paint, printable } from './terminal.ts'

/** The accounts of all clocks of a record, with what makes them repeatable. */
export interface RecordAccount {
  readonly id: string
  readonly commit: string
  readonly asOf: Instant
  readonly explanations: readonly Explanation[]
}

/** Accounts as JSON: each clock's reading, its intervals with the commit behind each edge, and the verdict. */
export function explanationsJson({ id, commit, asOf, explanations }: RecordAccount): string {
  return json({
    id,
    commit,
    asOf: formatInstant(asOf),
    clocks: explanations.map(({ reading, version, stretches, end, sentence }) => ({
      reading: readingJson(reading),
      version: version ?? null,
      atRiskFrom: reading.atRiskAt === null ? null : formatInstant(reading.atRiskAt),
      intervals: stretches.map((stretch) => ({
        from: formatInstant(stretch.from),
        until: formatInstant(stretch.until),
        what: stretch.kind,
        reason: stretch.reason ?? null,
        priority: stretch.priority,
        calendar: stretch.calendar,
        open: stretch.open,
        counted: stretch.counted,
        total: stretch.total,
        edge: stretch.edge ? edgeJson(stretch.edge) : null,
      })),
      end: end ? edgeJson(end) : null,
      verdict: sentence,
    })),
  })
}

function edgeJson({ commit: { commit, by, provenance }, basis }: Edge): object {
  return { commit, by, provenance, basis }
}

const head = ['from (UTC)', 'until', 'what', 'counted', 'total', 'calendar', 'because of']

function row(stretch: ExplainedStretch): readonly string[] {
  const { from, until, kind, reason, counted, total, calendar, priority, edge } = stretch
  return [
    humanInstant(from),
    humanInstant(until),
    reason === undefined || kind === 'closed' ? kind : `${kind}: ${reason}`,
    humanHours(counted),
    humanHours(total),
    `${calendar} (${priority})`,
    edge === undefined ? 'calendar' : edgeText(edge),
  ]
}

function edgeText({ commit, basis }: Edge): string {
  return `${commit.commit.slice(0, 10)} ${commit.by}${basis === 'declared' ? ' (declared)' : ''}`
}

/** What the edges of all clocks rest on, in one sentence. */
function legend({ explanations }: RecordAccount): string {
  const edges = explanations.flatMap(({ stretches, end }) => [...stretches.map(({ edge }) => edge), end])
  const kinds = [...new Set(edges.flatMap((edge) => (edge ? [edge.commit.provenance] : [])))]
  const skew = skewText(explanations.map(({ reading }) => reading.skew))
  const edge = `Edges are when a commit reached the mainline (${kinds.join(', ')}), or what a record declared where it says so.`
  return skew === undefined ? edge : `${edge} ${skew}.`
}

function heading({ reading }: Explanation): string {
  return `${reading.sla} ${reading.target}${reading.cycle > 1 ? `, cycle ${reading.cycle}` : ''}`
}

function closing({ end, version }: Explanation): readonly string[] {
  return [
    ...(end ? [`Ended by ${edgeText(end)}.`] : []),
    ...(version ? [`Judged by the version of the agreement in commit ${version.slice(0, 10)}.`] : []),
  ]
}

/** Accounts for a terminal. */
export function explanationsText(account: RecordAccount, colour: boolean): string {
  const { id, commit, asOf, explanations } = account
  const { bold, dim } = paint(colour)
  const blocks = explanations.map((explanation) => {
    const rows = explanation.stretches.map((stretch) => row(stretch).map(printable))
    const table = columns([head.map(dim), ...rows], [3, 4])
    const end = closing(explanation).map((line) => dim(printable(line)))
    return [bold(heading(explanation)), explanation.sentence, table, ...end].join('\n')
  })
  const foot = dim(`${legend(account)}\nas of ${formatInstant(asOf)}, commit ${commit.slice(0, 10)}`)
  return `${[bold(id), ...blocks, foot].join('\n\n')}\n`
}

/** Accounts as Markdown, one table a clock. */
export function explanationsMarkdown(account: RecordAccount): string {
  const { id, commit, asOf, explanations } = account
  const blocks = explanations.map((explanation) => {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
    const table = [
      line(head),
      line(head.map((_, at) => (at === 3 || at === 4 ? '---:' : '---'))),
      ...explanation.stretches.map((stretch) => line(row(stretch).map((text) => cellText(text)))),
    ]
    const paragraphs = [explanation.sentence, ...closing(explanation)].map(inlineText)
    return [
      `## ${inlineText(heading(explanation))}`,
      paragraphs[0] ?? '',
      table.join('\n'),
      ...paragraphs.slice(1),
    ].join('\n\n')
  })
  const foot = `${legend(account)} As of ${formatInstant(asOf)}, commit \`${commit.slice(0, 10)}\`.`
  return `${[`# ${inlineText(id)}`, ...blocks, foot].join('\n\n')}\n`
}
