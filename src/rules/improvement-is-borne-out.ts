import { agrees, decimalsOf, type Proof, periodOf, resultOf } from '../core/improvement-proof.ts'
import { humanInstant } from '../core/instant.ts'
import type { Measured } from '../core/kpi-record.ts'
import type { Route } from '../core/place.ts'
import { type Data, type RecordDoc, textAt, valueAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/**
 * An improvement closes only when the engine's own figures agree with what it claims.
 *
 * The KPI is computed again over the period before and the period after. A register that believes its authors is a list
 * of good intentions.
 */
export const improvementIsBorneOut: Rule = {
  id: 'improvement-is-borne-out',
  severity: 'error',
  summary: 'An improvement closes with the values and the result that its KPI, computed again, bears out',
  *check({ changes, rulebook, proofs = new Map() }) {
    for (const change of changes) {
      if (change.kind === 'removed' || change.after.type !== 'improvement') continue
      const proof = proofs.get(change.after.id)
      if (proof) yield* findings(change.after, proof, rulebook.config.timezone)
    }
  },
}

function* findings(improvement: RecordDoc, proof: Proof, zone: string): Generator<Finding> {
  const { file, data } = improvement
  const { kpi } = proof
  const period = periodOf(data, 'measured_period', zone)
  if (period && period.until > proof.asOf) {
    yield {
      message: 'The measured period is not over yet',
      place: { file, route: ['measured_period', 'to'] },
      hint: `It ends ${humanInstant(period.until)} UTC: close the improvement after that`,
    }
    return
  }
  const unit = textAt(kpi.data, 'unit') ?? ''
  yield* valueFindings(improvement, ['baseline', 'value'], proof.baseline, kpi.id, unit)
  yield* valueFindings(improvement, ['measured_value'], proof.measured, kpi.id, unit)
  const [before, after] = [figureOf(proof.baseline), figureOf(proof.measured)]
  const { target, result } = data
  if (before === null || after === null || typeof target !== 'number') return
  const found = resultOf(kpi.data, after, before, target)
  if (found === result || disagrees(data, ['measured_value'], after)) return
  yield {
    message: `The figures say ${found}, not ${result}`,
    place: { file, route: ['result'] },
    hint: `${kpi.id} went from ${shown(before)} to ${shown(after)} ${unit}; the target is ${target}`,
  }
}

function* valueFindings(
  { file, data }: RecordDoc,
  route: Route,
  measured: Measured,
  kpi: string,
  unit: string,
): Generator<Finding> {
  const declared = valueAt(data, route)
  if (typeof declared !== 'number') return
  const period = route[0] === 'baseline' ? 'baseline' : 'measured_period'
  const span = `${valueAt(data, [period, 'from'])} to before ${valueAt(data, [period, 'to'])}`
  if ('gap' in measured) {
    const message = `${kpi} cannot be computed from ${span}: ${measured.gap}`
    yield { message, place: { file, route }, hint: 'Nothing is closed without figures: make it measurable' }
    return
  }
  const { value, n } = measured.figure
  if (value === null) {
    const message = `${kpi} has no data from ${span}`
    yield { message, place: { file, route }, hint: 'Choose a period that data exist of, or bring the data in' }
    return
  }
  if (agrees(declared, value)) return
  yield {
    message: `${kpi} is ${shown(value, decimalsOf(declared))} ${unit} from ${span}, not ${declared}`,
    place: { file, route },
    hint: `Computed from n = ${n}; gitsm metrics --from ${valueAt(data, [period, 'from'])} --to ${valueAt(data, [period, 'to'])} shows it`,
  }
}

function figureOf(measured: Measured): number | null {
  return 'figure' in measured ? measured.figure.value : null
}

function disagrees(data: Data, route: Route, figure: number): boolean {
  const declared = valueAt(data, route)
  return typeof declared === 'number' && !agrees(declared, figure)
}

/** A figure with at least the decimals that were declared, and two more where these would hide the difference. */
function shown(value: number, decimals = 2): string {
  return String(Number(value.toFixed(Math.min(12, decimals + 2))))
}
