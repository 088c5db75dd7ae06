import { countFigure, type Metric } from './metric.ts'
import {
  carriedOut,
  changes,
  closedText,
  doneText,
  endedText,
  incidentsCausedBy,
  scheduled,
  workEnded,
} from './metric-change-population.ts'
import { happenedIn, lifeMetric, lifeShare, lifeTime, staysIn, untilFirst } from './metric-life.ts'
import { isFilled } from './record.ts'
import { timekeeping } from './timekeeping.ts'

/** The figures of whether changes kept to the rules, whom they harmed, and how long they took. */
export const conductMetrics: readonly Metric[] = [
  lifeShare(
    changes,
    {
      id: 'unauthorised-changes',
      title: 'Unauthorised changes',
      better: 'down',
      formula: 'Of the changes first carried out in the period, those marked as unauthorised.',
      population: doneText,
      source: 'IT KPI library: infrastructure changes that no registered change accounts for',
    },
    carriedOut,
    ({ data }) => data['unauthorised'] === true,
  ),
  lifeShare(
    changes,
    {
      id: 'harmful-changes',
      title: 'Changes that caused incidents',
      better: 'down',
      formula:
        'Of the changes first carried out in the period, those that caused an incident, as incidents_caused of the change or caused_by of the incident tells.',
      population: `${doneText} Cancelled incidents do not count.`,
      source: 'IT KPI library, change-caused incidents',
    },
    carriedOut,
    (life, facts) => incidentsCausedBy(life, facts).length > 0,
  ),
  lifeShare(
    changes,
    {
      id: 'conflict-waivers',
      title: 'Changes scheduled with a waived conflict',
      better: 'down',
      formula: 'Of the changes first scheduled in the period, those whose conflicts somebody waived.',
      population:
        'n counts the changes that were scheduled for the first time in the period; cancelled ones, and emergencies that never were scheduled, are left out.',
      source: 'GitSM',
    },
    scheduled,
    ({ data }) => isFilled(data['waivers']),
  ),
  lifeShare(
    changes,
    {
      id: 'changes-without-window',
      title: 'Changes without a planned time',
      better: 'down',
      formula:
        'Of the changes whose work was first over in the period (review or closed), those without planned_start or planned_end.',
      population: endedText,
      source: 'GitSM',
    },
    workEnded,
    (life) => timekeeping(life).kept === 'unplanned',
  ),
  lifeShare(
    changes,
    {
      id: 'changes-outside-window',
      title: 'Changes outside their planned time',
      better: 'down',
      formula:
        'Of the changes whose work was first over in the period (review or closed), those with an actual_start before planned_start or an actual_end after planned_end.',
      population: `${endedText} Those that do not tell both times, planned and actual, are left out.`,
      source: 'GitSM',
    },
    (life) => (['inside', 'outside'].includes(timekeeping(life).kept) ? workEnded(life) : undefined),
    (life) => timekeeping(life).kept === 'outside',
  ),
  lifeMetric(
    changes,
    {
      id: 'changes-carried-out',
      title: 'Changes carried out',
      unit: 'count',
      better: 'up',
      formula: 'Changes first carried out in the period.',
      population: doneText,
      source: 'GitSM',
    },
    (among, span) => countFigure(happenedIn(among, span, carriedOut).length),
  ),
  lifeTime(
    changes,
    {
      id: 'change-lead-time',
      title: 'Lead time of changes',
      better: 'down',
      formula:
        'Wall-clock time from the start of a change, the earlier of opened_at and its first record, to its closing, of those closed in the period.',
      population: closedText,
      source: 'ServiceNow, average time to close a change; deployment-lead-time is that of DORA',
    },
    (life) => untilFirst(life, ['closed']),
  ),
  lifeTime(
    changes,
    {
      id: 'change-approval-wait',
      title: 'Wait of changes for approval',
      better: 'down',
      formula: 'Wall-clock time that a change stood in assess or authorize, of the stays that ended in the period.',
      population:
        'n counts stays: a change that was sent back counts again. Those that still wait, and cancelled changes, are left out, and so are changes that were authorised in the pull request that brought them.',
      source: 'Jira Service Management, time to approve normal change',
    },
    (life) => staysIn(life, ['assess', 'authorize']),
  ),
  lifeTime(
    changes,
    {
      id: 'change-implementation-time',
      title: 'Time to implement changes',
      better: 'down',
      formula: 'Wall-clock time that a change stood in implement, of the stays that ended in the period.',
      population: 'n counts stays; cancelled changes and those under way are left out.',
      source: 'GitSM',
    },
    (life) => staysIn(life, ['implement']),
  ),
]
