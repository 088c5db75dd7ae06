import { type CiAttribute, type CiClass, type CiClasses, wholeClass } from '../core/ci-class.ts'
import { isGone } from '../core/impact-graph.ts'
import { nearest } from '../core/nearest.ts'
import { isData, isFilled, type RecordDoc, textAt, valueAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/**
 * A configuration item carries what its class asks for (`ci_classes` of `gitsm.yaml`).
 *
 * A database without a version cannot be compared with what runs, and a certificate without a last day expires unseen.
 * An organisation without classes leaves the words free. What is only planned or built may still lack what is required.
 */
export const ciFitsClass: Rule = {
  id: 'ci-fits-class',
  severity: 'error',
  summary: 'A configuration item has a class of gitsm.yaml, and the fields and attributes that the class describes',
  local: true,
  *check({ records, rulebook }) {
    const classes = rulebook.config.ciClasses
    if (!classes) return
    yield* parentFindings(classes)
    for (const record of records.ofType('ci')) {
      const name = textAt(record.data, 'class') ?? ''
      const known = wholeClass(classes, name)
      if (known) {
        yield* attributeFindings(record, known)
        yield* requiredFindings(record, known)
        continue
      }
      const guess = nearest(name, classes.keys())
      yield {
        message: `There is no class ${name}`,
        place: { file: record.file, route: ['class'] },
        hint: guess
          ? `Did you mean ${guess}?`
          : `Choose one of ${[...classes.keys()].join(', ')}, or add it to gitsm.yaml`,
      }
    }
  },
}

function* parentFindings(classes: CiClasses): Generator<Finding> {
  for (const { name, parent } of classes.values()) {
    if (parent === undefined) continue
    const place = { file: 'gitsm.yaml', route: ['ci_classes', name, 'parent'] }
    const guess = nearest(parent, classes.keys())
    const hint = guess ? `Did you mean ${guess}?` : `Name one of ${[...classes.keys()].join(', ')}`
    if (!classes.has(parent)) yield { message: `There is no class ${parent}`, place, hint }
    else if (isOwnAncestor(classes, name)) {
      yield { message: `${name} is its own ancestor`, place, hint: 'Let the circle of parents end at one class' }
    }
  }
}

function isOwnAncestor(classes: CiClasses, name: string): boolean {
  const seen = new Set<string>()
  for (let next = classes.get(name)?.parent; next !== undefined && !seen.has(next); next = classes.get(next)?.parent) {
    if (next === name) return true
    seen.add(next)
  }
  return false
}

function* attributeFindings({ file, data }: RecordDoc, { name, attributes }: CiClass): Generator<Finding> {
  for (const [key, value] of Object.entries(isData(data['attributes']) ? data['attributes'] : {})) {
    const asked = attributes.get(key)
    const right = asked && whatWouldBeRight(asked, value)
    if (right === undefined) continue
    yield {
      message: `${key} of a ${name} must be ${right}`,
      place: { file, route: ['attributes', key] },
      hint: `Write ${right}, or change the class in gitsm.yaml`,
    }
  }
}

const typeWords = { string: 'a text', number: 'a number', integer: 'a whole number', boolean: 'true or false' } as const

/** What an attribute should have been, in words; `undefined` when it is right. */
function whatWouldBeRight({ type, values, minimum, maximum }: CiAttribute, value: unknown): string | undefined {
  const isOfType = type === 'integer' ? Number.isInteger(value) : type === undefined || typeof value === type
  if (type !== undefined && !isOfType) return typeWords[type]
  if (values.length > 0 && !values.some((each) => each === value)) return `one of ${values.join(', ')}`
  if (typeof value !== 'number') return undefined
  if (minimum !== undefined && value < minimum) return `at least ${minimum}`
  return maximum !== undefined && value > maximum ? `at most ${maximum}` : undefined
}

/** States in which an item need not be known in full yet. */
const unfinished: ReadonlySet<string> = new Set(['planned', 'build'])

function* requiredFindings({ id, file, data }: RecordDoc, { name, requires, attributes }: CiClass): Generator<Finding> {
  if (isGone(data) || unfinished.has(textAt(data, 'state') ?? '')) return
  const unlisted = Object.keys(isData(data['attributes']) ? data['attributes'] : {}).filter(
    (key) => !attributes.has(key),
  )
  for (const path of requires) {
    if (isFilled(valueAt(data, path.split('.')))) continue
    const meant = path.startsWith('attributes.') ? nearest(path.slice('attributes.'.length), unlisted) : undefined
    yield {
      message: `${id} is a ${name}, which requires ${path}`,
      place: { file, route: ['class'] },
      hint: meant ? `Did you mean it by attributes.${meant}?` : `Add ${path}`,
    }
  }
}
