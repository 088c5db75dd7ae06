import type { RecordIndex } from '../core/facts.ts'
import type { Effect, Touched } from '../core/impact.ts'
import type { ImpactAccount } from '../core/impact-account.ts'
import type { GraphItem } from '../core/impact-graph.ts'
import { cellText, codeText, inlineText } from '../core/markdown.ts'
import { routeText } from '../core/place.ts'
import { textAt } from '../core/record.ts'
import { counted } from './counted.ts'
import { impactDiagram } from './impact-diagram.ts'
import { json } from './json.ts'
import { columns, oneLine, paint } from './terminal.ts'

/** An account of impact as JSON: starts, what is touched with depth and effect, counts, and what a retirement means. */
export function impactJson(account: ImpactAccount, records: RecordIndex): string {
  const { record, starts, absent, touched, retirement } = account
  return json({
    id: record.id,
    type: record.type,
    starts,
    absent,
    touched: touched.map((each) => ({ ...each, via: each.via ?? null, title: titleOf(each, records) })),
    summary: countsOf(account),
    ...(retirement && {
      retirement: {
        against: retirement.against.map(({ record: { id, type, file, data }, route }) => ({
          id,
          type,
          file,
          state: textAt(data, 'state') ?? null,
          field: routeText(route),
        })),
        orphans: retirement.orphans,
      },
    }),
  })
}

/** An account of impact for people at a terminal. */
export function impactText(account: ImpactAccount, records: RecordIndex, colour: boolean): string {
  const { bold, dim, red, yellow } = paint(colour)
  const { record, absent, touched } = account
  const shown = { down: red('down'), degraded: yellow('degraded') }
  const rows = reached(touched).map((each) => [
    String(each.depth),
    shown[each.effect],
    each.type,
    bold(each.id),
    oneLine(titleOf(each, records)),
    dim(each.via ? `through ${each.via.id}` : ''),
  ])
  const parts = [
    `${bold(record.id)}  ${oneLine(textAt(record.data, 'title') ?? '')}`,
    sentences(account).join('\n'),
    ...(rows.length > 0 ? [columns([['steps', 'effect', '', 'what', '', ''].map(dim), ...rows], [0])] : []),
    ...absent.map(({ type, id }) => `${type} ${id} is retired or missing, so nothing hangs on it`),
    ...retirementLines(account),
  ]
  return `${parts.join('\n')}\n`
}

/** More than this many items make a diagram that nobody can read; the table still lists them all. */
const mostDrawn = 60

/** An account of impact as a Markdown page: a diagram, and the table that says the same. */
export function impactMarkdown(account: ImpactAccount, records: RecordIndex): string {
  const { record, touched, absent } = account
  const rows = reached(touched).map(
    (each) =>
      `| ${each.depth} | ${each.effect} | ${each.type} | ${codeText(each.id)} | ${cellText(titleOf(each, records))} | ${each.via ? codeText(each.via.id) : '–'} |`,
  )
  const drawn = touched.slice(0, mostDrawn)
  return `${[
    `# What ${inlineText(record.id)} can break`,
    sentences(account).map(inlineText).join('\n'),
    ...(drawn.length > 1 ? [impactDiagram(drawn, (each) => `${each.id}: ${titleOf(each, records)}`)] : []),
    ...(touched.length > mostDrawn ? [`The diagram shows the nearest ${mostDrawn} of ${touched.length}.`] : []),
    ...(rows.length > 0
      ? [`| Steps | Effect | Type | Id | Title | Through |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`]
      : []),
    ...absent.map(({ type, id }) => inlineText(`${type} ${id} is retired or missing, so nothing hangs on it.`)),
    ...retirementLines(account).map(inlineText),
  ].join('\n\n')}\n`
}

/** What is reached besides the starts. */
function reached(touched: readonly Touched[]): readonly Touched[] {
  return touched.filter(({ depth }) => depth > 0)
}

function countsOf({ touched }: ImpactAccount) {
  const count = (type: GraphItem['type'], effect: Effect): number =>
    reached(touched).filter((each) => each.type === type && each.effect === effect).length
  return {
    services: { down: count('service', 'down'), degraded: count('service', 'degraded') },
    cis: { down: count('ci', 'down'), degraded: count('ci', 'degraded') },
  }
}

function sentences(account: ImpactAccount): readonly string[] {
  const { starts, touched } = account
  if (starts.length === 0) return []
  const { services, cis } = countsOf(account)
  const what = starts.length === 1 ? `If ${starts[0]?.id} fails` : `If ${starts.map(({ id }) => id).join(', ')} fail`
  if (reached(touched).length === 0) return [`${what}, nothing else is touched.`]
  const told = (down: number, degraded: number, one: string): readonly string[] => [
    ...(down > 0 ? [`${counted(down, one)} ${down === 1 ? 'goes' : 'go'} down`] : []),
    ...(degraded > 0 ? [`${counted(degraded, one)} ${degraded === 1 ? 'degrades' : 'degrade'}`] : []),
  ]
  const parts = [
    ...told(services.down, services.degraded, 'service'),
    ...told(cis.down, cis.degraded, 'configuration item'),
  ]
  return [`${what}: ${parts.join(', ')}.`]
}

function retirementLines({ record, retirement }: ImpactAccount): readonly string[] {
  if (!retirement) return []
  const { against, orphans } = retirement
  const holders = [...new Set(against.map(({ record: { id, type } }) => `${type} ${id}`))]
  const unused = orphans.filter(({ why }) => why === 'unused').map(({ id }) => id)
  const undelivered = orphans.filter(({ why }) => why === 'undelivered').map(({ id }) => id)
  return [
    holders.length === 0
      ? `Nothing stands against retiring ${record.id}.`
      : `Against retiring ${record.id} stand: ${holders.join(', ')}.`,
    ...(unused.length > 0 ? [`Nothing would use any more: ${unused.join(', ')}.`] : []),
    ...(undelivered.length > 0 ? [`No item would deliver any more: ${undelivered.join(', ')}.`] : []),
  ]
}

function titleOf({ type, id }: GraphItem, records: RecordIndex): string {
  return textAt(records.find(type, id)?.data ?? {}, 'title') ?? ''
}
