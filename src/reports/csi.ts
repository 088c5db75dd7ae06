import { type Analysed, analysedOf } from '../core/csi/analysed.ts'
import { basisOf } from '../core/csi/basis.ts'
import { commitmentsOf } from '../core/csi/commitments.ts'
import { type Coverage, coverageOf } from '../core/csi/coverage.ts'
import { type Measure, measureOf } from '../core/csi/measure.ts'
import { type Presented, presentedOf } from '../core/csi/presented.ts'
import { type Processed, processedOf } from '../core/csi/processed.ts'
import { type Register, registerOf } from '../core/csi/register.ts'
import { type Sources, sourcesOf } from '../core/csi/sources.ts'
import { type Suggestion, suggestionsOf } from '../core/csi/suggestions.ts'
import type { Kpi } from '../core/kpi.ts'
import { repeatDays } from '../core/kpi-incident.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import type { Page, Report, ReportFacts } from '../core/report.ts'
import { kpiRows, type Quote, quotesOn } from '../core/report-improvement.ts'
import { pageOf } from '../core/report-page.ts'

interface CsiPage extends Page {
  readonly quotes: readonly Quote[]
  /** Steps 1 to 6. */
  readonly measure: Measure
  readonly coverage: Coverage
  readonly sources: Sources
  readonly processed: Processed
  readonly analysed: Analysed
  readonly presented: Presented
  /** Step 7: what to do, the weightiest first, in two parts; and what is being done. */
  readonly suggestions: readonly Suggestion[]
  readonly lesserSuggestions: readonly Suggestion[]
  readonly register: Register
  readonly repeatDays: number
  readonly kpis: readonly Kpi[]
}

const firstSuggestions = 6

/** The seven steps of improvement, walked on the figures of the period. */
export const csi: Report = {
  name: 'csi',
  title: 'Improvement report',
  summary: 'The seven steps of improvement on real figures: what changed beyond noise, where, and what to do next',
  model(facts: ReportFacts): CsiPage {
    const basis = basisOf(facts)
    const [commitments, indicators] = [commitmentsOf(basis), kpiRows(facts, 'csi')]
    const measure = measureOf(basis, commitments, indicators)
    const coverage = coverageOf(basis, indicators)
    const processed = processedOf(basis)
    const analysed = analysedOf(basis)
    const presented = presentedOf(basis, measure, processed, analysed)
    const suggestions = suggestionsOf(facts, { measure, coverage, processed, analysed, backlog: presented.backlog })
    return {
      ...pageOf(facts, 'csi'),
      charts: analysed.charts,
      quotes: quotesOn(facts, 'csi'),
      measure,
      coverage,
      sources: sourcesOf(basis),
      processed,
      analysed,
      presented,
      suggestions: suggestions.slice(0, firstSuggestions),
      lesserSuggestions: suggestions.slice(firstSuggestions),
      register: registerOf(basis),
      repeatDays,
      kpis: kpisOf([
        'opened',
        'resolved',
        'backlog',
        'backlog-age',
        'mttr',
        'mtta',
        'reopen-rate',
        'first-assignment',
        'repeat-incidents',
        'hold-time',
        'sla-compliance',
        'sla-breached-open',
        'at-risk',
        'downtime',
      ]),
    }
  },
}
