import { Fault } from '../../core/fault.ts'
import { type Route, routeText } from '../../core/place.ts'
import { isData } from '../../core/record.ts'

/** A change of one place in a file: a value to be set (`undefined` removes it), or an item to be appended to a list. */
export type Edit =
  | { readonly route: Route; readonly value: unknown }
  | { readonly route: Route; readonly append: unknown }

/** An edit as the setting of one value: appending sets the item after the last. */
export function asSetting(data: unknown, edit: Edit): { readonly route: Route; readonly value: unknown } {
  if (!('append' in edit)) return edit
  const { route, append } = edit
  const list = route.reduce<unknown>(childOf, data)
  if (list === undefined || list === null) return { route, value: [append] }
  if (!Array.isArray(list)) throw unfit(route, 'a list')
  return { route: [...route, list.length], value: append }
}

/** Data with one value set, missing mappings and lists made on the way; `undefined` removes a field or an item. */
export function edited(data: unknown, route: Route, value: unknown, done: Route = []): unknown {
  const [step, ...rest] = route
  if (step === undefined) return value
  const inner = edited(childOf(data, step), rest, value, [...done, step])
  if (inner === undefined && (data === undefined || data === null)) return data
  if (typeof step === 'number') {
    if (data !== undefined && data !== null && !Array.isArray(data)) throw unfit(done, 'a list')
    const items: readonly unknown[] = Array.isArray(data) ? data : []
    if (step > items.length || step < 0) throw unfit([...done, step], 'an item of the list or the one after it')
    return inner === undefined ? items.toSpliced(step, 1) : items.toSpliced(step, 1, inner)
  }
  if (data !== undefined && data !== null && !isData(data)) throw unfit(done, 'a mapping')
  if (inner !== undefined) return { ...data, [step]: inner }
  const { [step]: _, ...others } = data ?? {}
  return others
}

/** Data as it can be written: fields that are `undefined` are left out. */
export function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined)
  if (!isData(value)) return value
  const fields = Object.entries(value).filter(([, content]) => content !== undefined)
  return Object.fromEntries(fields.map(([name, content]) => [name, withoutUndefined(content)]))
}

function childOf(data: unknown, step: string | number): unknown {
  if (Array.isArray(data)) return typeof step === 'number' ? data[step] : undefined
  return isData(data) && Object.hasOwn(data, step) ? data[step] : undefined
}

function unfit(route: Route, what: string): Fault {
  return new Fault(`\`${routeText(route) || 'The record'}\` is not ${what}`, {
    cure: 'Name a field as it stands in the record, for example targets.response.stop[0].',
  })
}
