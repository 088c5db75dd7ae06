import { type Part, syntaxOf, unknown } from './linear-syntax.ts'

/** A step of an automaton; `to` are the steps that may follow. */
type Step =
  | { readonly kind: 'character'; readonly fits: (character: string) => boolean; readonly to: number }
  | { readonly kind: 'place'; readonly holds: Holds; readonly to: number }
  | { readonly kind: 'fork'; to: readonly number[] }
  | { readonly kind: 'end' }

type Holds = (characters: readonly string[], at: number) => boolean

/** The most steps of an automaton, which bound its time together with the length of a text. */
const mostSteps = 500

/**
 * Whether a text holds a match of a regular expression, told in time linear in the text however the expression is
 * written: all ways through it are followed side by side, as Thompson describes ("Regular Expression Search Algorithm",
 * 1968). `undefined` for one that refers back or behind, looks ahead without bound, or has too many steps.
 */
export function linearPattern(source: string): ((text: string) => boolean) | undefined {
  try {
    const { steps, start } = automatonOf(syntaxOf(source))
    return (text) => isFound(steps, start, [...text], 0, true)
  } catch (cause) {
    if (cause === unknown) return undefined
    throw cause
  }
}

function automatonOf(part: Part): { readonly steps: readonly Step[]; readonly start: number } {
  const steps: Step[] = []
  const add = (step: Step): number => {
    if (steps.length >= mostSteps) throw unknown
    return steps.push(step) - 1
  }
  /** Adds the steps of a part before those that lead on from it. */
  const lead = (each: Part, to: number): number => {
    switch (each.kind) {
      case 'character':
        return add({ ...each, to })
      case 'place':
        return add({ ...each, to })
      case 'ahead':
        return add({ kind: 'place', holds: aheadOf(each.part, each.wanted), to })
      case 'sequence':
        return each.parts.reduceRight((next, inner) => lead(inner, next), to)
      case 'choice':
        return add({ kind: 'fork', to: each.parts.map((inner) => lead(inner, to)) })
      case 'repeat':
        return repeat(each, to)
    }
  }
  const repeat = ({ part: inner, least, most }: Extract<Part, { kind: 'repeat' }>, to: number): number => {
    if (least > mostSteps) throw unknown
    let next = to
    if (most === Number.POSITIVE_INFINITY) {
      const fork: Extract<Step, { kind: 'fork' }> = { kind: 'fork', to: [] }
      next = add(fork)
      fork.to = [lead(inner, next), to]
    } else {
      for (let more = least; more < most; more++) next = add({ kind: 'fork', to: [lead(inner, next), to] })
    }
    for (let needed = 0; needed < least; needed++) next = lead(inner, next)
    return next
  }
  const end = add({ kind: 'end' })
  return { start: lead(part, end), steps }
}

/** What stands ahead is looked at from each place anew, so it must have an end. */
function aheadOf(part: Part, wanted: boolean): Holds {
  if (isEndless(part)) throw unknown
  const { steps, start } = automatonOf(part)
  return (characters, at) => isFound(steps, start, characters, at, false) === wanted
}

function isEndless(part: Part): boolean {
  switch (part.kind) {
    case 'repeat':
      return part.most === Number.POSITIVE_INFINITY || isEndless(part.part)
    case 'ahead':
      return isEndless(part.part)
    case 'choice':
    case 'sequence':
      return part.parts.some(isEndless)
    default:
      return false
  }
}

/** Follows an automaton through a text from a place on, or from any place after it. */
function isFound(
  steps: readonly Step[],
  start: number,
  characters: readonly string[],
  from: number,
  anywhere: boolean,
): boolean {
  let here: readonly number[] = [start]
  for (let at = from; at <= characters.length; at++) {
    const reached = new Set<number>()
    const open = [...here]
    const next: number[] = []
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      if (reached.has(each)) continue
      reached.add(each)
      const step = steps[each]
      if (!step || step.kind === 'end') return true
      if (step.kind === 'fork') open.push(...step.to)
      else if (step.kind === 'place') {
        if (step.holds(characters, at)) open.push(step.to)
      } else if (at < characters.length && step.fits(characters[at] ?? '')) next.push(step.to)
    }
    here = anywhere ? [...next, start] : next
    if (here.length === 0) return false
  }
  return false
}
