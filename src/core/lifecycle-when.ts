import { type Data, isFilled } from './record.ts'
import { isSame } from './same.ts'

/** Under which values of fields something of a lifecycle applies: each field must have one of its values. */
export interface When {
  readonly [field: string]: readonly unknown[]
}

/**
 * Whether a record meets every condition; without conditions it does. A field that is left out, or empty, counts as
 * `false`.
 */
export function meets(when: When | undefined, data: Data): boolean {
  return Object.entries(when ?? {}).every(([field, values]) =>
    values.some((value) => isSame(value, given(data[field]))),
  )
}

/** Whether no record can meet both: some field is asked for different values. */
export function excludeEachOther(one: When | undefined, other: When | undefined): boolean {
  return Object.entries(one ?? {}).some(([field, values]) => {
    const others = other?.[field]
    return others !== undefined && !values.some((value) => others.some((each) => isSame(each, value)))
  })
}

/** Conditions in words: `change_type normal or emergency, unauthorised false`; empty without any. */
export function whenText(when: When | undefined): string {
  return Object.entries(when ?? {})
    .map(([field, values]) => `${field} ${values.map(String).join(' or ')}`)
    .join(', ')
}

function given(value: unknown): unknown {
  return isFilled(value) ? value : false
}
