import { createContext, Script } from 'node:vm'
import { Fault } from '../core/fault.ts'
import { fragment } from '../core/fragment.ts'
import { linearPattern } from './linear-pattern.ts'

const budget = 250
const fewest = 8
const guarded = new Script('run()')

/** A pattern of a schema, ready to test texts. */
interface Pattern {
  test(text: string): boolean
  /** Tells patterns apart: the validator keeps one for each text. */
  toString(): string
}

/**
 * Compiles a pattern of a schema so that no text can keep it busy.
 *
 * Schemas may come from a pull request, and a backtracking expression such as `^(a|a)*$` takes hours on forty letters.
 * Patterns whose cost could explode are therefore matched in linear time. The few for which that cannot be done,
 * because they refer back or look around without bound, run under a limit of 250 ms; exceeding it is a `Fault` (exit
 * 2).
 */
export function pattern(source: string, flags: string): Pattern {
  const expression = new RegExp(source, flags)
  const harmless = harmlessLength(source)
  let linear: ReturnType<typeof linearPattern> | null = null
  return {
    toString: () => String(expression),
    test(text) {
      if (text.length <= harmless) return expression.test(text)
      if (linear === null) linear = linearPattern(source)
      return linear ? linear(text) : testWithin(expression, text)
    },
  }
}

const separated = /\((?:\?:)?(?:-|:|\\\.)\??\[(?:\w(?:-\w)?)+\]\)[*+]/g

/**
 * The length up to which a text cannot take long. A repeated group may cost exponential time unless it is a letter or
 * digit with a separator before it (`(-?[a-z0-9])*`), and so may a dozen options in a row; several repetitions cost a
 * power of the length.
 */
function harmlessLength(source: string): number {
  const simple = source.replace(separated, 'w*')
  if (/\)(?:[*+]|\{)/.test(simple) || /\\[1-9k]/.test(simple)) return fewest
  const bare = simple.replace(/\\./g, 'w').replaceAll('(?', '(')
  if ((bare.match(/[?|*+]/g)?.length ?? 0) > 12) return fewest
  const repetitions = bare.match(/[*+]|\{\d*,\d*\}/g)?.length ?? 0
  return repetitions < 2 ? Number.POSITIVE_INFINITY : 200
}

function testWithin(expression: RegExp, text: string): boolean {
  try {
    return Boolean(guarded.runInContext(createContext({ run: () => expression.test(text) }), { timeout: budget }))
  } catch (cause) {
    throw new Fault(`The pattern \`${fragment(expression.source)}\` of a schema takes too long on some texts`, {
      cure: 'Write it without repeating a group that can match one text in several ways',
      cause,
    })
  }
}
