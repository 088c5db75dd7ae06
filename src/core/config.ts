import { type CiClasses, ciClassesOf } from './ci-class.ts'
import { type MetricSettings, metricSettingsOf, usualSettings } from './metric-settings.ts'
import { type OwnPage, ownPagesOf } from './own-page/own-page.ts'
import { type Data, isData, listAt, textAt, textsAt, valueAt } from './record.ts'
import { type RepeatRate, usualRate } from './repeat-incidents.ts'
import { type EmergencyRate, usualEmergencies } from './repeated-emergencies.ts'
import { type RiskPolicy, riskPolicyOf } from './risk-policy.ts'

/** `gitsm.yaml`, the configuration of a service repository; its shape is `schemas/_meta/gitsm.json`. */
export interface Config {
  readonly organisation: string
  /** IANA zone of the reports. */
  readonly timezone: string
  /** The calendar used where nothing names another; `always` when absent. */
  readonly calendar: string
  /** Impact → urgency → priority; absent when the organisation sets priorities by hand. */
  readonly matrix?: { readonly [impact: string]: { readonly [urgency: string]: string } }
  readonly categories: readonly string[]
  /** How the risk of changes is weighed; the built-in way when absent. */
  readonly risk?: RiskPolicy
  /** The classes of configuration items; absent when every item may name a class of its own. */
  readonly ciClasses?: CiClasses
  /** How many alike incidents within how long call for a problem. */
  readonly repeats?: RepeatRate
  /** How many emergency changes of one requester within how long are worth a word, or refused. */
  readonly emergencies?: EmergencyRate
  /** What is settled where the definitions of figures leave a choice; the usual when absent. */
  readonly metrics?: MetricSettings
  /** Record types in use; every type of `schemas/` when absent. */
  readonly practices?: readonly string[]
  /** `day` adds a folder per day below the month for new records. */
  readonly shard: 'month' | 'day'
  /** The teams whose members may operate records through GitHub; every team when absent. */
  readonly operators?: readonly string[]
  readonly reports: {
    readonly path: string
    readonly branch?: string
    /** Address under which the files of the default branch are read, without a slash at its end. */
    readonly url?: string
    /** Pages that the organisation adds; absent when there is none. */
    readonly pages?: readonly OwnPage[]
  }
  /** Commits up to which history was brought in from another tool, whose steps are not judged. */
  readonly imports: readonly { readonly system: string; readonly until: string }[]
}

/** The configuration that the data of a `gitsm.yaml` gives, with what it leaves out filled in. */
export function configOf(data: Data): Config {
  const matrix = matrixOf(valueAt(data, ['priority', 'matrix']))
  const branch = valueAt(data, ['reports', 'branch'])
  const path = valueAt(data, ['reports', 'path'])
  const url = valueAt(data, ['reports', 'url'])
  const pages = valueAt(data, ['reports', 'pages'])
  const operators = valueAt(data, ['operations', 'teams'])
  const ciClasses = ciClassesOf(data['ci_classes'])
  return {
    organisation: textAt(data, 'organisation') ?? '',
    timezone: textAt(data, 'timezone') ?? 'UTC',
    calendar: textAt(data, 'calendar') ?? 'always',
    categories: textsAt(data, 'categories'),
    shard: data['shard'] === 'day' ? 'day' : 'month',
    reports: {
      path: typeof path === 'string' ? path : 'reports',
      ...(Array.isArray(pages) && { pages: ownPagesOf(pages) }),
      ...(typeof branch === 'string' && { branch }),
      ...(typeof url === 'string' && { url: url.replace(/\/+$/, '') }),
    },
    imports: listAt(data, 'imports')
      .filter(isData)
      .map((entry) => ({ system: textAt(entry, 'system') ?? '', until: textAt(entry, 'until') ?? '' })),
    ...(matrix && { matrix }),
    ...(isData(data['risk']) && { risk: riskPolicyOf(data['risk']) }),
    ...(isData(data['repeats']) && { repeats: rateOf(data['repeats'], usualRate) }),
    ...(isData(data['emergencies']) && { emergencies: emergencyRateOf(data['emergencies']) }),
    ...(isData(data['metrics']) && { metrics: metricSettingsOf(data['metrics']) }),
    ...(ciClasses && { ciClasses }),
    ...(Array.isArray(operators) && { operators: operators.filter((team) => typeof team === 'string') }),
    ...(Array.isArray(data['practices']) && { practices: textsAt(data, 'practices') }),
  }
}

/** What figures are computed with. */
export function metricSettings({ metrics = usualSettings }: Pick<Config, 'metrics'>): MetricSettings {
  return metrics
}

function rateOf({ days, at_least: atLeast }: Data, usual: RepeatRate): RepeatRate {
  return {
    over: typeof days === 'number' ? days * 86_400 : usual.over,
    atLeast: typeof atLeast === 'number' ? atLeast : usual.atLeast,
  }
}

function emergencyRateOf(data: Data): EmergencyRate {
  const { refuse_from: refuseFrom } = data
  return { ...rateOf(data, usualEmergencies), ...(typeof refuseFrom === 'number' && { refuseFrom }) }
}

function matrixOf(data: unknown): NonNullable<Config['matrix']> | undefined {
  if (!isData(data)) return undefined
  return Object.fromEntries(
    Object.entries(data).map(([impact, row]) => [
      impact,
      Object.fromEntries(
        Object.entries(isData(row) ? row : {}).flatMap(([urgency, priority]) =>
          typeof priority === 'string' ? [[urgency, priority] as const] : [],
        ),
      ),
    ]),
  )
}
