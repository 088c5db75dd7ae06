import { cloneRemotes } from '../adapters/git/remotes.ts'
import { resolveCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { type Agenda, agendaOf } from '../core/cab/agenda.ts'
import { type Minutes, minutesOf } from '../core/cab/minutes.ts'
import { assessmentFacts } from '../core/change-assessment.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { type Period, parsePeriod, periodAt, previousPeriods } from '../core/period.ts'
import { laidOver } from '../core/tentative.ts'
import { agendaJson, agendaText } from '../render/cab-agenda.ts'
import { minutesJson, minutesText } from '../render/cab-minutes.ts'
import { type CabPulls, cabPulls } from './cab-pulls.ts'
import { emergencyAuthorities } from './emergency-authorities.ts'
import { gitHubOf } from './github-connection.ts'
import { readDecisions, readLedger } from './ledger-reading.ts'
import { ledgerSource, mainlineHere, shortRef } from './ledger-source.ts'
import { reportTemplates } from './report-files.ts'
import { openTip, type Tip } from './tip.ts'
import { sharingReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm cab` is asked: which week, the agenda before it or the minutes after it, and whether GitHub is asked. */
export interface CabOptions {
  /** An ISO week; left out, the coming one for an agenda and the past one for minutes. */
  readonly week?: string
  readonly minutes: boolean
  /** Whether open pull requests are wanted whatever happens, are left out, or are asked for where there is a token. */
  readonly pulls: 'wanted' | 'none' | 'if_any'
}

/** Draws up the agenda of the change advisory board for a week, or writes the minutes of one. */
export async function cab(world: World, options: CabOptions, connect: typeof gitHubOf = gitHubOf): Promise<Outcome> {
  const git: GitDir = { dir: world.dir, env: world.env }
  const { branch } = await mainlineHere(git, await cloneRemotes(git))
  const tip = await openTip(git, branch?.tip ?? (await resolveCommit(git, 'HEAD')), world.reader ?? sharingReader())
  const { timezone } = tip.snapshot.rulebook.config
  const week = weekNamed(options, world, timezone)
  const pulls = await cabPulls(world, week, options, connect)
  if (options.minutes) {
    const minutes = await minutesFrom(tip, week, timezone, pulls)
    if (world.format === 'json') return { code: exit.pass, out: minutesJson(minutes) }
    if (world.format === 'text') return { code: exit.pass, out: minutesText(minutes, world.colour) }
    return { code: exit.pass, out: await filled(world, tip, 'cab-minutes', minutes) }
  }
  const agenda = await agendaFrom(world, tip, week, timezone, pulls)
  if (world.format === 'json') return { code: exit.pass, out: agendaJson(agenda) }
  if (world.format === 'text') return { code: exit.pass, out: agendaText(agenda, world.colour) }
  return { code: exit.pass, out: await filled(world, tip, 'cab-agenda', agenda) }
}

function weekNamed({ week: asked, minutes }: CabOptions, { now, asOf = now }: World, zone: string): Period {
  if (asked === undefined) {
    const current = periodAt('week', asOf, zone)
    if (!minutes) return periodAt('week', current.until, zone)
    return previousPeriods(current, zone, 1)[0] ?? current
  }
  const period = parsePeriod(asked, zone)
  if (period?.kind === 'week') return period
  throw new Fault(`${JSON.stringify(asked)} is no week`, { cure: 'Write the ISO week as 2026-W48' })
}

async function agendaFrom(world: World, tip: Tip, week: Period, zone: string, pulls: CabPulls): Promise<Agenda> {
  const { snapshot } = tip
  const records = laidOver(snapshot.records, pulls.tentative)
  const [before = week] = previousPeriods(week, zone, 1)
  return agendaOf({
    ...{ rulebook: snapshot.rulebook, records, week, before, zone, asOf: world.asOf ?? world.now },
    assessing: assessmentFacts({ records, rulebook: snapshot.rulebook }),
    proposed: pulls.proposed,
    emergencies: await emergencyAuthorities(world, tip),
    withoutPulls: pulls.without,
  })
}

async function minutesFrom({ git, snapshot }: Tip, week: Period, zone: string, pulls: CabPulls): Promise<Minutes> {
  const ledger = await readLedger(git, await ledgerSource(git))
  const { decisions } = ledger ? await readDecisions(git, ledger) : { decisions: [] }
  return minutesOf({
    ...{ week, zone, records: snapshot.records, decisions, remarks: pulls.remarks, withoutPulls: pulls.without },
    ledger: ledger ? shortRef(ledger.ref) : null,
  })
}

/** A page by its template: the one of the repository, else the one that gitsm ships. */
async function filled(world: World, { git, commit }: Tip, name: string, model: Agenda | Minutes): Promise<string> {
  const own = await readTree(git, commit, ['templates/reports'])
  const template = (await reportTemplates(own, world.packageRoot)).get(name)
  if (template) return template(model)
  throw new Fault(`There is no template templates/reports/${name}.md.hbs`, { cure: 'gitsm init writes it' })
}
