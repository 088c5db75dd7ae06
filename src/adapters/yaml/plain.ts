import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml'
import type { Route } from '../../core/place.ts'
import { unreadable } from './encoding.ts'
import { duplicateKey, keyOffence, notText } from './key-offence.ts'
import { deepest, mostNodes, tooDeep, tooManyNodes } from './limits.ts'
import { type Lines, linesOf } from './lines.ts'
import { numberOffence } from './number-offence.ts'
import type { Offence } from './offence.ts'

/** What the nodes of a document mean as plain data, and what in them is outside the subset. */
export interface Plain {
  readonly data: unknown
  readonly offences: readonly Offence[]
}

/** So many refusals, and so many unsafe numbers, are named for one file; a hostile one could hold thousands. */
const mostNamed = 20

/** Turns a document into plain data, in one walk over its nodes. */
export function plain(root: Node | null, text: string): Plain {
  const walk = new Walk(text)
  const data = walk.value(root, [])
  return { data, offences: walk.offences }
}

/** One walk over a document: it knows how many nodes it has seen and what it found so far. */
class Walk {
  readonly offences: Offence[] = []
  readonly #text: string
  #lines: Lines | undefined
  #nodes = 0

  constructor(text: string) {
    this.#text = text
  }

  value(node: unknown, route: Route): unknown {
    if (this.#isOneTooMany(node)) return null
    if (isScalar(node)) return this.#scalar(node, route)
    if (!isCollection<unknown>(node)) return null
    if (route.length >= deepest) this.#report(tooDeep(...bounds(node)))
    else if (isMap<unknown, unknown>(node)) return this.#fields(node.items, route)
    else if (isSeq<unknown>(node)) return node.items.map((item, index) => this.value(item, [...route, index]))
    return null
  }

  #fields(pairs: readonly Pair<unknown, unknown>[], route: Route): { readonly [name: string]: unknown } {
    const fields: { [name: string]: unknown } = {}
    const names = new Map<string, { readonly name: string; readonly from: number }>()
    for (const { key, value } of pairs) {
      const [from, to] = bounds(key)
      if (this.#isOneTooMany(key)) return fields
      if (!isScalar(key) || typeof key.value !== 'string') {
        this.#report({ ...notText(isScalar(key) ? key : null), from, to, place: { route } })
        continue
      }
      const name = key.value
      const normal = name.normalize()
      const twin = names.get(normal)
      const place = { route: [...route, name], at: 'key' } as const
      const wrong = keyOffence(name) ?? unreadable(name)
      if (wrong) this.#report({ ...wrong, from, to, place })
      else if (twin) {
        this.#lines ??= linesOf(this.#text)
        const { line } = this.#lines.span(twin.from, twin.from)
        const earlier = { route: [...route, twin.name], message: 'Given here first' }
        this.#report({ ...duplicateKey(name, twin.name, line), from, to, place, earlier })
      } else {
        names.set(normal, { name, from })
        fields[name] = this.value(value, place.route)
      }
    }
    return fields
  }

  #scalar(node: Scalar, route: Route): unknown {
    const found = typeof node.value === 'string' ? unreadable(node.value) : numberOffence(node)
    if (found) {
      const [from, to] = bounds(node)
      this.#report({ ...found, from, to, place: { route } })
    }
    return node.value
  }

  #isOneTooMany(node: unknown): boolean {
    this.#nodes += 1
    if (this.#nodes === mostNodes + 1) this.#report(tooManyNodes(...bounds(node)))
    return this.#nodes > mostNodes
  }

  #report(offence: Offence): void {
    const alike = this.offences.filter(({ refused }) => refused === offence.refused)
    if (alike.length < mostNamed) this.offences.push(offence)
  }
}

function bounds(node: unknown): readonly [number, number] {
  const range = isScalar(node) || isCollection(node) ? node.range : undefined
  return range ? [range[0], range[1]] : [0, 0]
}
