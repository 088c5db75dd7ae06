import { type FaultKind, faultKinds } from './faults.ts'

/** Something that goes wrong on a route. */
export interface FaultCase {
  readonly route: string
  readonly kind: FaultKind
  /** How often it goes wrong. */
  readonly times: number
  readonly label: string
}

const inPages: readonly FaultKind[] = ['repeated page', 'moved item', 'looping pages', 'stale first read']
const lists = /^GET .*\/(pulls|reviews|commits|activity|timeline|comments|issues|check-runs)$/

/** The faults that can happen to a route. */
function kindsOf(route: string): readonly FaultKind[] {
  return faultKinds
    .filter((kind) => !inPages.includes(kind) || lists.test(route))
    .filter((kind) => kind !== 'GraphQL errors' || route === 'POST /graphql')
}

/**
 * Every fault on every route, once and lasting, under `GITSM_TEST_LONG=1`. Otherwise one in `share` of them, so chosen
 * that every route goes wrong in many ways, and every way is gone by many routes; others with `GITSM_TEST_SEED`.
 */
export function faultCases(routes: readonly string[], share: number): readonly FaultCase[] {
  const all = routes.flatMap((route, row) =>
    kindsOf(route).flatMap((kind, column) =>
      [1, 1000].map((times, depth) => ({
        place: row + column + depth * 2,
        route,
        kind,
        times,
        label: `${route}: ${kind}, ${times === 1 ? 'once' : 'lasting'}`,
      })),
    ),
  )
  const turn = Number(process.env['GITSM_TEST_SEED'] ?? '0')
  return process.env['GITSM_TEST_LONG'] ? all : all.filter(({ place }) => (place + turn) % share === 0)
}
