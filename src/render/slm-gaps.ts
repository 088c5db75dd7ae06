import { formatInstant, humanDuration, humanInstant, type Instant } from '../core/instant.ts'
import { hoursText } from '../core/report-time.ts'
import type { AgreementGaps, Allowance, LateGap } from '../core/slm/gap.ts'
import { json } from './json.ts'
import { columns, paint } from './terminal.ts'

/** Gaps between agreements as JSON; times in seconds. */
export function gapsJson({ compared, late, missing }: AgreementGaps, asOf: Instant): string {
  return json({
    asOf: formatInstant(asOf),
    compared,
    late: late.map((gap) => ({
      ...gap,
      start: formatInstant(gap.start),
      promisedBy: formatInstant(gap.promisedBy),
      givenBy: formatInstant(gap.givenBy),
    })),
    missing,
  })
}

/** Gaps between agreements for people. */
export function gapsText({ compared, late, missing }: AgreementGaps, colour: boolean): string {
  const { bold, dim, yellow } = paint(colour)
  const pairs = [...new Set(late.map(({ sla, beneath }) => `${sla} ${beneath}`))]
  const parts = pairs.map((pair) => {
    const gaps = late.filter(({ sla, beneath }) => `${sla} ${beneath}` === pair)
    const [first] = gaps
    const rows = gaps.map((gap) => [
      `  ${gap.target} ${gap.priority}`,
      allowanceText(gap.promised),
      `${gap.beneathTarget} ${allowanceText(gap.given)}`,
      yellow(`up to ${humanDuration(gap.late)} late`),
      dim(exampleText(gap)),
    ])
    return `${bold(first?.sla ?? '')} cannot rely on ${bold(first?.beneath ?? '')}\n${columns(rows)}`
  })
  const lacking = [...new Set(missing.map(({ sla }) => sla))].flatMap((sla) => {
    const [teams, items] = (['ola', 'contract'] as const).map((kind) =>
      missing.filter((each) => each.sla === sla && each.kind === kind),
    )
    return [
      ...(teams ?? []).map((team) => [`  ${sla}`, `team ${team.id} promised nothing about ${listed(team.items)}`]),
      ...(items && items.length > 0
        ? [[`  ${sla}`, `no agreement with the suppliers of ${listed(items.map(({ id }) => id))}`]]
        : []),
    ]
  })
  return `${[
    `${compared} pairs of targets compared, ${late.length} cannot be kept, ${missing.length} have nothing beneath them`,
    ...parts,
    ...(lacking.length > 0 ? [`${bold('nothing agreed')}\n${columns(lacking)}`] : []),
  ].join('\n\n')}\n`
}

function allowanceText({ seconds, calendar }: Allowance): string {
  return `${hoursText(seconds)} on ${calendar}`
}

function exampleText({ start, promisedBy, givenBy }: LateGap): string {
  return `from ${humanInstant(start)}: by ${humanInstant(promisedBy)}, not ${humanInstant(givenBy)} (UTC)`
}

function listed(ids: readonly string[]): string {
  return ids.length <= 4 ? ids.join(', ') : `${ids.slice(0, 4).join(', ')} and ${ids.length - 4} more`
}
