import type { TimedFacts } from '../core/facts.ts'
import type { Rule } from '../core/rule.ts'
import { agreementIsSigned } from './agreement-is-signed.ts'
import { birthAllowed } from './birth-allowed.ts'
import { calendarIsConsistent } from './calendar-is-consistent.ts'
import { capacityIsMeasured } from './capacity-is-measured.ts'
import { categoryKnown } from './category-known.ts'
import { changeIsConsistent } from './change-is-consistent.ts'
import { changeIsNotOverdue } from './change-is-not-overdue.ts'
import { changeIsReviewed } from './change-is-reviewed.ts'
import { changeKeepsType } from './change-keeps-type.ts'
import { changeModelIsConsistent } from './change-model-is-consistent.ts'
import { ciChangeIsAuthorised } from './ci-change-is-authorised.ts'
import { ciFitsClass } from './ci-fits-class.ts'
import { closedIsImmutable } from './closed-is-immutable.ts'
import { commentaryPeriodExists } from './commentary-period-exists.ts'
import { conflictIsKnown } from './conflict-is-known.ts'
import { conflictIsWaived } from './conflict-is-waived.ts'
import { declaredNotAhead } from './declared-not-ahead.ts'
import { defaultCalendarExists } from './default-calendar-exists.ts'
import { dependencyWithoutCycle } from './dependency-without-cycle.ts'
import { emergencyIsRare } from './emergency-is-rare.ts'
import { heldChangeWaits } from './held-change-waits.ts'
import { idMatchesFile } from './id-matches-file.ts'
import { idUnique } from './id-unique.ts'
import { improvementIsBorneOut } from './improvement-is-borne-out.ts'
import { improvementIsConsistent } from './improvement-is-consistent.ts'
import { knownErrorIsTold } from './known-error-is-told.ts'
import { kpiIsConsistent } from './kpi-is-consistent.ts'
import { lineageHasAnEnd } from './lineage-has-an-end.ts'
import { linkExists } from './link-exists.ts'
import { logAppendOnly } from './log-append-only.ts'
import { logNamesState } from './log-names-state.ts'
import { majorIncidentIsReviewed } from './major-incident-is-reviewed.ts'
import { memberListedOnce } from './member-listed-once.ts'
import { modelMayBeFollowed } from './model-may-be-followed.ts'
import { neverDeleted } from './never-deleted.ts'
import { openedAtStands } from './opened-at-stands.ts'
import { outageIsConsistent } from './outage-is-consistent.ts'
import { ownerIsNamed } from './owner-is-named.ts'
import { policyCanBeMet } from './policy-can-be-met.ts'
import { policyGuardsAreClear } from './policy-guards-are-clear.ts'
import { policyIsConsistent } from './policy-is-consistent.ts'
import { priorityMatchesMatrix } from './priority-matches-matrix.ts'
import { problemAnalysisFollowsMethod } from './problem-analysis-follows-method.ts'
import { problemHasEvidence } from './problem-has-evidence.ts'
import { problemResolutionHolds } from './problem-resolution-holds.ts'
import { problemStaysSolved } from './problem-stays-solved.ts'
import { redundancyIsPossible } from './redundancy-is-possible.ts'
import { referenceExists } from './reference-exists.ts'
import { releaseIsReady } from './release-is-ready.ts'
import { requestFollowsItem } from './request-follows-item.ts'
import { requestFormFitsItem } from './request-form-fits-item.ts'
import { requestTasksAreDone } from './request-tasks-are-done.ts'
import { retirementIsClean } from './retirement-is-clean.ts'
import { reviewActionsHaveEnded } from './review-actions-have-ended.ts'
import { reviewIsNotOverdue } from './review-is-not-overdue.ts'
import { riskAnswersOffered } from './risk-answers-offered.ts'
import { riskNotUnderstated } from './risk-not-understated.ts'
import { slaIsConsistent } from './sla-is-consistent.ts'
import { slaOrderIsClear } from './sla-order-is-clear.ts'
import { standardFollowsModel } from './standard-follows-model.ts'
import { stateHasFields } from './state-has-fields.ts'
import { stepHasFields } from './step-has-fields.ts'
import { stepInTime } from './step-in-time.ts'
import { stepNotBackdated } from './step-not-backdated.ts'
import { timesInOrder } from './times-in-order.ts'
import { transitionAllowed } from './transition-allowed.ts'
import { typeIsGuarded } from './type-is-guarded.ts'
import { windowIsConsistent } from './window-is-consistent.ts'

/** What must hold in a tree of records, whatever its history: the rules of `gitsm validate`. */
export const treeRules: readonly Rule[] = [
  idMatchesFile,
  idUnique,
  referenceExists,
  linkExists,
  stateHasFields,
  ownerIsNamed,
  priorityMatchesMatrix,
  categoryKnown,
  ciFitsClass,
  dependencyWithoutCycle,
  redundancyIsPossible,
  timesInOrder,
  lineageHasAnEnd,
  outageIsConsistent,
  problemHasEvidence,
  problemAnalysisFollowsMethod,
  knownErrorIsTold,
  problemResolutionHolds,
  reviewActionsHaveEnded,
  requestFormFitsItem,
  requestTasksAreDone,
  defaultCalendarExists,
  calendarIsConsistent,
  slaIsConsistent,
  slaOrderIsClear,
  agreementIsSigned,
  kpiIsConsistent,
  capacityIsMeasured,
  improvementIsConsistent,
  commentaryPeriodExists,
  memberListedOnce,
  windowIsConsistent,
  policyGuardsAreClear,
  typeIsGuarded,
  policyIsConsistent,
  policyCanBeMet,
  changeIsConsistent,
  changeIsReviewed,
  changeModelIsConsistent,
]

/** Rules that rest on schemas, lifecycles or `gitsm.yaml` and look at nothing beyond the record. */
const ownRules: readonly Rule[] = [
  stateHasFields,
  priorityMatchesMatrix,
  categoryKnown,
  ciFitsClass,
  timesInOrder,
  slaIsConsistent,
]

/**
 * Rules of a tree that rest on schemas, lifecycles or `gitsm.yaml` and look at each record for itself: closed records are
 * judged by them as they were in force at the closing.
 */
export const rulebookRules: readonly Rule[] = [referenceExists, linkExists, ...ownRules]

/** Those of them that look at nothing beyond the record: once they allowed a record to close, they ask it no more. */
export const settledRules: readonly string[] = ownRules.map(({ id }) => id)

/** What must hold for agreements and calendars that are tried out by themselves: the rules of `gitsm simulate`. */
export const agreementRules: readonly Rule[] = [
  idUnique,
  defaultCalendarExists,
  calendarIsConsistent,
  slaIsConsistent,
  slaOrderIsClear,
]

/** What falls due by time alone: `gitsm validate` warns of it, and no change is held up by it. */
export const dueRules: readonly Rule<TimedFacts>[] = [reviewIsNotOverdue, modelMayBeFollowed, changeIsNotOverdue]

/** What must hold for a change of records against their base: with the tree's rules, those of `gitsm check`. */
export const changeRules: readonly Rule[] = [
  birthAllowed,
  transitionAllowed,
  stepHasFields,
  stepInTime,
  logNamesState,
  logAppendOnly,
  closedIsImmutable,
  neverDeleted,
  ciChangeIsAuthorised,
  retirementIsClean,
  conflictIsKnown,
  conflictIsWaived,
  problemStaysSolved,
  improvementIsBorneOut,
  requestFollowsItem,
  majorIncidentIsReviewed,
  changeKeepsType,
  emergencyIsRare,
  heldChangeWaits,
  riskAnswersOffered,
  riskNotUnderstated,
  standardFollowsModel,
  releaseIsReady,
]

/** What only the mainline can tell, because it knows when each commit was recorded: `gitsm verify` asks it, too. */
export const mainlineRules: readonly Rule[] = [declaredNotAhead, stepNotBackdated, openedAtStands]

/** Ids of the rules on changes that go by when commits were recorded, which the ledger or later commits may put right. */
export const timedRules: readonly string[] = [...mainlineRules, stepInTime, improvementIsBorneOut].map(({ id }) => id)

/** What holds for history brought in from another tool, too: it may allow other steps, but nothing gets lost. */
export const importedRules: readonly string[] = [logAppendOnly.id, neverDeleted.id]
