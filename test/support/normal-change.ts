/** A normal change as its proposer leaves it for authorisation, but for its id and whether it takes anything down. */
export const clusterUpgrade: string = `title: Upgrade the search cluster
state: scheduled
change_type: normal
services: [catalogue-search]
cis: [search-1, search-2, search-3]
requester: ada
implementer: fatima
team: platform
opened_at: 2026-11-12T15:00:00Z
reason: The version in use gets no corrections after January
description: Each node goes from version 7 to 8
impact_assessment: While a node is out, two are left
implementation_plan: Node by node
test_plan: The hundred most frequent searches give the same articles
backout_plan: Write the old version, an hour each
risk: high
risk_answers: { tested: same_environment, backout: hours, experience: once, helpers: one_team }
planned_start: 2026-12-08T05:00:00Z
planned_end: 2026-12-08T09:00:00Z
`

/** The same as a file, with twenty minutes of outage. */
export function clusterUpgradeFile(id: string): string {
  return `# yaml-language-server: $schema=../../../../schemas/change/schema.json\nid: ${id}\n${clusterUpgrade}outage: true\noutage_minutes: 20\n`
}
