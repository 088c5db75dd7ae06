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
  /** Record types in use; every type of `schemas/` when absent. */
  readonly practices?: readonly string[]
  /** `day` adds a folder per day below the month for new records. */
  readonly shard: 'month' | 'day'
  readonly reports: { readonly path: string; readonly branch?: string }
  /** Commits up to which history was brought in from another tool, whose steps are not judged. */
  readonly imports: readonly { readonly system: string; readonly until: string }[]
}
