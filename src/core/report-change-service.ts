import { compare } from './diagnostic.ts'
import { type Share, shareOf } from './kpi-figure.ts'
import { type ChangeLife, outcomeOf } from './report-change.ts'
import type { Harm } from './report-change-harm.ts'

/** The changes of a period that concern one service. A change that concerns several counts for each of them. */
export interface ServiceChanges {
  /** Id of the service; `null` for changes and incidents that name none. */
  readonly service: string | null
  readonly closed: number
  readonly successful: Share
  readonly failed: Share
  readonly emergencies: number
  /** Incidents of the service, opened in the period, that a change caused. */
  readonly harms: number
}

/** The changes closed in a period and the incidents that changes caused, by service: where most went wrong first. */
export function changesByService(closed: readonly ChangeLife[], harms: readonly Harm[]): readonly ServiceChanges[] {
  const hurt = ({ incident }: Harm): string | null => serviceOf(incident.data['service'])
  const named = [
    ...closed.flatMap(({ services }) => services),
    ...harms.map(hurt).filter((service) => service !== null),
  ]
  const nameless = closed.some(({ services }) => services.length === 0) || harms.some((each) => hurt(each) === null)
  return [...new Set(named), ...(nameless ? [null] : [])]
    .map((service) => {
      const own = closed.filter(({ services }) =>
        service === null ? services.length === 0 : services.includes(service),
      )
      return {
        service,
        closed: own.length,
        successful: shareOf(own, (change) => outcomeOf(change) === 'successful'),
        failed: shareOf(own, (change) => outcomeOf(change) === 'failed'),
        emergencies: own.filter(({ changeType }) => changeType === 'emergency').length,
        harms: new Set(harms.filter((each) => hurt(each) === service).map(({ incident }) => incident.id)).size,
      }
    })
    .toSorted(
      (a, b) =>
        b.failed.count + b.harms - (a.failed.count + a.harms) ||
        b.closed - a.closed ||
        compare(a.service ?? '\uffff', b.service ?? '\uffff'),
    )
}

function serviceOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
