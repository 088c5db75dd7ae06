import { parseDuration, type Seconds } from './instant.ts'
import { type Data, isData, textAt } from './record.ts'

/** The points that a change brings or costs by how it ended, and by the incidents that it caused. */
export interface ChangePoints {
  readonly byOutcome: { readonly [outcome: string]: number }
  /** For each incident caused, by its priority. */
  readonly byCausedPriority: { readonly [priority: string]: number }
}

/** What an organisation settles where the definitions of figures leave a choice: `metrics` in `gitsm.yaml`. */
export interface MetricSettings {
  /** Within how long of its start an incident has to be resolved to count as resolved on first contact. */
  readonly firstContact: Seconds
  /** After how many days the verification of a configuration item is stale. */
  readonly staleDays: number
  /** How long after the beginning of a change an incident on the same CI counts as one that followed it. */
  readonly afterChange: Seconds
  readonly changePoints: ChangePoints
}

/** What holds where the organisation settles nothing. The points are the defaults of ServiceNow's change score. */
export const usualSettings: MetricSettings = {
  firstContact: 3600,
  staleDays: 60,
  afterChange: 72 * 3600,
  changePoints: {
    byOutcome: {
      successful: 3,
      successful_with_issues: -2,
      unsuccessful_backed_out: -5,
      unsuccessful_not_backed_out: -5,
    },
    byCausedPriority: { P1: -10, P2: -5, P3: -2 },
  },
}

/** The settings that the data of `metrics` gives, with what it leaves out filled in. */
export function metricSettingsOf(data: Data): MetricSettings {
  const { firstContact, staleDays, afterChange, changePoints } = usualSettings
  const score = isData(data['change_score']) ? data['change_score'] : {}
  const stale = data['stale_days']
  return {
    firstContact: parseDuration(textAt(data, 'first_contact') ?? '') ?? firstContact,
    staleDays: typeof stale === 'number' ? stale : staleDays,
    afterChange: parseDuration(textAt(data, 'after_change') ?? '') ?? afterChange,
    changePoints: {
      byOutcome: pointsOf(score['outcomes'], changePoints.byOutcome),
      byCausedPriority: pointsOf(score['incidents_caused'], changePoints.byCausedPriority),
    },
  }
}

function pointsOf(data: unknown, usual: { readonly [name: string]: number }): { readonly [name: string]: number } {
  const given = Object.entries(isData(data) ? data : {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  )
  return { ...usual, ...Object.fromEntries(given) }
}
