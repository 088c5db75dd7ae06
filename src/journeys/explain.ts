import { exit } from '../core/exit.ts'
import { explainAll } from '../core/explain.ts'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import { removedCalendars } from '../core/removed-calendar.ts'
import { accountedReadings } from '../core/sla-reading.ts'
import { explanationsMarkdown, explanationsText } from '../render/explanation.ts'
import { explanationsJson } from '../render/explanation-json.ts'
import { gatherClocks } from './clocks.ts'
import { namedInHistory } from './named-record.ts'
import { sayEvidence, sayWarnings } from './say-evidence.ts'
import type { Outcome, World } from './world.ts'

/** Accounts for every reading of a record, interval by interval. */
export async function explain(world: World, name: string, asOf: Instant = world.now): Promise<Outcome> {
  const { tip, records, levels, history } = await gatherClocks(world)
  sayEvidence(world, history.evidence)
  const record = await namedInHistory(world, name, records)
  const commits = new Map(history.commits.map((each) => [each.commit, each]))
  const context = { moments: record.moments, asOf, commits }
  const explanations = explainAll(accountedReadings(record, levels, asOf), context)
  const judging = new Set(explanations.map(({ reading }) => reading.sla))
  const warnings = removedCalendars(levels, asOf, (sla) => judging.has(sla))
  sayWarnings(world, warnings)
  if (explanations.length === 0) {
    throw new Fault(`No clock runs on ${record.id} as of that instant`, {
      cure: 'gitsm list sla --where state=active shows the agreements; applies_to says what they cover',
    })
  }
  const account = { id: record.id, commit: tip, asOf, explanations, warnings, evidence: history.evidence }
  const out =
    world.format === 'json'
      ? explanationsJson(account)
      : world.format === 'markdown'
        ? explanationsMarkdown(account)
        : explanationsText(account, world.colour, world.width)
  return { code: exit.pass, out }
}
