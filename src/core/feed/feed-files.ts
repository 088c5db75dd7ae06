/** What programs read beside the pages: files in the folder of the dashboard, and what each tells. */
export const feedFiles = {
  status: { file: 'status.json', tells: 'how each service is' },
  schedule: { file: 'schedule.ics', tells: 'planned changes and freezes, as a calendar to subscribe to' },
  majorIncidents: { file: 'major-incidents.rss', tells: 'news of major incidents' },
} as const
