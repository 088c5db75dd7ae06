import { beyond } from './everyday-cursor.ts'

/** Sets a field. One that is there already, or whose name every object has, is left to the full reader. */
export function setField(fields: { [name: string]: unknown }, name: string, value: unknown): void {
  // Quicker than `in`, and the same: what objects inherit is not undefined either, nor is any value read.
  if (fields[name] !== undefined || name === 'prototype') throw beyond
  fields[name] = value
}
