import { type Data, isData, type RecordDoc, textAt, textsAt } from './record.ts'

/** What the configuration says of one attribute of a class of configuration items. */
export interface CiAttribute {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean'
  /** The values that it may have; empty for any. */
  readonly values: readonly (string | number | boolean)[]
  readonly minimum?: number
  readonly maximum?: number
}

/** A class of configuration items, as `ci_classes` of `gitsm.yaml` defines it. */
export interface CiClass {
  readonly name: string
  /** The class whose attributes, required fields and control it takes over. */
  readonly parent?: string
  /** Whether its items change only under a change; `undefined` leaves it to the parent. */
  readonly controlled?: boolean
  /** Fields, by dotted path, that an item in use carries. */
  readonly requires: readonly string[]
  readonly attributes: ReadonlyMap<string, CiAttribute>
}

/** Classes by name. */
export type CiClasses = ReadonlyMap<string, CiClass>

/** Reads `ci_classes`; `undefined` where there are none and every item may name a class of its own. */
export function ciClassesOf(data: unknown): CiClasses | undefined {
  if (!isData(data)) return undefined
  return new Map(
    Object.entries(data).map(([name, each]) => {
      const entry = isData(each) ? each : {}
      const parent = textAt(entry, 'parent')
      const attributes = Object.entries(isData(entry['attributes']) ? entry['attributes'] : {})
      return [
        name,
        {
          name,
          requires: textsAt(entry, 'requires'),
          attributes: new Map(attributes.map(([key, part]) => [key, attributeOf(isData(part) ? part : {})])),
          ...(parent !== undefined && { parent }),
          ...(typeof entry['controlled'] === 'boolean' && { controlled: entry['controlled'] }),
        },
      ]
    }),
  )
}

const attributeTypes = ['string', 'number', 'integer', 'boolean'] as const

function attributeOf(data: Data): CiAttribute {
  const type = attributeTypes.find((known) => known === data['type'])
  const { minimum, maximum } = data
  const listed: readonly unknown[] = Array.isArray(data['enum']) ? data['enum'] : []
  return {
    values: listed.filter(
      (value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
    ),
    ...(type && { type }),
    ...(typeof minimum === 'number' && { minimum }),
    ...(typeof maximum === 'number' && { maximum }),
  }
}

/**
 * A class with all that it takes over from its parents, whose circles end where they begin; `undefined` for an unknown
 * name.
 */
export function wholeClass(classes: CiClasses, name: string): CiClass | undefined {
  const line: CiClass[] = []
  for (let next = classes.get(name); next && !line.includes(next); ) {
    line.push(next)
    next = next.parent === undefined ? undefined : classes.get(next.parent)
  }
  const [own] = line
  if (!own) return undefined
  const controlled = line.find((each) => each.controlled !== undefined)?.controlled
  return {
    name,
    requires: [...new Set(line.toReversed().flatMap(({ requires }) => requires))],
    attributes: new Map(line.toReversed().flatMap(({ attributes }) => [...attributes])),
    ...(own.parent !== undefined && { parent: own.parent }),
    ...(controlled !== undefined && { controlled }),
  }
}

/** Whether a configuration item changes only under a change: as the item says, else as its class does. */
export function isControlled({ data }: RecordDoc, classes: CiClasses | undefined): boolean {
  const own = data['controlled']
  if (typeof own === 'boolean') return own
  return (classes && wholeClass(classes, textAt(data, 'class') ?? '')?.controlled) ?? false
}
