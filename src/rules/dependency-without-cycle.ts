import type { RecordIndex } from '../core/facts.ts'
import type { Route } from '../core/place.ts'
import { isData, listAt, type RecordDoc, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * No service or configuration item depends on itself, be it through others.
 *
 * In a circle every failure reaches everything, no order of starting up is right, and the one dependency that is wrong
 * cannot be told from the others.
 */
export const dependencyWithoutCycle: Rule = {
  id: 'dependency-without-cycle',
  severity: 'error',
  summary: 'No service or configuration item depends on itself, directly or through others',
  *check({ records }) {
    for (const type of ['service', 'ci']) {
      for (const { circle, file, route } of circles(records, type)) {
        const [first, ...rest] = circle
        yield {
          message:
            rest.length === 0 ? `${first} depends on itself` : `${first} depends on itself through ${rest.join(' → ')}`,
          place: { file, route },
          hint: 'Take out the dependency that points the wrong way',
        }
      }
    }
  },
}

interface Edge {
  readonly to: string
  readonly route: Route
}

interface Circle {
  readonly circle: readonly string[]
  readonly file: string
  readonly route: Route
}

/** One circle for each dependency that closes one, found by walking in depth without recursion: chains may be long. */
function* circles(records: RecordIndex, type: string): Generator<Circle> {
  const finished = new Set<string>()
  for (const start of records.ofType(type)) {
    const path: { readonly record: RecordDoc; readonly edges: Iterator<Edge> }[] = []
    const depth = new Map<string, number>()
    const enter = (record: RecordDoc): void => {
      depth.set(record.id, path.length)
      path.push({ record, edges: edgesOf(record).values() })
    }
    if (!finished.has(start.id)) enter(start)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { value: edge, done } = top.edges.next()
      if (done) {
        finished.add(top.record.id)
        depth.delete(top.record.id)
        path.pop()
        continue
      }
      const closes = depth.get(edge.to)
      if (closes !== undefined) {
        const circle = path.slice(closes).map(({ record }) => record.id)
        yield { circle: [...circle.slice(-1), ...circle.slice(0, -1)], file: top.record.file, route: edge.route }
      } else if (!finished.has(edge.to)) {
        const next = records.find(type, edge.to)
        if (next) enter(next)
      }
    }
  }
}

function edgesOf({ data }: RecordDoc): readonly Edge[] {
  return listAt(data, 'depends_on').flatMap((each, index): readonly Edge[] => {
    if (typeof each === 'string') return [{ to: each, route: ['depends_on', index] }]
    const to = isData(each) ? textAt(each, 'ci') : undefined
    return to === undefined ? [] : [{ to, route: ['depends_on', index, 'ci'] }]
  })
}
