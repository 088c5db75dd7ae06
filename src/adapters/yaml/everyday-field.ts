import { beyond } from './everyday-cursor.ts'

/** Sets a field. One that is there already, or whose name every object has, is left to the full reader. */
export function setField(fields: { [name: string]: unknown }, name: string, value: unknown): void {
  if (name in fields || name === 'prototype') throw beyond
  fields[name] = value
}
