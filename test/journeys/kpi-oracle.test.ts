import { describe, expect, test } from 'vitest'
import { type Figure, scopeKeys } from '../../src/core/metric.ts'
import { metrics } from '../../src/core/metric-catalogue.ts'
import { metricLines } from '../../src/core/metric-table.ts'
import { generated } from '../support/kpi-oracle/generated.ts'
import { golden } from '../support/kpi-oracle/golden.ts'
import { answers, perService } from '../support/kpi-oracle/index.ts'
import { toldRepository } from '../support/kpi-oracle/repository.ts'
import type { Answer, Asked, ToldRecord, Where } from '../support/kpi-oracle/told.ts'
import { instant } from '../support/life.ts'

const zone = 'Europe/Berlin'

/** Months in Berlin, by hand. */
const months = [
  ['2026-01', '2025-12-31T23:00:00Z', '2026-01-31T23:00:00Z'],
  ['2026-02', '2026-01-31T23:00:00Z', '2026-02-28T23:00:00Z'],
  ['2026-03', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
  ['2026-04', '2026-03-31T22:00:00Z', '2026-04-30T22:00:00Z'],
] as const

function rounded({ value, n, median, p90 }: Answer | Figure): Answer {
  const round = (each: number | null): number | null => (each === null ? null : Number(each.toFixed(6)) + 0)
  return { value: round(value), n, median: round(median), p90: round(p90) }
}

/** Everything that records say they belong to, and priorities that clocks were measured by. */
function valuesOf(told: readonly ToldRecord[]): { readonly [key in keyof Where]-?: readonly string[] } {
  const named = (...fields: readonly string[]): readonly string[] =>
    [
      ...new Set(
        told.flatMap(({ steps }) => steps.flatMap((step) => fields.flatMap((field) => step.fields[field] ?? []))),
      ),
    ]
      .map(String)
      .sort()
  return {
    service: named('service', 'services'),
    team: named('team', 'owner'),
    priority: [...named('priority'), 'default'],
    ci: named('cis'),
  }
}

describe('every figure of the catalogue', () => {
  test('has a second computation, and nothing else has', () => {
    expect(Object.keys(answers).sort()).toEqual(metrics.map(({ id }) => id).sort())
    expect(
      metrics
        .filter((metric) => metric.perService)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...perService].sort())
  })
})

/** Holds all figures of a stretch of time, as a whole and in parts, against their second computation. */
async function agree(told: readonly ToldRecord[], from: string, until: string, asOf: string): Promise<void> {
  const repo = await toldRepository(told)
  const facts = await repo.facts(instant(asOf))
  const span = { from: instant(from), until: instant(until) }
  const readings = [...facts.incidents, ...facts.clocked].flatMap((record) => record.readings)
  const asked: Asked = { told, readings, since: repo.since, asOf: instant(asOf), ...span, where: {} }
  const values = valuesOf(told)
  for (const by of scopeKeys) {
    for (const { id, figure, parts } of metricLines(metrics, facts, span, zone, by)) {
      const answer = answers[id]
      const metric = metrics.find((each) => each.id === id)
      if (!answer || !metric) throw new Error(`${id} has no second computation`)
      if (perService.has(id)) expect([id, figure.value, figure.n]).toEqual([id, null, 0])
      else expect([id, rounded(figure)]).toEqual([id, rounded(answer(asked))])
      if (!metric.scopes.includes(by)) continue
      const wanted = values[by].map((of) => [of, rounded(answer({ ...asked, where: { [by]: of } }))] as const)
      const found = parts?.map((part) => [part.of, rounded(part.figure)])
      expect([id, by, found]).toEqual([id, by, wanted.filter(([, { n }]) => n > 0)])
    }
  }
}

describe('the figures of a history told by hand are what a plain count gives, as a whole and in parts', () => {
  test.each([
    ...months.map(([name, from, until]) => [name, from, until, until] as const),
    ['2026-03 as April knows it', months[2][1], months[2][2], '2026-04-20T00:00:00Z'] as const,
    ['2026-03 while it runs', months[2][1], months[2][2], '2026-03-20T12:00:00Z'] as const,
    ['the first quarter', months[0][1], months[2][2], '2026-06-01T00:00:00Z'] as const,
  ])('in %s', async (_, from, until, asOf) => agree(golden, from, until, asOf))

  test('and month by month those of each month', async () => {
    const repo = await toldRepository(golden)
    const facts = await repo.facts(instant('2026-04-20T00:00:00Z'))
    const readings = [...facts.incidents, ...facts.clocked].flatMap((record) => record.readings)
    const known = { told: golden, readings, since: repo.since, asOf: facts.asOf, where: {} }
    const span = { from: instant(months[0][1]), until: instant(months[3][2]) }
    for (const { id, parts } of metricLines(metrics, facts, span, zone, 'month')) {
      if (perService.has(id)) continue
      const wanted = months.map(([of, from, until]) => {
        const answer = answers[id]?.({ ...known, from: instant(from), until: instant(until) })
        return [of, answer && rounded(answer)]
      })
      expect([id, parts?.map((part) => [part.of, rounded(part.figure)])]).toEqual([id, wanted])
    }
  })
})

describe('the figures of histories made by chance are what a plain count gives', () => {
  // Months in Berlin: February of a leap year, and the months in which its clocks go forward and back.
  test.each([
    ['2028-02', '2028-01-31T23:00:00Z', '2028-02-29T23:00:00Z', '2028-02-29T23:00:00Z'],
    ['2028-03', '2028-02-29T23:00:00Z', '2028-03-31T22:00:00Z', '2028-04-03T00:00:00Z'],
    ['2028-10', '2028-09-30T22:00:00Z', '2028-10-31T23:00:00Z', '2028-10-31T23:00:00Z'],
  ])('in %s', async (_, from, until, asOf) => {
    const base = instant(from) - 35 * 86_400 + 3600
    await agree(generated(base % 7919, base), from, until, asOf)
  })
})
