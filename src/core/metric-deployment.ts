import { hasFailed } from './change-outcome.ts'
import { environmentsFor } from './deployment/target.ts'
import { parseInstant, type Seconds } from './instant.ts'
import { shareOf } from './kpi-figure.ts'
import { lifeUntil } from './kpi-life.ts'
import { type Figure, type Metric, type MetricFacts, nothing, shareFigure, timeFigure } from './metric.ts'
import { changes, incidentsCausedBy, workEnded } from './metric-change-population.ts'
import { happenedIn, itemsKnown, type RecordLife } from './metric-life.ts'
import { oncePerFacts } from './metric-population.ts'
import { isWithin } from './period.ts'
import { textAt, textsAt } from './record.ts'
import type { IncidentFacts } from './report.ts'
import { overlap, type TimeSpan } from './time-span.ts'

/** The incidents that a change resolves, as either side tells it, by change. */
const repaired = oncePerFacts(({ incidents }): ReadonlySet<string> => {
  return new Set(incidents.flatMap(({ data }) => textAt(data, 'change') ?? []))
})

/** The changes whose work in production is over, that somebody had allowed, and that concern the service. */
function deploymentsOf(facts: MetricFacts, service: string): readonly RecordLife[] {
  return changes
    .lives(facts)
    .within({ service })
    .filter(
      (life) =>
        life.data['unauthorised'] !== true &&
        workEnded(life) !== undefined &&
        environmentsFor(life.data, service, itemsKnown(facts)).includes('production'),
    )
}

/** What a figure of deployments is refused with that is not asked for one service. */
const refused = 'per service only: --by service'

const week: Seconds = 7 * 86_400

type Text = Omit<Metric, 'scopes' | 'measure' | 'population' | 'perService'>

function metric(
  text: Text & { readonly and?: string },
  figure: (deployments: readonly RecordLife[], span: TimeSpan, facts: MetricFacts) => Figure,
): Metric {
  const { and, ...rest } = text
  return {
    ...rest,
    population: `Of one service; never over several. A deployment is a change that concerns the service in production and whose work ended in the period: its first record in review or closed. Cancelled and unauthorised changes are left out.${and === undefined ? '' : ` ${and}`}`,
    scopes: ['service'],
    perService: true,
    measure: (facts, { span, scope: { service } }) => {
      if (service === undefined) return { ...nothing, refused }
      return span.until <= facts.since ? nothing : figure(deploymentsOf(facts, service), span, facts)
    },
  }
}

/** A time whose figure is the median, as DORA has it. */
function medianFigure(lengths: readonly Seconds[]): Figure {
  const figure = timeFigure(lengths)
  return { ...figure, value: figure.median }
}

function resolvedAt(incident: IncidentFacts, asOf: number): number | undefined {
  const at = lifeUntil(incident, asOf + 1)?.resolvedAt ?? undefined
  const restored = parseInstant(textAt(incident.data, 'restored_at') ?? '')
  return at === undefined ? undefined : Math.min(at, restored ?? at)
}

/** How long a deployment that caused incidents stood failed, and until when; `undefined` while it does. */
function recovery(life: RecordLife, facts: MetricFacts): { readonly length: Seconds; readonly at: number } | undefined {
  const caused = incidentsCausedBy(life, facts).flatMap((incident) => incident.facts ?? [])
  const ends = caused.map((incident) => resolvedAt(incident, facts.asOf))
  const over = ends.filter((at) => at !== undefined)
  const starts = caused.map((incident) => lifeUntil(incident, facts.asOf + 1)?.openedAt ?? facts.asOf)
  const end = workEnded(life)
  if (end === undefined || over.length === 0 || over.length < caused.length) return undefined
  const [from, at] = [Math.min(end, ...starts), Math.max(...over)]
  return { length: Math.max(0, at - from), at }
}

/** The five figures of DORA. */
export const deploymentMetrics: readonly Metric[] = [
  metric(
    {
      id: 'deployment-frequency',
      title: 'Deployment frequency',
      unit: 'frequency',
      better: 'up',
      formula:
        'Deployments for each week of the part of the period that the history covers and that is over, a week being seven times 24 hours.',
      and: 'n counts deployments; none is 0 a week.',
      source: 'DORA, deployment frequency',
    },
    (all, span, { since, asOf }) => {
      const known = overlap(span, { from: since, until: asOf })
      if (!known) return nothing
      const { length } = happenedIn(all, span, workEnded)
      return { ...nothing, value: (length * week) / (known.until - known.from), n: length }
    },
  ),
  metric(
    {
      id: 'deployment-lead-time',
      title: 'Change lead time, commit to deployment',
      unit: 'time',
      better: 'down',
      formula:
        'Median wall-clock time from committed_at of a change, when the oldest commit that it deploys was made, until it was deployed.',
      and: 'n counts the deployments that carry committed_at.',
      source: 'DORA, change lead time; change-lead-time is that of ITSM',
    },
    (all, span) =>
      medianFigure(
        happenedIn(all, span, workEnded).flatMap((life) => {
          const [from, until] = [parseInstant(textAt(life.data, 'committed_at') ?? ''), workEnded(life)]
          return from === undefined || until === undefined ? [] : [Math.max(0, until - from)]
        }),
      ),
  ),
  metric(
    {
      id: 'change-fail-rate',
      title: 'Change fail rate',
      unit: 'share',
      better: 'down',
      formula:
        'Of the deployments, those that needed intervention: with an unsuccessful outcome, or that caused an incident, as either side tells.',
      and: 'n counts deployments.',
      source: 'DORA, change fail rate',
    },
    (all, span, facts) =>
      shareFigure(
        shareOf(
          happenedIn(all, span, workEnded),
          (life) => hasFailed(life.data) || incidentsCausedBy(life, facts).length > 0,
        ),
      ),
  ),
  metric(
    {
      id: 'failed-deployment-recovery-time',
      title: 'Failed deployment recovery time',
      unit: 'time',
      better: 'down',
      formula:
        'Median wall-clock time from the end of a deployment, or the start of the first incident that it caused if that is earlier, until the last of these was restored (restored_at, else the resolution), of what was restored in the period.',
      and: 'Here they count by when they recovered. n counts the deployments that caused incidents all of which are resolved; incidents that no deployment caused play no part, and neither do failures that tell of no incident.',
      source: 'DORA, failed deployment recovery time, which replaced MTTR',
    },
    (all, span, facts) =>
      medianFigure(
        all.flatMap((life) => {
          const found = recovery(life, facts)
          return found && isWithin(span, found.at) ? [found.length] : []
        }),
      ),
  ),
  metric(
    {
      id: 'deployment-rework-rate',
      title: 'Deployment rework rate',
      unit: 'share',
      better: 'down',
      formula:
        'Of the deployments, those that were made to resolve an incident, as incidents of the change or change of the incident tells.',
      and: 'n counts deployments.',
      source: 'DORA, deployment rework rate: unplanned deployments that an incident in production caused',
    },
    (all, span, facts) =>
      shareFigure(
        shareOf(
          happenedIn(all, span, workEnded),
          ({ id, data }) => textsAt(data, 'incidents').length > 0 || repaired(facts).has(id),
        ),
      ),
  ),
]
